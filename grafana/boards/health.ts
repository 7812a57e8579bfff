/** Whether the data can be trusted: ages, cadences, gaps and their causes, and how the collector itself is doing. */
import { annotations } from '../annotations.ts'
import { table, tiles, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { STALE, WATCH } from '../colours.ts'
import { byValue, COMPLETE, VERDICT_WORDS, YES_NO } from '../mappings.ts'
import { bars, lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable, moduleVariable } from '../variables.ts'
import { collectorNow, collectorPanels, SHORT_ONLY } from './collector-panels.ts'
import { KIT_NOW, STALE_WORDS, TIME_WORDS } from './now.ts'

const tags = { kit_sn: '$kit', module_sn: '$module' } as const

const now = [
  tiles({
    title: 'Kit',
    about: `How it is doing, how often it reports (learnt) and how much of the local day no gap covers, from \`kit\`. ${STALE_WORDS}`,
    w: 12,
    h: 5,
    queries: [
      query({
        ...KIT_NOW,
        show: {
          Doing: 'last(verdict_code)',
          Cadence: 'last(cadence_s)',
          'Complete today': 'last(completeness_today_pct)',
          Age: 'last(age_s)',
        },
      }),
    ],
    overrides: { Doing: words(VERDICT_WORDS), 'Complete today': COMPLETE },
  }),
  collectorNow,
  table({
    title: 'Modules',
    about:
      'One row per module, from `module` of the last three minutes: its verdict, the time since its last report (grey beyond five minutes), how often it reports (learnt), and reports since it was first heard.',
    w: 24,
    h: 10,
    isNow: true,
    queries: [
      query({
        bucket: 'raw',
        from: 'module',
        during: 'now',
        show: {
          Kind: 'last(kind)',
          Doing: 'last(verdict_code)',
          Age: 'last(age_s)',
          Cadence: 'last(cadence_s)',
          Reports: 'last(reports_count)',
        },
        tags,
        by: ['module_sn'],
      }),
    ],
    overrides: { Doing: words(VERDICT_WORDS) },
  }),
]

const missing = [
  table({
    title: 'Gaps',
    about:
      'Stretches without values that reach into the time shown, of the whole kit (module "all") and of single modules, with their cause, the latest first, from `gap`.',
    empty: 'nothing is missing',
    w: 24,
    h: 9,
    hasTime: true,
    queries: [
      query({
        bucket: 'history',
        from: 'gap',
        during: 'reaching',
        show: { Lasted: 'duration_s', Cause: 'cause', 'In words': 'text', Open: 'is_open', Until: 'end_ms' },
        tags: { kit_sn: '$kit' },
        by: ['module_sn'],
        latestFirst: true,
      }),
    ],
    sortBy: { column: 'Time', isDescending: true },
    overrides: {
      Open: words(YES_NO),
      Until: [{ id: 'unit', value: 'dateTimeAsIso' }],
    },
  }),
  bars({
    title: 'Completeness by day',
    about: 'Share of each local day that reports of all modules that carry power cover, from `energy_day`.',
    min: 0,
    max: 100,
    queries: [
      query({
        bucket: 'history',
        from: 'energy_day',
        show: { Covered: { unit: 'pct', is: ['covered_s', '*', 100, '/', 'expected_s'] } },
        tags: { kit_sn: '$kit' },
      }),
    ],
  }),
  lines({
    title: 'Age of the kit',
    about: `The most seconds since its last report of each step, from \`kit\`, ${TIME_WORDS}`,
    queries: overTime({ from: 'kit', show: { Age: 'max(age_s)' }, tags: { kit_sn: '$kit' } }),
  }),
  states({
    title: 'How the modules were doing',
    about: 'The worst verdict of each step, per module, from `module`.',
    empty: SHORT_ONLY,
    w: 24,
    h: 10,
    mappings: [VERDICT_WORDS],
    queries: [
      query({
        bucket: 'raw',
        from: 'module',
        only: 'short',
        each: 'step',
        show: { Doing: 'max(verdict_code)' },
        tags,
        by: ['module_sn'],
      }),
    ],
  }),
]

const aside = [
  table({
    title: 'Kept aside',
    about: 'Values that were refused in the time shown, and why, from `quarantine`; the last one of each wire field.',
    empty: 'no value was refused',
    w: 24,
    h: 8,
    queries: [
      query({
        bucket: 'history',
        from: 'quarantine',
        show: { Values: 'count(value)', Last: 'last(value)', 'In words': 'last(text)' },
        tags,
        by: ['module_sn', 'source_field', 'reason'],
      }),
    ],
    overrides: { Values: byValue({ value: null, color: STALE }, { value: 100, color: WATCH }) },
  }),
  table({
    title: 'Not in the catalogue',
    about: 'Wire fields of the last day that the catalogue does not know, with their last value, from `unknown`.',
    empty: 'the catalogue knows every field that came',
    w: 24,
    h: 8,
    queries: [
      query({
        bucket: 'raw',
        from: 'unknown',
        during: { last: '24h' },
        show: { Values: 'count(value)', Last: 'last(value)', 'In words': 'last(text)' },
        tags,
        by: ['module_sn', 'module', 'source_field'],
      }),
    ],
  }),
]

export const health: Board = {
  name: 'health',
  title: 'Power Kits: data health',
  about: 'How old the data is, what is missing and why, and how the collector is doing.',
  from: 'now-24h',
  variables: [kitVariable(), moduleVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    { title: 'What is missing', panels: missing },
    { title: 'Collector', panels: collectorPanels },
    { title: 'What was not used', panels: aside },
  ],
}
