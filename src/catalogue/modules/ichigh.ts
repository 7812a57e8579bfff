/**
 * IC HIGH: the mains side of the inverter, with the stand-alone socket of the kit and the settings of `appCfg`.
 * The document lists the members of `appCfg` as if they stood beside it: both spellings are taken, except for
 * `standbyTime`, which exists in both places. `acRlyCtrlDis` of the document is `acRlyCtrlDisable` on real kits.
 * `inputWhInDay` and `outputWhInDay` stay 0 while power flows. The unit of the standby times is nowhere told.
 */
import type { Field, FlagField, ModuleKind, NumberField } from '../field.ts'
import {
  amperes,
  byteSetting,
  celsius,
  flag,
  hertz,
  hourlySequence,
  hourlyWattHours,
  LIMITS,
  milliAmperes,
  milliVolts,
  opaque,
  placeholder,
  reserved,
  state,
  voltAmperes,
  volts,
  watts,
  wordSetting,
} from '../quantities.ts'

const { acAmperes, acVolts, acWatts } = LIMITS

/** A member of `appCfg`, taken in its flat spelling as well; 255 says that it is not configured. */
const member = <F extends FlagField | NumberField>(field: F): F => ({
  ...field,
  ...byteSetting,
  wire: `appCfg.${field.wire}`,
  aliases: [field.wire, ...(field.aliases ?? []).flatMap((alias) => [alias, `appCfg.${alias}`])],
})

const documentName = { aliases: ['acRlyCtrlDis'] }
const PRIORITIES = { 0: 'ignored', 1: 'on', 2: 'off' }

const settings: readonly Field[] = [
  member(flag('powerOn', 'is_output_requested', 'AC output asked for', 'L1556; C2', 'verified')),
  member(flag('wakeup', 'is_wakeup_requested', 'Asked to leave low power mode', 'L1574; C2', 'verified')),
  member(volts('acVolSet', 'output_setting_v', acVolts, 'Output voltage chosen', 'L1559; C2', 'verified')),
  member(hertz('acFreqSet', 'output_setting_hz', 'Output frequency chosen', 'L1562; C2', 'verified')),
  member(amperes('acMaxCurrSer', 'input_limit_a', acAmperes, 'Input current allowed', 'L1565; C2', 'verified')),
  member(amperes('passByMaxCurr', 'bypass_limit_a', acAmperes, 'Bypass current allowed', 'L1577; C2', 'verified')),
  member(flag('acChgDisable', 'is_charging_off', 'Charging from the input switched off', 'L1568; C2', 'verified')),
  member(flag('acRlyCtrlDisable', 'is_earth_relay_off', 'Earth relay off', 'L1571; C2, C3', 'verified', documentName)),
  opaque('appCfg.standbyTime', 'standby_setting_code', 'Standby chosen, unit not told', 'L1580; C2', 'document', {
    ...byteSetting,
  }),
  opaque('standbyTime', 'standby_time_code', 'Idle time before standby, unit not told', 'L1589; C2', 'document', {
    ...wordSetting,
  }),
  state('passByModeEn', 'grid_priority', PRIORITIES, 'Input feeds the loads first', 'L1592; L309, C2', 'document', {
    ...byteSetting,
  }),
]

export const ichigh: ModuleKind = {
  kind: 'ichigh',
  label: 'Inverter, mains side',
  measurement: 'inverter_ac',
  detail: 6,
  moduleTypes: [15366],
  serials: /^M1095-?PSDH/,
  source: 'powerkits-api.txt L1506-1594',
  fields: [
    milliVolts('inVol', 'input_voltage_v', acVolts, 'Input voltage', 'L1508; C1', 'verified'),
    milliAmperes('inCurr', 'input_current_a', acAmperes, 'Input current', 'L1511; C1', 'verified'),
    watts('inWatts', 'input_power_w', acWatts, 'Input power', 'L1514; C1', 'verified'),
    hertz('inFreq', 'input_frequency_hz', 'Input frequency, 0 without input', 'L1535; C2', 'verified'),
    milliVolts('outVol', 'output_voltage_v', acVolts, 'Output voltage', 'L1517; C2', 'verified'),
    milliAmperes('outCurr', 'output_current_a', acAmperes, 'Output current', 'L1520; C2', 'verified'),
    watts('outWatts', 'output_power_w', acWatts, 'Output power', 'L1523; C2', 'verified'),
    voltAmperes('outVa', 'output_apparent_va', acWatts, 'Apparent output power', 'L1526; C2', 'verified'),
    hertz('outFreq', 'output_frequency_hz', 'Output frequency, 0 while off', 'L1538; C2', 'verified'),
    hertz('cfgOutFreq', 'configured_frequency_hz', 'Output frequency in force', 'L1544; C2', 'verified', byteSetting),
    flag('invSwSta', 'is_on', 'Whether the output is on', 'L1541; C2', 'verified'),
    watts('ch2Watt', 'standalone_power_w', acWatts, 'Power of the stand-alone socket', 'L1583; 0 in C2', 'document'),
    milliAmperes(
      'outAmp2',
      'standalone_current_a',
      acAmperes,
      'Current of the stand-alone socket',
      'L1586; 0 in C2',
      'document',
    ),
    celsius('acTemp', 'temperature_c', 'Temperature', 'L1529; C2', 'verified'),
    opaque('invType', 'inverter_type_code', 'Type of inverter', 'L1532; 0 in C2', 'document'),
    ...settings,
    placeholder('inputWhInDay', 'Energy in of the day: stays 0', 'L1547; C2', 'verified'),
    placeholder('outputWhInDay', 'Energy out of the day: stays 0', 'L1550; C2', 'verified'),
    hourlyWattHours,
    hourlySequence,
    reserved,
  ],
  checks: [
    { volts: 'input_voltage_v', amperes: 'input_current_a', watts: 'input_power_w', apparent: true },
    { volts: 'output_voltage_v', amperes: 'output_current_a', watts: 'output_power_w', apparent: true },
  ],
  meters: [
    { flow: 'ac_in', watts: 'input_power_w' },
    { flow: 'ac_out', watts: 'output_power_w' },
    { flow: 'ac_out', watts: 'standalone_power_w', optional: true },
  ],
}
