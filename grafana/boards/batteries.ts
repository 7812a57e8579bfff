/** Every pack by itself, and how it ages. Packs come from their tags: no board knows how many there are. */
import { annotations } from '../annotations.ts'
import { table, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { BAD, GOOD, WATCH } from '../colours.ts'
import { byValue, MAY_LACK, NONE_IS_GOOD, SOC, VERDICT_WORDS } from '../mappings.ts'
import { heat, lines } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable, packVariable } from '../variables.ts'
import { TIME_WORDS } from './now.ts'

const tags = { kit_sn: '$kit', module_sn: '$pack' } as const
const ofPacks = { from: 'battery', tags, by: ['module_sn'] } as const
const now = { bucket: 'raw', during: 'now', tags, by: ['module_sn'] } as const
const ofHealth = { bucket: 'history', from: 'battery_health', tags, by: ['module_sn'] } as const

const UNTIL_KNOWN = 'no day is over in which a pack told enough to say it'

const packs = table({
  title: 'Packs now',
  about:
    'One row per pack: its verdict and age from `module`, its values of the last three minutes from `battery`. Age is the time since its last report, grey beyond five minutes; a value that is not current is "stale". Current and power are positive while charging.',
  w: 24,
  h: 8,
  isNow: true,
  isMerged: true,
  queries: [
    query({
      ...now,
      from: 'battery',
      show: {
        Model: 'last(model)',
        Slot: 'last(slot)',
        Charge: 'last(soc_pct)',
        Voltage: 'last(voltage_v)',
        Current: 'last(current_a)',
        Power: 'last(power_w)',
        Warmest: 'last(cell_temperature_max_c)',
        Coldest: 'last(cell_temperature_min_c)',
        'Cell spread': 'last(cell_spread_v)',
        Health: 'last(health_ratio)',
        Cycles: 'last(cycles_count)',
        Error: 'last(error_code)',
      },
    }),
    query({
      ...now,
      from: 'module',
      show: { Doing: 'last(verdict_code)', Age: 'last(age_s)' },
      // "All" packs are all modules to a statement
      where: [['kind', '=~', '^bp']],
    }),
  ],
  overrides: { Charge: SOC, Error: NONE_IS_GOOD, Doing: words(VERDICT_WORDS) },
})

const overTheTime = [
  lines({
    title: 'State of charge',
    about: `Mean of each step, per pack, from \`battery\`, ${TIME_WORDS}`,
    min: 0,
    max: 100,
    queries: overTime({ ...ofPacks, show: { Charge: 'mean(soc_pct)' } }),
  }),
  lines({
    title: 'Current',
    about: `Mean of each step, per pack, positive while charging, from \`battery\`, ${TIME_WORDS}`,
    queries: overTime({ ...ofPacks, show: { Current: 'mean(current_a)' } }),
  }),
  lines({
    title: 'Share of the current',
    about:
      'Which part of the current of all packs each one carries: up to two days once a minute, from `battery`; beyond by day, from `battery_health`. Packs that agree carry equal parts for equal capacity.',
    empty: 'hardly any current flows, or there is only one pack',
    unit: 'percentunit',
    queries: [
      query({ ...ofPacks, bucket: 'raw', only: 'short', each: 'step', show: { Share: 'mean(share_ratio)' } }),
      query({ ...ofHealth, only: 'long', show: { Share: 'share_ratio' } }),
    ],
  }),
  lines({
    title: 'Temperature',
    about: `Hottest cell of each step, per pack, from \`battery\`, ${TIME_WORDS}`,
    queries: overTime({ ...ofPacks, show: { Warmest: 'max(cell_temperature_max_c)' } }),
  }),
  heat({
    title: 'Cell spread',
    about: `Highest less lowest cell voltage, the most of each step, one row per pack, from \`battery\`, ${TIME_WORDS} Near full and under load it is always larger; a pack that stands out at rest has a weak cell.`,
    w: 24,
    h: 6,
    steps: [
      { value: 0.03, color: '#9ac48a' },
      { value: 0.06, color: WATCH },
      { value: 0.1, color: '#FF9830' },
      { value: 0.2, color: BAD },
    ],
    queries: overTime({ ...ofPacks, show: { Spread: 'max(cell_spread_v)' } }),
  }),
  lines({
    title: 'Cells of $pack',
    about: `Lowest and highest cell voltage of each step, from \`battery\`, ${TIME_WORDS} One panel for each pack that is chosen.`,
    repeat: 'pack',
    queries: overTime({
      from: 'battery',
      show: { Lowest: 'min(cell_min_v)', Highest: 'max(cell_max_v)' },
      tags,
    }),
  }),
]

const ageing = [
  lines({
    title: 'Capacity when full, of that when new',
    about: 'As the pack says, by day, from `battery_health`.',
    empty: UNTIL_KNOWN,
    queries: [query({ ...ofHealth, show: { Health: 'health_ratio' } })],
  }),
  lines({
    title: 'Usable charge',
    about:
      'Measured over full swings, by day, from `battery_health`; it says more than the pack does, and needs three deep swings.',
    empty: 'there were fewer than three deep swings',
    queries: [query({ ...ofHealth, show: { Usable: 'usable_ah' } })],
  }),
  lines({
    title: 'Cell spread at rest',
    about:
      'Mean spread of the cells between 40 and 60 % and below a tenth of full current, by day, from `battery_health`: comparable over years.',
    empty: UNTIL_KNOWN,
    queries: [query({ ...ofHealth, show: { Spread: 'cell_spread_v' } })],
  }),
  lines({
    title: 'Cycles',
    about: 'Charging cycles as the pack counts them, by day, from `battery_health`.',
    empty: UNTIL_KNOWN,
    queries: [query({ ...ofHealth, show: { Cycles: 'cycles_count' } })],
  }),
  table({
    title: 'Health in numbers',
    about:
      'The last values of each pack in the time shown, from `battery_health`: charge when full, when new and measured; efficiency over whole swings of 30 days; time in which it was charged below 0 °C on the last day.',
    empty: UNTIL_KNOWN,
    w: 24,
    h: 6,
    queries: [
      query({
        ...ofHealth,
        show: {
          Full: 'last(capacity_full_ah)',
          New: 'last(capacity_design_ah)',
          Health: 'last(health_ratio)',
          Usable: 'last(usable_ah)',
          Confidence: 'last(usable_confidence_ratio)',
          Cycles: 'last(cycles_count)',
          Efficiency: 'last(efficiency_ratio)',
          'Charged cold': 'last(charging_cold_s)',
          Warmest: 'max(temperature_max_c)',
          Coldest: 'min(temperature_min_c)',
        },
      }),
    ],
    overrides: {
      Usable: MAY_LACK,
      Confidence: MAY_LACK,
      Efficiency: MAY_LACK,
      Health: byValue({ value: null, color: BAD }, { value: 0.7, color: WATCH }, { value: 0.8, color: GOOD }),
    },
  }),
]

export const batteries: Board = {
  name: 'batteries',
  title: 'Power Kits: batteries',
  about: 'The packs of a kit: now, over time, and how they age.',
  from: 'now-24h',
  variables: [kitVariable(), packVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: [packs] },
    { title: 'Over time', panels: overTheTime },
    { title: 'Ageing (choose months or years)', panels: ageing },
  ],
}
