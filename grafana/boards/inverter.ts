/** The inverter on both sides, and what comes in at the AC input. */
import { annotations } from '../annotations.ts'
import { table, tiles, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { FAULT, NONE_IS_GOOD, ON_OFF, YES_NO } from '../mappings.ts'
import { lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable } from '../variables.ts'
import { FLOW_NOW, kitAge, STALE_WORDS, TIME_WORDS } from './now.ts'

const tags = { kit_sn: '$kit' } as const
const ofMains = { from: 'inverter_ac', tags } as const
const ofBattery = { from: 'inverter_dc', tags } as const
const NO_INVERTER = 'the kit has no inverter, or it was not heard'

const now = [
  tiles({
    title: 'AC input',
    about: `What comes in from shore or generator, from \`inverter_ac\`. ${STALE_WORDS}`,
    empty: NO_INVERTER,
    w: 12,
    h: 6,
    queries: [
      query({
        ...FLOW_NOW,
        from: 'inverter_ac',
        show: {
          Power: 'last(input_power_w)',
          Voltage: 'last(input_voltage_v)',
          Current: 'last(input_current_a)',
          Frequency: 'last(input_frequency_hz)',
        },
      }),
      kitAge,
    ],
  }),
  tiles({
    title: 'AC output',
    about: `Whether it is on, its power, apparent power and what the stand-alone socket gives, from \`inverter_ac\`. ${STALE_WORDS}`,
    empty: NO_INVERTER,
    w: 12,
    h: 6,
    queries: [
      query({
        ...FLOW_NOW,
        from: 'inverter_ac',
        show: {
          On: 'last(is_on)',
          Power: 'last(output_power_w)',
          Apparent: 'last(output_apparent_va)',
          Voltage: 'last(output_voltage_v)',
          Socket: 'last(standalone_power_w)',
        },
      }),
      kitAge,
    ],
    overrides: { On: words(ON_OFF) },
  }),
  table({
    title: 'Faults and protection',
    about:
      'What the inverter shows of itself, from `inverter_dc` of the last three minutes; what is not current is "stale".',
    empty: NO_INVERTER,
    w: 24,
    h: 5,
    isNow: true,
    queries: [
      query({
        ...FLOW_NOW,
        from: 'inverter_dc',
        show: {
          Error: 'last(error_code)',
          'Too hot': 'last(is_too_hot)',
          'Too cold': 'last(is_too_cold)',
          Overloaded: 'last(is_overloaded)',
          'Charging fault': 'last(has_charging_fault)',
          'Fan fault': 'last(has_fan_fault)',
          'Battery fault': 'last(has_battery_fault)',
          Asleep: 'last(is_low_power)',
          Fan: 'last(fan_level_code)',
        },
        by: ['module_sn'],
      }),
    ],
    overrides: Object.fromEntries([
      ...['Too hot', 'Too cold', 'Overloaded', 'Charging fault', 'Fan fault', 'Battery fault'].map((label) => [
        label,
        words(FAULT),
      ]),
      ['Error', NONE_IS_GOOD],
      ['Asleep', words(YES_NO)],
    ]),
  }),
]

const overTheTime = [
  lines({
    title: 'Power in and out',
    about: `Mean of each step, from \`inverter_ac\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    isFilled: true,
    w: 24,
    queries: overTime({ ...ofMains, show: { 'AC in': 'mean(input_power_w)', 'AC out': 'mean(output_power_w)' } }),
  }),
  lines({
    title: 'Apparent power',
    about: `The most of each step, from \`inverter_ac\`, ${TIME_WORDS} The limit of the inverter is in VA.`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofMains, show: { 'AC out': 'max(output_apparent_va)' } }),
  }),
  lines({
    title: 'Load',
    about: `Apparent power at the AC output, of what the inverter can, the most of each step, from \`kit\`, ${TIME_WORDS} What it can is 3600 VA where the settings say nothing.`,
    empty: NO_INVERTER,
    queries: overTime({ from: 'kit', tags, show: { Load: 'max(inverter_load_ratio)' } }),
  }),
  lines({
    title: 'AC voltage',
    about: `Least input and output voltage of each step, from \`inverter_ac\`, ${TIME_WORDS} A weak shore supply dips under load.`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofMains, show: { 'AC in': 'min(input_voltage_v)', 'AC out': 'min(output_voltage_v)' } }),
  }),
  lines({
    title: 'Frequency',
    about: `Mean of each step, from \`inverter_ac\`, ${TIME_WORDS} 0 without input, and while the output is off.`,
    empty: NO_INVERTER,
    queries: overTime({
      ...ofMains,
      show: { 'AC in': 'mean(input_frequency_hz)', 'AC out': 'mean(output_frequency_hz)' },
    }),
  }),
  lines({
    title: 'Stand-alone socket',
    about: `Mean power of each step, from \`inverter_ac\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofMains, show: { Socket: 'mean(standalone_power_w)' } }),
  }),
  lines({
    title: 'Battery side',
    about: `Lowest battery voltage of each step, from \`inverter_dc\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofBattery, show: { Battery: 'min(battery_voltage_v)' } }),
  }),
  lines({
    title: 'Temperature, mains side',
    about: `Warmest of each step, from \`inverter_ac\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofMains, show: { 'Mains side': 'max(temperature_c)' } }),
  }),
  lines({
    title: 'Temperature, battery side',
    about: `Warmest of each step, from \`inverter_dc\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    queries: overTime({ ...ofBattery, show: { 'Battery side': 'max(temperature_c)' } }),
  }),
  states({
    title: 'Output on and off',
    about: `The last of each step, from \`inverter_ac\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    h: 4,
    mappings: [ON_OFF],
    queries: overTime({ ...ofMains, show: { Output: 'last(is_on)' } }),
  }),
  states({
    title: 'Asleep in low power mode',
    about: `The last of each step, from \`inverter_dc\`, ${TIME_WORDS}`,
    empty: NO_INVERTER,
    h: 4,
    mappings: [YES_NO],
    queries: overTime({ ...ofBattery, show: { Asleep: 'last(is_low_power)' } }),
  }),
]

const settings = table({
  title: 'Settings',
  about:
    'As the inverter last told them, within two hours, from `inverter_ac`: they are written on change and once an hour.',
  empty: NO_INVERTER,
  w: 24,
  h: 5,
  queries: [
    query({
      bucket: 'raw',
      from: 'inverter_ac',
      during: { last: '2h' },
      show: {
        'Output asked for': 'last(is_output_requested)',
        Voltage: 'last(output_setting_v)',
        Frequency: 'last(output_setting_hz)',
        'Input allowed': 'last(input_limit_a)',
        'Bypass allowed': 'last(bypass_limit_a)',
        'Charging off': 'last(is_charging_off)',
        'Input first': 'last(grid_priority)',
      },
      tags,
      by: ['module_sn'],
    }),
  ],
  overrides: { 'Output asked for': words(YES_NO), 'Charging off': words(YES_NO) },
})

export const inverter: Board = {
  name: 'inverter',
  title: 'Power Kits: inverter and AC input',
  about: 'Both sides of the inverter, its faults and settings, and what comes in at the AC input.',
  from: 'now-24h',
  variables: [kitVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    { title: 'Over time', panels: overTheTime },
    { title: 'Settings', panels: [settings] },
  ],
}
