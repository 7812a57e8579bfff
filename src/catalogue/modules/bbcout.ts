/**
 * BBC OUT: the DC output converter that feeds the DC panel at 12 or 24 V.
 * `dayEnergy` and `dsgEnergy` are the same constants in the vendor's samples and in two unrelated kits.
 * The unit of `standbyTime` is nowhere told: it stays a code.
 */
import type { ModuleKind } from '../field.ts'
import {
  alarm,
  byteSetting,
  celsius,
  code,
  flag,
  LIMITS,
  milliAmperes,
  milliVolts,
  opaque,
  placeholder,
  reserved,
  state,
  watts,
  wordSetting,
} from '../quantities.ts'

const { batteryVolts, dcAmperes, dcVolts, dcWatts } = LIMITS
const LEVELS = { 0: '12 V', 1: '24 V' }
const errors = { from: 15_000, to: 19_999, every: 5000, at: 0 }

export const bbcout: ModuleKind = {
  kind: 'bbcout',
  label: 'DC output',
  measurement: 'dc_output',
  detail: 3,
  moduleTypes: [15363],
  serials: /^M1093-?DCOU/,
  source: 'powerkits-api.txt L1087-1148',
  fields: [
    milliVolts('ldOutVol', 'voltage_v', dcVolts, 'Output voltage', 'L1143; C1', 'verified'),
    milliAmperes('ldOutCurr', 'current_a', dcAmperes, 'Output current', 'L1092; C1', 'verified'),
    watts('ldOutWatts', 'power_w', dcWatts, 'Output power', 'L1095; C1', 'verified'),
    flag('dcOutSta', 'is_on', 'Whether the output is on', 'L1104; C2', 'verified'),
    state('cfgVolTag', 'nominal_output', LEVELS, 'Voltage chosen', 'L1125; C2, C3', 'verified', byteSetting),
    state('workMode', 'work_mode', { 1: 'charging', 2: 'supply' }, 'Direction of work', 'L1098; C2', 'document'),
    milliVolts('batVol', 'battery_voltage_v', batteryVolts, 'Voltage at the battery side', 'L1140; C2', 'verified'),
    milliAmperes('batCurr', 'battery_current_a', dcAmperes, 'Current at the battery side', 'L1110; C3', 'verified'),
    watts('batWatts', 'battery_power_w', dcWatts, 'Power at the battery side', 'L1116; C3', 'verified'),
    milliAmperes('l1Curr', 'inductor_1_current_a', dcAmperes, 'Current of inductor 1', 'L1107; C2', 'verified'),
    milliAmperes('l2Curr', 'inductor_2_current_a', dcAmperes, 'Current of inductor 2', 'L1122; C2', 'verified'),
    celsius('hs1Temp', 'heatsink_1_temperature_c', 'Temperature of heat sink 1', 'L1101; C2', 'verified'),
    celsius('hs2Temp', 'heatsink_2_temperature_c', 'Temperature of heat sink 2', 'L1134; 0 in C2, C3', 'document'),
    celsius('pcbTemp', 'board_temperature_c', 'Temperature of the board', 'L1128; 0 in C2, C3', 'document'),
    opaque('standbyTime', 'standby_time_code', 'Standby, unit not told', 'L1137; L200', 'document', wordSetting),
    code('errCode', 'error_code', errors, 'Error', 'L1131; L198, C2', 'verified', alarm),
    code('warnCode', 'warning_code', 0, 'Warning', 'L1113; C2', 'verified'),
    code('eventCode', 'event_code', 0, 'Event', 'L1119; C2', 'verified'),
    placeholder('dayEnergy', 'Energy of the day: always 12343', 'L1146; L203, C2', 'verified'),
    placeholder('dsgEnergy', 'Energy discharged: always 78219', 'L1089; L184, C2, C3', 'verified'),
    reserved,
  ],
  // None at the battery side: its watts stay 0 while its current is below 0. src: C2
  checks: [{ volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' }],
  meters: [{ flow: 'dc_out', volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' }],
}
