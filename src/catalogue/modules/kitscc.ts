/**
 * KIT SCC: the solar charge controller with its two inputs, each a series of `solar_input`.
 * An input whose `work_mode` is adapter is fed by an adapter, not by the sun.
 * `batWatts` counts milliwatts although the document says watts. `cable_length_m` holds while `cable_unit` is metre.
 */
import type { Field, Meter, ModuleKind, PowerCheck } from '../field.ts'
import type { Flow } from '../flows.ts'
import {
  alarm,
  byteSetting,
  celsius,
  centiMetres,
  code,
  deciVolts,
  flag,
  LIMITS,
  lengthSetting,
  milliAmperes,
  milliVolts,
  milliWatts,
  opaque,
  placeholder,
  reserved,
  state,
  watts,
  wordSetting,
} from '../quantities.ts'

const { batteryVolts, cableMetres, dcAmperes, dcVolts, dcWatts } = LIMITS

const MODES = { 1: 'solar', 2: 'adapter' }
const UNITS = { 0: 'metre', 1: 'foot' }

/** `line` picks the document's line for this input out of those for the two. */
const solarInput = (n: 1 | 2): readonly Field[] => {
  const line = (first: number, second: number): string => `L${n === 1 ? first : second}; C2`
  const fields: readonly Field[] = [
    milliVolts(`pv${n}InVol`, 'voltage_v', dcVolts, 'Input voltage', line(1297, 1231), 'verified'),
    milliAmperes(`pv${n}InCurr`, 'current_a', dcAmperes, 'Input current', line(1228, 1276), 'verified'),
    watts(`pv${n}InWatts`, 'power_w', dcWatts, 'Input power', line(1204, 1207), 'verified'),
    state(`pv${n}WorkMode`, 'work_mode', MODES, 'What feeds the input', line(1279, 1237), 'document'),
    flag(`pv${n}InputFlag`, 'is_connected', 'Whether a source is connected', line(1273, 1270), 'verified'),
    flag(`mppt${n}SwSta`, 'is_on', 'Whether the charger works on this input', line(1258, 1246), 'verified'),
    opaque(`pv${n}_hot_out`, 'hot_out_code', 'Meaning not told', 'C2 (not in the document)', 'guess'),
    code(`pv${n}ErrCode`, 'error_code', 0, 'Error', line(1210, 1201), 'verified', alarm),
    code(`warnCode${n}`, 'warning_code', 0, 'Warning', line(1306, 1303), 'verified'),
    code(`eventCode${n}`, 'event_code', 0, 'Event', line(1291, 1285), 'verified'),
  ]
  return fields.map((field) => ({ ...field, input: n }))
}

/** What its owner set for an alternator at the input. */
const alternatorSettings = (n: 1 | 2): readonly Field[] => {
  const line = (first: number, second: number): string => `L${n === 1 ? first : second}; C2`
  const fields: readonly Field[] = [
    flag(
      `alt${n}VoltLmtEn`,
      'is_voltage_limit_on',
      'Whether the limit holds',
      line(1234, 1252),
      'document',
      byteSetting,
    ),
    deciVolts(`alt${n}VoltLmt`, 'voltage_limit_v', dcVolts, 'Voltage limit', line(1261, 1264), 'verified', wordSetting),
    centiMetres(
      `alt${n}CableLen`,
      'cable_length_m',
      cableMetres,
      'Cable length',
      line(1240, 1249),
      'reported',
      lengthSetting,
    ),
    state(
      `alt${n}CableUnit`,
      'cable_unit',
      UNITS,
      'Unit of the cable length',
      line(1300, 1219),
      'document',
      byteSetting,
    ),
  ]
  return fields.map((field) => ({ ...field, input: n }))
}

const inputCheck = (input: 1 | 2): PowerCheck => ({
  volts: 'voltage_v',
  amperes: 'current_a',
  watts: 'power_w',
  input,
})

/** What an adapter feeds is no sun. src: powerkits-api.txt L1237, L1279 */
const inputMeter = (input: 1 | 2, flow: Flow): Meter => ({
  ...{ flow, volts: 'voltage_v', amperes: 'current_a', watts: 'power_w', input },
  unless: { field: 'work_mode', says: [2], flow: 'dc_in' },
})

export const kitscc: ModuleKind = {
  kind: 'kitscc',
  label: 'Solar charger',
  measurement: 'solar_charger',
  detail: 4,
  moduleTypes: [15364],
  serials: /^M1096-?MPPT/,
  source: 'powerkits-api.txt L1199-1308',
  fields: [
    milliVolts('batVol', 'battery_voltage_v', batteryVolts, 'Voltage at the battery side', 'L1294; C2', 'verified'),
    milliAmperes('batCurr', 'battery_current_a', dcAmperes, 'Current at the battery side', 'L1222; C2', 'verified'),
    // 90527 at 53.609 V × 1.690 A = 90.6 W. src: C2
    milliWatts('batWatts', 'battery_power_w', dcWatts, 'Power at the battery side', 'L1225; C1, C2', 'verified'),
    milliAmperes('l1Curr', 'inductor_1_current_a', dcAmperes, 'Current of inductor 1', 'L1216; C2', 'verified'),
    milliAmperes('l2Curr', 'inductor_2_current_a', dcAmperes, 'Current of inductor 2', 'L1282; C2', 'verified'),
    celsius('hs1Temp', 'heatsink_1_temperature_c', 'Temperature of heat sink 1', 'L1267; C2', 'verified'),
    celsius('hs2Temp', 'heatsink_2_temperature_c', 'Temperature of heat sink 2', 'L1243; C2', 'verified'),
    celsius('pcbTemp', 'board_temperature_c', 'Temperature of the board', 'L1288; 0 in C2', 'document'),
    ...solarInput(1),
    ...alternatorSettings(1),
    ...solarInput(2),
    ...alternatorSettings(2),
    placeholder('chgEnergy', 'Energy charged: 0 while charging', 'L1213; C2', 'verified'),
    placeholder('dayEnergy', 'Energy of the day: 0 while charging', 'L1255; C2', 'verified'),
    placeholder('dsgEnergy', 'Energy discharged: always 0', 'C2 (not in the document)', 'verified'),
    reserved,
  ],
  checks: [
    inputCheck(1),
    inputCheck(2),
    { volts: 'battery_voltage_v', amperes: 'battery_current_a', watts: 'battery_power_w' },
  ],
  meters: [inputMeter(1, 'solar_1'), inputMeter(2, 'solar_2')],
}
