/** All kits in one table, those in trouble first. */
import { annotationsOfKits } from '../annotations.ts'
import { filled, linkTo, table, tiles, words } from '../at-once.ts'
import { type Board, boardUrl, OF_ROW } from '../board.ts'
import { BAD, GOOD, STALE, WATCH } from '../colours.ts'
import { byValue, COMPLETE, MAY_LACK, NONE_IS_GOOD, SOC, VERDICT_WORDS } from '../mappings.ts'
import { lines, states } from '../over-time.ts'
import { overTime, query, totals } from '../query.ts'
import { kitsVariable } from '../variables.ts'

const now = { bucket: 'raw', from: 'kit', during: 'now', tags: { kit_sn: '$kit' } } as const

const kits = query({
  ...now,
  show: {
    Site: 'last(label)',
    Doing: 'last(verdict_code)',
    Trouble: 'last(trouble_code)',
    Charge: 'last(soc_pct)',
    Net: 'last(net_w)',
    'Empty in': 'last(to_empty_s)',
    'Full in': 'last(to_full_s)',
    'Sun today': 'last(today_solar_wh)',
    Errors: 'last(error_count)',
    'Complete today': 'last(completeness_today_pct)',
    Firmware: 'last(firmware)',
    Age: 'last(age_s)',
  },
  by: ['kit_sn'],
})

const counts = totals(kits, {
  Kits: ['count', 'Doing'],
  Errors: ['sum', 'Errors'],
  Net: ['sum', 'Net'],
  'Sun today': ['sum', 'Sun today'],
})

/** Series are told apart by tags alone, and what an owner may rename is none. */
const BY_SN = 'Kits are called by their serial numbers, which stand beside their names in the table above.'

const TROUBLE = byValue({ value: null, color: GOOD }, { value: 20, color: WATCH }, { value: 50, color: BAD })

export const fleet: Board = {
  name: 'fleet',
  title: 'Power Kits: fleet',
  about: 'All kits, those that need a person first. A click on a kit opens its board.',
  from: 'now-24h',
  variables: [kitsVariable()],
  annotations: annotationsOfKits(),
  sections: [
    {
      title: 'Now',
      panels: [
        table({
          title: 'Kits',
          about:
            'One row per kit, from the complete row `kit` of the last three minutes; the higher the trouble, the sooner a person should look. A value that is not current is "stale". Age is the time since the last report, grey beyond five minutes. Net power is positive while charging.',
          w: 24,
          h: 12,
          isNow: true,
          queries: [kits],
          sortBy: { column: 'Trouble', isDescending: true },
          overrides: {
            Site: [linkTo('This kit', boardUrl('kit', OF_ROW)), { id: 'custom.minWidth', value: 180 }],
            Doing: words(VERDICT_WORDS),
            'Empty in': MAY_LACK,
            'Full in': MAY_LACK,
            Firmware: MAY_LACK,
            Trouble: [...TROUBLE, filled],
            Charge: [
              ...SOC,
              { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic' } },
              { id: 'max', value: 100 },
              { id: 'min', value: 0 },
            ],
            Errors: [...NONE_IS_GOOD, linkTo('Its events', boardUrl('events', OF_ROW))],
            'Complete today': [...COMPLETE, linkTo('Its data', boardUrl('health', OF_ROW))],
          },
        }),
        tiles({
          title: 'All together',
          about:
            'How many kits have a row in the last three minutes, and their active errors, net power (positive while charging) and energy from the sun today added up; what is not current adds nothing. From `kit`.',
          w: 24,
          h: 4,
          queries: [counts],
          overrides: { Errors: NONE_IS_GOOD, Kits: byValue({ value: null, color: STALE }, { value: 1, color: GOOD }) },
        }),
      ],
    },
    {
      title: 'Over time',
      panels: [
        states({
          title: 'How they were doing',
          about: `The worst verdict of each step, per kit; from \`kit\`, beyond two days from its hours. ${BY_SN}`,
          w: 24,
          h: 8,
          mappings: [VERDICT_WORDS],
          queries: overTime({
            from: 'kit',
            show: { Doing: 'max(verdict_code)' },
            tags: { kit_sn: '$kit' },
            by: ['kit_sn'],
          }),
        }),
        lines({
          title: 'State of charge',
          about: `Mean of each step, per kit; from \`kit\`, beyond two days from its hours. A hole is time without current values. ${BY_SN}`,
          w: 24,
          h: 8,
          min: 0,
          max: 100,
          queries: overTime({
            from: 'kit',
            show: { Charge: 'mean(soc_pct)' },
            tags: { kit_sn: '$kit' },
            by: ['kit_sn'],
          }),
        }),
      ],
    },
  ],
}
