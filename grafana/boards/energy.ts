/** Energy by day, month and year, and of all time: where it came from, where it went, and how far that adds up. */
import { annotations } from '../annotations.ts'
import { gauges, table, tiles } from '../at-once.ts'
import type { Board } from '../board.ts'
import { COMPLETE } from '../mappings.ts'
import { bars, lines } from '../over-time.ts'
import { type Ask, overTime, query } from '../query.ts'
import { kitVariable } from '../variables.ts'
import { KIT_NOW, STALE_WORDS, TIME_WORDS } from './now.ts'

type Calendar = 'energy_day' | 'energy_month' | 'energy_year'

const COVERED_WORDS = 'What is known to have flowed, in covered time alone: nothing is added for gaps.'

const of = <N extends Calendar>(from: N) => ({ bucket: 'history', from, tags: { kit_sn: '$kit' } }) as const

const INCOMING = { Sun: 'solar_wh', 'DC in': 'dc_in_wh', 'AC in': 'ac_in_wh' } as const
const OUTGOING = { 'AC out': 'ac_out_wh', 'DC out': 'dc_out_wh', Loss: 'loss_wh' } as const

/** Parts of what came in. Sums are of each field alone, so that a row without one of them loses nothing of the others. */
const shares = {
  'From the sun': {
    unit: 'ratio',
    is: ['sum(solar_wh)', '/', '(', 'sum(solar_wh)', '+', 'sum(dc_in_wh)', '+', 'sum(ac_in_wh)', ')'],
  },
  'Not from the AC input': {
    unit: 'ratio',
    is: [1, '-', 'sum(ac_in_wh)', '/', '(', 'sum(solar_wh)', '+', 'sum(dc_in_wh)', '+', 'sum(ac_in_wh)', ')'],
  },
  'Balance error': {
    unit: 'ratio',
    is: ['sum(imbalance_wh)', '/', '(', 'sum(solar_wh)', '+', 'sum(dc_in_wh)', '+', 'sum(ac_in_wh)', ')'],
  },
} as const satisfies Ask<Calendar>['show']

const SHARES_WORDS =
  'Of all energy that came in: what came from the sun (solar fraction), what did not come from the AC input (autarky), and what came out without having come in (balance error; a few per cent are due to reports of different moments).'

const periods = [
  ['energy_day', 'Days', undefined],
  ['energy_month', 'Months', '3y'],
  ['energy_year', 'Years', '10y'],
] as const

const barsOf = ([from, title, timeFrom]: (typeof periods)[number]) => {
  const more = timeFrom === undefined ? {} : { timeFrom }
  const empty = timeFrom === undefined ? {} : { empty: 'the kit is so young that none has begun' }
  return [
    bars({
      ...more,
      ...empty,
      title: `${title}: in`,
      about: `By source, from \`${from}\`, each stamped at its local start. ${COVERED_WORDS}`,
      isStacked: true,
      queries: [query({ ...of(from), show: INCOMING })],
    }),
    bars({
      ...more,
      ...empty,
      title: `${title}: out`,
      about: `By sink, and what was lost on the way, from \`${from}\`, each stamped at its local start. ${COVERED_WORDS}`,
      isStacked: true,
      queries: [query({ ...of(from), show: OUTGOING })],
    }),
  ]
}

const whole = query({
  ...of('energy_year'),
  show: {
    Sun: 'sum(solar_wh)',
    'DC in': 'sum(dc_in_wh)',
    'AC in': 'sum(ac_in_wh)',
    Generator: 'sum(generator_wh)',
    Charged: 'sum(battery_charge_wh)',
    Discharged: 'sum(battery_discharge_wh)',
    'AC out': 'sum(ac_out_wh)',
    'DC out': 'sum(dc_out_wh)',
    Loss: 'sum(loss_wh)',
  },
  during: 'ever',
})

const NO_QUARTER = 'no quarter of an hour of the kit is over yet'
const NOTHING_IN = 'nothing came in'

const today = tiles({
  title: 'Today',
  about: `Energy since local midnight, from \`kit\`. ${COVERED_WORDS} ${STALE_WORDS}`,
  w: 8,
  h: 8,
  queries: [
    query({
      ...KIT_NOW,
      show: {
        Sun: 'last(today_solar_wh)',
        'DC in': 'last(today_dc_in_wh)',
        'AC in': 'last(today_ac_in_wh)',
        Used: 'last(today_load_wh)',
        Age: 'last(age_s)',
      },
    }),
  ],
})

/** `last` is as long as the longest of its kind, so that the one that goes on is found up to its end. */
const latest = (from: Calendar, title: string, last: string) =>
  tiles({
    title,
    about: `So far, from the latest row of \`${from}\` that began within ${last}: Since is its first local day, and that of the one before until a quarter of an hour of a new one is over. ${COVERED_WORDS}`,
    empty: `none began within ${last}`,
    noValue: `none began within ${last}`,
    w: 8,
    h: 8,
    queries: [
      query({
        ...of(from),
        show: {
          Since: 'last(local_date)',
          Sun: 'last(solar_wh)',
          'DC in': 'last(dc_in_wh)',
          'AC in': 'last(ac_in_wh)',
          Used: 'last(load_wh)',
        },
        during: { last },
      }),
    ],
  })

const days = table({
  title: 'Days in numbers',
  about: `Energy of each local day, and how much of it is covered by reports, from \`energy_day\`. ${COVERED_WORDS} The cost is that of shore power, where a tariff is set, and Priced how much energy it is the price of: less than came in from shore where the tariff was set during the day.`,
  w: 24,
  h: 10,
  isNow: false,
  queries: [
    query({
      ...of('energy_day'),
      show: {
        Day: 'local_date',
        Sun: 'solar_wh',
        'DC in': 'dc_in_wh',
        'AC in': 'ac_in_wh',
        Used: 'load_wh',
        Loss: 'loss_wh',
        Covered: { unit: 'pct', is: ['covered_s', '*', 100, '/', 'expected_s'] },
        Cost: 'ac_in_cost',
        Priced: 'priced_wh',
      },
      latestFirst: true,
    }),
  ],
  overrides: { Covered: COMPLETE },
})

export const energy: Board = {
  name: 'energy',
  title: 'Power Kits: energy',
  about: 'Energy of days, months, years and of all time, cut in the time zone of the kit.',
  from: 'now-30d',
  variables: [kitVariable()],
  annotations: annotations(),
  sections: [
    {
      title: 'So far',
      panels: [
        today,
        // an hour more: clocks may be set back in a month of 31 days
        latest('energy_month', 'Latest month', '745h'),
        latest('energy_year', 'Latest year', '366d'),
      ],
    },
    { title: 'Days', panels: [...barsOf(periods[0]), days] },
    {
      title: 'How it is used',
      panels: [
        tiles({
          title: 'Shares in the time shown',
          about: `${SHARES_WORDS} From \`energy_day\`.`,
          w: 12,
          h: 6,
          decimals: 1,
          noValue: NOTHING_IN,
          queries: [query({ ...of('energy_day'), show: shares })],
        }),
        tiles({
          title: 'Shares of all time',
          about: `${SHARES_WORDS} From \`energy_year\`.`,
          empty: NO_QUARTER,
          w: 12,
          h: 6,
          decimals: 1,
          noValue: NOTHING_IN,
          queries: [query({ ...of('energy_year'), show: shares, during: 'ever' })],
        }),
        bars({
          title: 'Battery',
          about: `Into and out of the packs, by day, from \`energy_day\`. ${COVERED_WORDS}`,
          queries: [
            query({ ...of('energy_day'), show: { Charged: 'battery_charge_wh', Discharged: 'battery_discharge_wh' } }),
          ],
        }),
        lines({
          title: 'Power in and out',
          about: `Mean power of every flow, from \`flow\`, ${TIME_WORDS}`,
          queries: overTime({
            from: 'flow',
            show: {
              Sun: 'mean(solar_w)',
              'DC in': 'mean(dc_in_w)',
              'AC in': 'mean(ac_in_w)',
              'AC out': 'mean(ac_out_w)',
              'DC out': 'mean(dc_out_w)',
            },
            tags: { kit_sn: '$kit' },
          }),
        }),
      ],
    },
    { title: 'Months and years', panels: [...barsOf(periods[1]), ...barsOf(periods[2])] },
    {
      title: 'All time',
      panels: [
        gauges({
          title: 'Since the beginning',
          about: `Sums of \`energy_year\`. ${COVERED_WORDS}`,
          empty: NO_QUARTER,
          noValue: NO_QUARTER,
          w: 24,
          h: 9,
          queries: [whole],
        }),
      ],
    },
  ],
}
