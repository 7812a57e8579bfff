/**
 * BP5000: a battery pack of 5 kWh. Its field list is that of every pack.
 * The primary pack's record also carries the bank's fields (`total…`, see bmstotal.ts).
 * `bms_enable_code` is not yes or no: 1 and 3 were seen (L391, L435).
 */
import { CHARGE_STATES, NO_ESTIMATE, netPower, timeEstimates } from '../battery-rules.ts'
import type { Field, ModuleKind } from '../field.ts'
import {
  alarm,
  byteSetting,
  celsius,
  code,
  counts,
  flag,
  LIMITS,
  milliAmpereHours,
  milliAmperes,
  milliVolts,
  minutes,
  opaque,
  percent,
  reserved,
  seconds,
  slots,
  state,
  watts,
  wordSetting,
} from '../quantities.ts'

const { batteryVolts, cellVolts, packAmperes, packAmpereHours, packWatts } = LIMITS

// 50000 on a BP5000, 60000 + 1000 per slot beyond the first on a BP2000. src: powerkits-api.txt L377, L455; C2
const codesFrom = (at: number) => ({ from: 50_000, to: 69_999, every: 1000, at })

/** Less than this is no charging that could hurt a cold cell. */
const CHARGING_A = 0.5

const fields: readonly Field[] = [
  state('bmsType', 'model', { 0: 'BP5000', 1: 'BP2000' }, 'Model of the pack', 'L1072; C1', 'verified'),
  slots('kitNum', 'slot', 'Position of the pack in the kit', 'L958; C2', 'verified'),
  slots('canId', 'can_slot', "Position of the pack on the kit's bus", 'L1027; C2', 'verified'),
  percent('soc', 'soc_pct', 'State of charge', 'L973; C2', 'verified'),
  milliVolts('vol', 'voltage_v', batteryVolts, 'Voltage', 'L991; C2', 'verified'),
  milliAmperes('amp', 'current_a', packAmperes, 'Current, positive while charging', 'L967; L426, C2', 'verified'),
  watts('inWatts', 'charge_w', packWatts, 'Charging power', 'L1009; C2', 'verified'),
  watts('outWatts', 'discharge_w', packWatts, 'Discharging power', 'L1084; L465', 'verified', { negate: true }),
  state('chgState', 'charge_state', CHARGE_STATES, 'Direction of the current', 'L1021; L444, C2', 'verified'),
  minutes('remainTime', 'remaining_s', 'Time left in the present direction', 'L1024; L445', 'verified', NO_ESTIMATE),

  milliVolts('minCellVol', 'cell_min_v', cellVolts, 'Lowest cell voltage', 'L979; C2', 'verified'),
  milliVolts('maxCellVol', 'cell_max_v', cellVolts, 'Highest cell voltage', 'L1051; C2', 'verified'),
  celsius('temp', 'temperature_c', 'Temperature of the pack', 'L1015; C2', 'verified'),
  celsius('minCellTemp', 'cell_temperature_min_c', 'Temperature of the coldest cell', 'L1000; C2', 'verified'),
  celsius('maxCellTemp', 'cell_temperature_max_c', 'Temperature of the hottest cell', 'L1030; C2', 'verified'),
  celsius('minMosTemp', 'mos_temperature_min_c', 'Lowest temperature of the switches', 'L1036; C2', 'verified'),
  celsius('maxMosTemp', 'mos_temperature_max_c', 'Highest temperature of the switches', 'L1018; C2', 'verified'),
  celsius('minPtcTemp', 'heater_temperature_min_c', 'Lowest temperature of the heaters', 'L1063; C2', 'verified'),
  celsius('maxPtcTemp', 'heater_temperature_max_c', 'Highest temperature of the heaters', 'L1045; C2', 'verified'),

  milliAmpereHours('fullCap', 'capacity_full_ah', packAmpereHours, 'Charge when full', 'L970; C2', 'verified'),
  milliAmpereHours('remainCap', 'capacity_left_ah', packAmpereHours, 'Charge left', 'L1006; C2', 'verified'),
  milliAmpereHours('designCap', 'capacity_design_ah', packAmpereHours, 'Charge when new', 'L1081; C2', 'verified'),
  counts('cycles', 'cycles_count', 'Charging cycles', 'C1, C2 (not in the document)', 'verified'),

  code('errCode', 'error_code', codesFrom(0), 'Error', 'L1054; L377, L455, C2', 'reported', alarm),
  code('warnCode', 'warning_code', 0, 'Warning', 'L985; C2', 'verified'),
  code('eventCode', 'event_code', codesFrom(500), 'Event', 'L1048; L406, L453, C2', 'reported'),
  code('bmsFault', 'fault_code', 0, 'Permanent failure of the pack', 'L1069; C2', 'document', alarm),
  opaque('chgDsgMosState', 'mos_state_code', 'Charging and discharging switches', 'L964; 3 in C2', 'document'),
  opaque('proChgDsgMosState', 'precharge_mos_state_code', 'Pre-charging switches', 'L1012; 3 in C2', 'document'),
  opaque('openBmsIdex', 'bms_enable_code', 'Whether the pack is switched in', 'L994; L435', 'document'),
  opaque('balanceFlag', 'balance_code', 'Balancing of the cells', 'L1066; 0 in C2', 'document'),
  flag('upsFlag', 'is_ups_mode', 'Whether the pack stands by as an uninterruptible supply', 'L982; L366', 'document'),

  state('ptcHeatingFlag', 'heating_state', { 0: 'stopped', 1: 'heating' }, 'Heating', 'L997; C2', 'document'),
  state(
    'ptcTouchFlag',
    'heating_trigger',
    { 0: 'none', 1: 'charging', 2: 'discharging' },
    'What the heating draws on',
    'L1060; C2',
    'document',
  ),
  flag('ptcAllowFlag', 'is_heating_allowed', 'Whether heating is allowed', 'L1039; C2', 'document'),
  minutes('ptcRemainTime', 'heating_left_s', 'Heating time left', 'L988; C2', 'document'),
  counts('ptcChgErrCnt', 'heating_errors_count', 'Errors while heating', 'L1003; C2', 'document'),
  code('ptcMosErr', 'heating_switch_error_code', 0, "Error of the heater's switch", 'L1033; C2', 'document', alarm),
  opaque('ptcHeatingEvent', 'heating_event_code', 'Why heating stopped', 'L976; 6 in C2', 'document'),

  percent('chgSetSoc', 'charge_limit_pct', 'Charge up to here', 'L1075; L399, L417', 'verified', byteSetting),
  percent('dsgSetSoc', 'discharge_limit_pct', 'Discharge down to here', 'L1057; L410, L420', 'verified', byteSetting),
  percent('oilOpenSoc', 'generator_start_pct', 'Generator starts here', 'L1078; C2', 'verified', byteSetting),
  percent('oilCloseSoc', 'generator_stop_pct', 'Generator stops here', 'L961; C2', 'verified', byteSetting),
  // Seconds in spite of its name. src: powerkits-api.txt L489
  seconds('lcdStandbyMin', 'screen_off_s', 'Screen goes dark after', 'L1042; L489, C2', 'verified', wordSetting),
  reserved,
]

export const bp5000: ModuleKind = {
  kind: 'bp5000',
  label: 'Battery BP5000',
  measurement: 'battery',
  detail: 1,
  moduleTypes: [15361, 15371],
  serials: /^M101Z/,
  carries: 'bmstotal',
  source: 'powerkits-api.txt L956-1086',
  fields,
  derived: [
    netPower,
    ...timeEstimates,
    {
      name: 'cell_spread_v',
      unit: 'v',
      from: ['cell_min_v', 'cell_max_v'],
      is: 'Highest less lowest cell voltage',
      compute: (min, max) => max! - min!,
    },
    {
      name: 'health_ratio',
      unit: 'ratio',
      from: ['capacity_full_ah', 'capacity_design_ah'],
      is: 'Charge when full, of the charge when new',
      // A pack that has not told its design charge yet says 0.
      compute: (full, design) => (design! > 0 ? full! / design! : Number.NaN),
    },
    {
      name: 'is_charging_cold',
      unit: 'flag',
      from: ['current_a', 'cell_temperature_min_c'],
      is: 'Whether it is charged while its coldest cell is below 0 °C',
      compute: (amperes, coldest) => (amperes! > CHARGING_A && coldest! < 0 ? 1 : 0),
    },
  ],
  checks: [{ volts: 'voltage_v', amperes: 'current_a', watts: 'charge_w', less: 'discharge_w' }],
  meters: [{ flow: 'battery', volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' }],
}
