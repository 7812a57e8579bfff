/** The sun at its inputs, and what comes in at the DC input: alternator, panels or adapters. */
import { annotations } from '../annotations.ts'
import { table, tiles, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { FAULT, MAY_LACK, NONE_IS_GOOD, orNothing, YES_NO } from '../mappings.ts'
import { bars, lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { kitVariable } from '../variables.ts'
import { ALWAYS_TOLD, FLOW_NOW, KIT_NOW, kitAge, STALE_WORDS, TIME_WORDS } from './now.ts'

const tags = { kit_sn: '$kit' } as const
const ofInputs = { from: 'solar_input', tags, by: ['module_sn', 'input'] } as const
const ofDays = { bucket: 'history', from: 'energy_day', tags } as const

const NO_CHARGER = 'the kit has no solar charger, or it was not heard'
const NO_DC_INPUT = 'the kit has no DC input, or it was not heard'

const now = [
  tiles({
    title: 'Sun now',
    about: `Power at the first and second inputs of the solar chargers, from \`flow\`, and today's energy from \`kit\`; whether the sun is up where the place of the kit is set, the peak power of its panels where it is told, and whether they bring nothing although the sun is up and the packs take charge. ${STALE_WORDS}`,
    w: 24,
    h: 5,
    decimals: 0,
    queries: [
      query({
        ...FLOW_NOW,
        show: { 'First inputs': 'last(solar_1_w)', 'Second inputs': 'last(solar_2_w)', ...ALWAYS_TOLD },
      }),
      query({
        ...KIT_NOW,
        show: {
          Today: 'last(today_solar_wh)',
          Daylight: 'last(is_daylight)',
          Peak: 'last(rated_w)',
          Dead: 'last(is_solar_dead)',
          Age: 'last(age_s)',
        },
      }),
    ],
    overrides: { Daylight: orNothing(YES_NO), Dead: orNothing(FAULT), Peak: MAY_LACK },
  }),
  table({
    title: 'Inputs',
    about:
      'One row per input of the solar chargers, from `solar_input`, of the last three minutes. An adapter at an input is told as DC input in all energies.',
    empty: NO_CHARGER,
    w: 24,
    h: 6,
    isNow: true,
    queries: [
      query({
        ...ofInputs,
        bucket: 'raw',
        during: 'now',
        show: {
          Source: 'last(work_mode)',
          Connected: 'last(is_connected)',
          Working: 'last(is_on)',
          Voltage: 'last(voltage_v)',
          Current: 'last(current_a)',
          Power: 'last(power_w)',
          Error: 'last(error_code)',
        },
      }),
    ],
    overrides: { Connected: words(YES_NO), Working: words(YES_NO), Error: NONE_IS_GOOD },
  }),
]

const sun = [
  lines({
    title: 'Power from the sun',
    about: `Mean power at the first and second inputs, from \`flow\`, ${TIME_WORDS}`,
    isFilled: true,
    isStacked: true,
    queries: overTime({
      from: 'flow',
      show: { 'First inputs': 'mean(solar_1_w)', 'Second inputs': 'mean(solar_2_w)' },
      tags,
    }),
  }),
  lines({
    title: 'Voltage at the inputs',
    about: `Mean of each step, per input, from \`solar_input\`, ${TIME_WORDS} A voltage without current is a panel that nobody draws from.`,
    empty: NO_CHARGER,
    queries: overTime({ ...ofInputs, show: { Voltage: 'mean(voltage_v)' } }),
  }),
  lines({
    title: 'Current at the inputs',
    about: `Mean of each step, per input, from \`solar_input\`, ${TIME_WORDS}`,
    empty: NO_CHARGER,
    queries: overTime({ ...ofInputs, show: { Current: 'mean(current_a)' } }),
  }),
  lines({
    title: 'Heat sinks of the chargers',
    about: `Warmest of each step, from \`solar_charger\`, ${TIME_WORDS}`,
    empty: NO_CHARGER,
    queries: overTime({
      from: 'solar_charger',
      show: { First: 'max(heatsink_1_temperature_c)', Second: 'max(heatsink_2_temperature_c)' },
      tags,
      by: ['module_sn'],
    }),
  }),
]

const days = [
  bars({
    title: 'Days',
    about:
      'Energy from the sun by local day, from `energy_day`: at the solar chargers, and at the DC input where that has panels. What is known to have flowed; nothing is added for gaps.',
    isStacked: true,
    queries: [
      query({
        ...ofDays,
        show: { 'First inputs': 'solar_1_wh', 'Second inputs': 'solar_2_wh', 'DC input': 'dc_in_solar_wh' },
      }),
    ],
  }),
  bars({
    title: 'Hours of sun',
    about: 'Time of each local day in which the sun brought 20 W or more, from `energy_day`.',
    queries: [query({ ...ofDays, show: { Sun: 'sun_s' } })],
  }),
]

const dcInput = [
  tiles({
    title: 'DC input now',
    about: `What feeds it, voltage, current and power, from \`dc_input\`. ${STALE_WORDS}`,
    empty: NO_DC_INPUT,
    w: 24,
    h: 5,
    queries: [
      query({
        ...FLOW_NOW,
        from: 'dc_input',
        show: {
          Source: 'last(source)',
          Voltage: 'last(voltage_v)',
          Current: 'last(current_a)',
          Power: 'last(power_w)',
          Connected: 'last(is_connected)',
        },
      }),
      kitAge,
    ],
    overrides: { Connected: words(YES_NO) },
  }),
  lines({
    title: 'Power at the DC input',
    about: `Mean of each step, from \`dc_input\`, ${TIME_WORDS}`,
    empty: NO_DC_INPUT,
    isFilled: true,
    queries: overTime({ from: 'dc_input', show: { 'DC input': 'mean(power_w)' }, tags, by: ['module_sn'] }),
  }),
  lines({
    title: 'Voltage at the DC input',
    about: `Mean of each step, from \`dc_input\`, ${TIME_WORDS}`,
    empty: NO_DC_INPUT,
    queries: overTime({ from: 'dc_input', show: { Voltage: 'mean(voltage_v)' }, tags, by: ['module_sn'] }),
  }),
  states({
    title: 'Something is plugged in',
    about: `Whether a source is at the DC input, the last of each step, from \`dc_input\`, ${TIME_WORDS}`,
    empty: NO_DC_INPUT,
    w: 24,
    h: 4,
    mappings: [YES_NO],
    queries: overTime({ from: 'dc_input', show: { Connected: 'last(is_connected)' }, tags, by: ['module_sn'] }),
  }),
]

export const solar: Board = {
  name: 'solar',
  title: 'Power Kits: solar and DC input',
  about: 'What the sun brings, input by input and day by day, and what comes in at the DC input.',
  from: 'now-24h',
  variables: [kitVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    { title: 'Sun over time', panels: sun },
    { title: 'Days (choose weeks or months)', panels: days },
    { title: 'DC input', panels: dcInput },
  ],
}
