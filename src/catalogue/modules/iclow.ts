/**
 * IC LOW: the battery side of the inverter.
 * Its currents contradict each other between captures (mA on the battery side while charging, something else while
 * discharging), so they are kept as codes, `…_current_code`: numbers as the wire says them, in no promised unit.
 */
import { CHARGE_STATES } from '../battery-rules.ts'
import type { ModuleKind } from '../field.ts'
import {
  alarm,
  bits,
  celsius,
  code,
  flag,
  LIMITS,
  milliVolts,
  opaque,
  percent,
  placeholder,
  reserved,
  state,
} from '../quantities.ts'

const { batteryVolts, linkVolts } = LIMITS

const CHARGERS = { 0: 'none', 1: 'ac', 2: 'adapter', 3: 'solar', 255: 'unknown' }
const SOURCES = { 0: 'none', 1: 'ac', 2: 'solar', 3: 'ac_and_solar' }
const PERMISSIONS = { 0: 'idle', 1: 'allowed', 2: 'refused' }
const EXCEPTIONS = [
  'is_too_hot',
  'is_too_cold',
  'is_overloaded',
  'has_charging_fault',
  'has_fan_fault',
  'has_communication_fault',
  'has_battery_fault',
]
const firstTwoBits = { mask: 0b11 }

export const iclow: ModuleKind = {
  kind: 'iclow',
  label: 'Inverter, battery side',
  measurement: 'inverter_dc',
  detail: 5,
  moduleTypes: [15365],
  serials: /^M1095-?PSDL/,
  source: 'powerkits-api.txt L1438-1505',
  fields: [
    milliVolts('batVol', 'battery_voltage_v', batteryVolts, 'Battery voltage', 'L1443; C2', 'verified'),
    milliVolts('chgBatVol', 'charge_voltage_v', batteryVolts, 'Charging voltage', 'L1479; C1, C2', 'verified'),
    // 389 to 454 V at work; asleep it falls to nothing (L277). src: C1, C2
    milliVolts('busVol', 'bus_voltage_v', linkVolts, 'Voltage of the inner link', 'L1455; L277, C2', 'verified'),
    percent('realSoc', 'soc_pct', 'State of charge as the inverter knows it', 'L1485; C2', 'verified'),
    state(
      'chgDsgState',
      'charge_state',
      CHARGE_STATES,
      'Direction of the current',
      'L1467; C2',
      'verified',
      firstTwoBits,
    ),
    state('chgType', 'charger', CHARGERS, 'What charges', 'L1464; C2', 'document'),
    state('chgInType', 'input_sources', SOURCES, 'Sources in use', 'L1488; C2', 'document', firstTwoBits),
    state('chrgFlag', 'charge_permission', PERMISSIONS, 'Whether the packs take charge', 'L1482; L282, C2', 'document'),
    opaque('batCurr', 'battery_current_code', 'Battery current, scale not known', 'L1452; C1, C2', 'verified'),
    opaque('bmsChgCurr', 'bms_current_code', 'Current of the packs, scale not known', 'L1476; C1, C2', 'verified'),
    opaque('maxChgCurr', 'charge_limit_current_code', 'Charging limit, scale not known', 'L1473; 0 in C2', 'document'),
    celsius('dcTemp', 'temperature_c', 'Temperature', 'L1458; C2', 'verified'),
    opaque('fanLevel', 'fan_level_code', 'Fan, 0 off to 3 fastest', 'L1461; C2', 'document'),
    flag('lsplFlag', 'is_low_power', 'Whether the inverter is asleep in low power mode', 'L1494; L278, C2', 'verified'),
    bits('protectState', EXCEPTIONS, 'Exceptions shown', 'L1470; C2', 'document'),
    code('errCode', 'error_code', 0, 'Error', 'L1440; C2', 'verified', alarm),
    code('warn_code', 'warning_code', 0, 'Warning', 'L1446, L1500; L268, C2', 'verified', { aliases: ['warnCode'] }),
    code('event_code', 'event_code', 0, 'Event', 'L1449, L1503; L281, C2', 'verified', { aliases: ['eventCode'] }),
    opaque('extKitType', 'accessory_code', 'Accessory; only meant for another product', 'L1491; C2', 'document'),
    placeholder('res', 'Reserved numbers', 'L1497', 'document'),
    reserved,
  ],
}
