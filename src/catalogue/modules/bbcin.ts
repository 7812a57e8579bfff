/**
 * BBC IN: the DC input converter, fed by an alternator or by solar panels; it can also feed back.
 * `cable_length_m` holds while `cable_unit` is metre; in feet the scale of the number is not known.
 * `work_mode`, `reverse_mode` and `charge_mode` are three ways in which the wire tells the direction: all are kept.
 * `dayEnergy` and `dsgEnergy` are the same constants in the vendor's samples and in two unrelated kits.
 */
import type { ModuleKind } from '../field.ts'
import {
  alarm,
  bits,
  byteSetting,
  celsius,
  centiMetres,
  code,
  deciVolts,
  flag,
  hourlySequence,
  hourlyWattHours,
  LIMITS,
  lengthSetting,
  milliAmperes,
  milliVolts,
  placeholder,
  reserved,
  state,
  watts,
  wordSetting,
} from '../quantities.ts'

const { batteryVolts, cableMetres, dcAmperes, dcVolts, dcWatts } = LIMITS
const PACKS = ['is_pack_1_present', 'is_pack_2_present', 'is_pack_3_present']
const SOURCES = { 0: 'unknown', 1: 'alternator', 2: 'solar' }
const UNITS = { 0: 'metre', 1: 'foot' }
const errors = { from: 10_000, to: 14_999, every: 5000, at: 0 }

export const bbcin: ModuleKind = {
  kind: 'bbcin',
  label: 'DC input',
  measurement: 'dc_input',
  detail: 2,
  moduleTypes: [15362],
  serials: /^M1093-?DCIN/,
  source: 'powerkits-api.txt L1340-1437',
  fields: [
    milliVolts('dcInVol', 'voltage_v', dcVolts, 'Input voltage', 'L1345; C2', 'verified'),
    milliAmperes('dcInCurr', 'current_a', dcAmperes, 'Input current', 'L1348; C2', 'verified'),
    watts('dcInWatts', 'power_w', dcWatts, 'Input power', 'L1351; C2', 'verified'),
    watts('thirdWatts', 'third_power_w', dcWatts, 'Power of a third source', 'C2 (not in the document)', 'guess'),
    flag('dcInState', 'is_connected', 'Whether a source is connected', 'L1393; C2', 'verified'),
    state('chgType', 'source', SOURCES, 'What feeds the input', 'L1402; C2', 'verified'),
    state('inHwTpe', 'harness', { 0: 'alternator', 1: 'solar' }, 'Which cable is plugged in', 'L1399; C2', 'document'),
    milliVolts('batVol', 'battery_voltage_v', batteryVolts, 'Voltage at the battery side', 'L1354; C2', 'verified'),
    milliAmperes('batCurr', 'battery_current_a', dcAmperes, 'Current at the battery side', 'L1357; C2', 'verified'),
    watts('batWatts', 'battery_power_w', dcWatts, 'Power at the battery side', 'L1360; C2', 'verified'),
    milliAmperes('l1Curr', 'inductor_1_current_a', dcAmperes, 'Current of inductor 1', 'L1363; C2', 'verified'),
    milliAmperes('l2Curr', 'inductor_2_current_a', dcAmperes, 'Current of inductor 2', 'L1366; L70, C2', 'verified'),
    celsius('hs1Temp', 'heatsink_1_temperature_c', 'Temperature of heat sink 1', 'L1369; C2', 'verified'),
    celsius('hs2Temp', 'heatsink_2_temperature_c', 'Temperature of heat sink 2', 'L1372; C2', 'verified'),
    celsius('pcbTemp', 'board_temperature_c', 'Temperature of the board', 'L1375; 0 in C2, C3', 'document'),
    state('workMode', 'work_mode', { 1: 'charging', 2: 'supply' }, 'Direction of work', 'L1378; C2', 'document'),
    state(
      'workMode2',
      'reverse_mode',
      { 0: 'charging', 1: 'reverse_charging' },
      'Feeding back',
      'L1426; C2',
      'document',
    ),
    state('chargeMode', 'charge_mode', { 0: 'charging', 1: 'discharging' }, 'Charge mode', 'L1417; C2', 'document'),
    flag('allowDsgOn', 'is_discharge_allowed', 'Whether it may feed back', 'L1429; C3', 'document'),
    flag('isCarMoving', 'is_vehicle_moving', 'Whether the vehicle moves', 'L1405; C2', 'document'),
    bits('bpOnlinePos', PACKS, 'Packs that the input sees', 'L1396; L49, C2', 'document'),
    flag('chgPause', 'is_charging_paused', 'Whether charging is paused', 'L1381; L46', 'document', byteSetting),
    milliAmperes('chgMaxCurr', 'charge_limit_a', dcAmperes, 'Charging limit', 'L1384; L76, C2', 'guess', wordSetting),
    flag('altVoltLmtEn', 'is_voltage_limit_on', 'Whether the limit holds', 'L1435; C3', 'document', byteSetting),
    deciVolts('altVoltLmt', 'voltage_limit_v', dcVolts, 'Voltage limit', 'L1432; C2, C3', 'verified', wordSetting),
    centiMetres('altCableLen', 'cable_length_m', cableMetres, 'Cable length', 'L1411; L54', 'reported', lengthSetting),
    state('altCableUnit', 'cable_unit', UNITS, 'Unit of the cable length', 'L1414; C2', 'document', byteSetting),
    flag('shakeCtrlDisable', 'is_vibration_check_off', 'Vibration check off', 'L1408; C3', 'document', byteSetting),
    code('errCode', 'error_code', errors, 'Error', 'L1342; L73, C2', 'verified', alarm),
    code('warnCode', 'warning_code', 0, 'Warning', 'L1420; C2', 'verified'),
    code('eventCode', 'event_code', 0, 'Event', 'L1423; C2', 'verified'),
    placeholder('dayEnergy', 'Energy of the day: always 1234', 'L1387; L60, C2, C3', 'verified'),
    placeholder('dsgEnergy', 'Energy discharged: always 789', 'L1390; L61, C2, C3', 'verified'),
    hourlyWattHours,
    hourlySequence,
    reserved,
  ],
  checks: [
    { volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' },
    { volts: 'battery_voltage_v', amperes: 'battery_current_a', watts: 'battery_power_w' },
  ],
  // Feeding back, the power leaves the kit. src: powerkits-api.txt L1426
  meters: [
    {
      ...{ flow: 'dc_in', volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' },
      unless: { field: 'reverse_mode', says: [1], flow: 'dc_out' },
      sun: { field: 'source', says: 2 },
    },
  ],
}
