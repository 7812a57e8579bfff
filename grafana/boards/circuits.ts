/** Circuits of the panels under their owner's names: now, over time, and who draws most. */
import { annotations } from '../annotations.ts'
import { table, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { MAY_LACK, NONE_IS_GOOD, ON_OFF } from '../mappings.ts'
import { lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { circuitVariable, kitVariable } from '../variables.ts'
import { TIME_WORDS } from './now.ts'

/** Series are told apart by tags alone, and what an owner may rename is none. */
const BY_NUMBER = 'Circuits are called by their numbers, which stand beside their names in the table above.'

const tags = { kit_sn: '$kit', circuit: '$circuit' } as const
const by = ['side', 'circuit', 'module_sn'] as const
const NO_PANEL = 'the kit has no panel, or it was not heard'

const drawn = (title: string, about: string, during?: { readonly last: string }) =>
  table({
    title,
    about: `Energy of each circuit ${about}, the highest first, from \`energy_circuit\`: what is known to have flowed, in covered time alone. Names are the owner's.`,
    empty: NO_PANEL,
    w: 8,
    h: 12,
    queries: [
      query({
        bucket: 'history',
        from: 'energy_circuit',
        show: { Name: 'last(name)', Energy: 'sum(energy_wh)' },
        tags,
        by: ['side', 'circuit'],
        ...(during && { during }),
      }),
    ],
    sortBy: { column: 'Energy', isDescending: true },
    overrides: {
      Energy: [
        { id: 'custom.cellOptions', value: { type: 'gauge', mode: 'basic' } },
        { id: 'color', value: { mode: 'continuous-BlPu' } },
      ],
    },
  })

const now = [
  table({
    title: 'Circuits now',
    about:
      'One row per circuit of each panel, from `circuit` of the last three minutes; what is not current is "stale". Names are the owner\'s, set in powerkits.yaml (the vendor\'s own cannot be read); they are told once an hour, and shown for two.',
    empty: NO_PANEL,
    w: 24,
    h: 14,
    isNow: true,
    isMerged: true,
    queries: [
      query({
        bucket: 'raw',
        from: 'circuit',
        during: { last: '2h' },
        show: { Name: 'last(name)' },
        tags,
        by,
      }),
      query({
        bucket: 'raw',
        from: 'circuit',
        during: 'now',
        show: { On: 'last(is_on)', Power: 'last(power_w)', Current: 'last(current_a)', Error: 'last(error_code)' },
        tags,
        by,
      }),
    ],
    sortBy: { column: 'Power', isDescending: true },
    overrides: { Name: MAY_LACK, On: words(ON_OFF), Error: NONE_IS_GOOD },
  }),
]

const overTheTime = [
  lines({
    title: 'Power of AC circuits',
    about: `Mean of each step, per circuit, from \`circuit\`, ${TIME_WORDS} ${BY_NUMBER}`,
    empty: 'the kit has no AC panel, or it was not heard',
    queries: overTime({
      from: 'circuit',
      show: { Power: 'mean(power_w)' },
      tags: { ...tags, side: 'ac' },
      by: ['side', 'circuit'],
    }),
  }),
  lines({
    title: 'Power of DC circuits',
    about: `Mean of each step, per circuit, from \`circuit\`, ${TIME_WORDS} ${BY_NUMBER}`,
    empty: 'the kit has no DC panel, or it was not heard',
    queries: overTime({
      from: 'circuit',
      show: { Power: 'mean(power_w)' },
      tags: { ...tags, side: 'dc' },
      by: ['side', 'circuit'],
    }),
  }),
  lines({
    title: 'Highest current',
    about: `The most of each step, per circuit, from \`circuit\`, ${TIME_WORDS} ${BY_NUMBER}`,
    empty: NO_PANEL,
    w: 24,
    queries: overTime({ from: 'circuit', show: { Current: 'max(current_a)' }, tags, by: ['side', 'circuit'] }),
  }),
  lines({
    title: 'Nearest to its limit',
    about: `Highest current of a circuit, of the limit of its side in powerkits.yaml, the most of each step, from \`kit\`, ${TIME_WORDS}`,
    empty: 'no limits are set in powerkits.yaml, or no panel was heard',
    w: 24,
    h: 6,
    queries: overTime({ from: 'kit', show: { Load: 'max(circuit_load_ratio)' }, tags: { kit_sn: '$kit' } }),
  }),
  states({
    title: 'On and off',
    about: `The last of each step, per circuit, from \`circuit\`, ${TIME_WORDS} ${BY_NUMBER}`,
    empty: NO_PANEL,
    w: 24,
    h: 12,
    mappings: [ON_OFF],
    queries: overTime({ from: 'circuit', show: { On: 'last(is_on)' }, tags, by: ['side', 'circuit'] }),
  }),
  lines({
    title: 'Power of whole panels',
    about: `Mean of each step, from \`panel\`, ${TIME_WORDS}`,
    empty: NO_PANEL,
    queries: overTime({
      from: 'panel',
      show: { Power: 'mean(power_w)' },
      tags: { kit_sn: '$kit' },
      by: ['side', 'module_sn'],
    }),
  }),
  lines({
    title: 'Temperature of the panels',
    about: `Warmest of each step, first and second place on the board, from \`panel\`, ${TIME_WORDS}`,
    empty: NO_PANEL,
    queries: overTime({
      from: 'panel',
      show: { First: 'max(temperature_1_c)', Second: 'max(temperature_2_c)' },
      tags: { kit_sn: '$kit' },
      by: ['side'],
    }),
  }),
]

export const circuits: Board = {
  name: 'circuits',
  title: 'Power Kits: circuits',
  about: 'The circuits of the AC and DC panels: what each draws now, over time, and in sum.',
  from: 'now-24h',
  variables: [kitVariable(), circuitVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    {
      title: 'Who draws most',
      panels: [
        drawn('In the last 24 hours', 'in the last 24 hours', { last: '24h' }),
        drawn('In the last 30 days', 'in the last 30 days', { last: '30d' }),
        drawn('In the time shown', 'in the time shown'),
      ],
    },
    { title: 'Over time', panels: overTheTime },
  ],
}
