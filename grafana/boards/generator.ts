/** Sessions of generator, shore and alternator: how long, how much, and what they did for the charge. */
import { annotations } from '../annotations.ts'
import { table, tiles, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { YES_NO } from '../mappings.ts'
import { bars, lines } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable } from '../variables.ts'
import { ALWAYS_TOLD, FLOW_NOW, KIT_NOW, STALE_WORDS, TIME_WORDS } from './now.ts'

const tags = { kit_sn: '$kit' } as const
const ofRuns = { bucket: 'history', from: 'run', tags } as const
const KINDS = [
  ['generator', 'Generator', 'Inferred: the AC input had power, and the settings say that a generator feeds it.'],
  ['shore', 'Shore', 'The AC input had power, and the settings do not say that a generator feeds it.'],
  ['alternator', 'Alternator', 'The DC input named an alternator, and had power.'],
] as const

const now = [
  tiles({
    title: 'Inputs now',
    about: `Power at the AC and the DC input, from \`flow\`, and how long a generator has run (inferred from the settings; 0 while it does not), from \`kit\`. ${STALE_WORDS}`,
    w: 12,
    h: 5,
    decimals: 0,
    queries: [
      query({ ...FLOW_NOW, show: { 'AC in': 'last(ac_in_w)', 'DC in': 'last(dc_in_w)', ...ALWAYS_TOLD } }),
      query({ ...KIT_NOW, show: { 'Generator runs for': 'last(generator_run_s)', Age: 'last(age_s)' } }),
    ],
  }),
  tiles({
    title: 'Generator starts and stops at',
    about:
      'State of charge at which the kit starts and stops a generator that it controls, as it last told within two hours, from `battery_bank`.',
    empty: 'the kit told of no such setting',
    w: 12,
    h: 5,
    noValue: 'not set',
    queries: [
      query({
        bucket: 'raw',
        from: 'battery_bank',
        during: { last: '2h' },
        show: { Start: 'last(generator_start_pct)', Stop: 'last(generator_stop_pct)' },
        tags,
      }),
    ],
  }),
]

const sums = KINDS.map(([kind, title, how]) =>
  tiles({
    title,
    about: `Sessions that began in the time shown, their energy and how long they lasted together, from \`run\`. ${how}`,
    empty: 'none began in the time shown',
    w: 8,
    h: 5,
    noValue: 'none',
    queries: [
      query({
        ...ofRuns,
        show: { Sessions: 'count(wh)', Energy: 'sum(wh)', Time: 'sum(duration_s)' },
        where: [['kind', '=', kind]],
      }),
    ],
  }),
)

const sessions = [
  table({
    title: 'Sessions',
    about:
      'Those that reach into the time shown, from `run`, with the energy that each brought and the state of charge at its begin and end; `details` says how it was told. One that is open still goes on.',
    empty: 'there was none',
    w: 24,
    h: 10,
    hasTime: true,
    queries: [
      query({
        ...ofRuns,
        during: 'reaching',
        show: {
          Kind: 'kind',
          'In words': 'text',
          Lasted: 'duration_s',
          Energy: 'wh',
          'Charge from': 'soc_from_pct',
          'Charge to': 'soc_to_pct',
          Open: 'is_open',
          Details: 'details',
        },
        latestFirst: true,
      }),
    ],
    overrides: { Open: words(YES_NO) },
  }),
  ...KINDS.map(([kind, title, how]) =>
    bars({
      title: `${title}: energy of each session`,
      about: `Stamped at its begin, from \`run\`. ${how}`,
      empty: 'none began in the time shown',
      w: 8,
      queries: [query({ ...ofRuns, show: { [title]: 'wh' }, where: [['kind', '=', kind]] })],
    }),
  ),
]

const overTheTime = [
  bars({
    title: 'Energy at the AC input, by day',
    about:
      'All of it, and what of it came from a generator (inferred from the settings), by local day, from `energy_day`: what is known to have flowed.',
    queries: [
      query({ bucket: 'history', from: 'energy_day', show: { 'AC in': 'ac_in_wh', Generator: 'generator_wh' }, tags }),
    ],
  }),
  lines({
    title: 'Power at the inputs',
    about: `Mean of each step, from \`flow\`, ${TIME_WORDS}`,
    isFilled: true,
    queries: overTime({ from: 'flow', show: { 'AC in': 'mean(ac_in_w)', 'DC in': 'mean(dc_in_w)' }, tags }),
  }),
]

export const generator: Board = {
  name: 'generator',
  title: 'Power Kits: generator and shore',
  about: 'Sessions of generator, shore and alternator.',
  from: 'now-30d',
  variables: [kitVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    { title: 'In the time shown', panels: [...sums, ...sessions] },
    { title: 'Over time', panels: overTheTime },
  ],
}
