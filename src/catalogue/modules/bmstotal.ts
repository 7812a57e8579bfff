/**
 * bmsTotal: all packs of the kit together, as the kit adds them up. It has no serial number of its own; the primary
 * pack's record carries the same fields. Sums and packs are of different moments: never compare them.
 */
import { CHARGE_STATES, NO_ESTIMATE, netPower, timeEstimates } from '../battery-rules.ts'
import type { ModuleKind } from '../field.ts'
import {
  ampereHours,
  byteSetting,
  deciAmperes,
  flag,
  LIMITS,
  minutes,
  percent,
  reserved,
  seconds,
  state,
  watts,
  wordSetting,
} from '../quantities.ts'

const { bankAmperes, bankAmpereHours, bankWatts } = LIMITS

export const bmstotal: ModuleKind = {
  kind: 'bmstotal',
  label: 'Battery bank',
  measurement: 'battery_bank',
  moduleTypes: [],
  ofKit: true,
  source: 'powerkits-api.txt L1149-1198',
  fields: [
    percent('totalSoc', 'soc_pct', 'State of charge', 'L1172; C2', 'verified'),
    // Signed tenths in an unsigned word: 65522 is -1.4 A. src: C3
    deciAmperes('totalAmp', 'current_a', bankAmperes, 'Current, positive while charging', 'L1181; C2, C3', 'verified', {
      wrap16: true,
    }),
    watts('totalInWatts', 'charge_w', bankWatts, 'Charging power', 'L1169; C2', 'verified'),
    watts('totalOutWatts', 'discharge_w', bankWatts, 'Discharging power', 'L1160; L388, C3', 'verified', {
      negate: true,
    }),
    state('totalChgDsgState', 'charge_state', CHARGE_STATES, 'Direction of the current', 'L1151; C2', 'verified'),
    minutes('totalRemainTime', 'remaining_s', 'Time left in this direction', 'L1184; L413', 'verified', NO_ESTIMATE),
    ampereHours('totalFullCap', 'capacity_full_ah', bankAmpereHours, 'Charge when full', 'L1157; C2, C3', 'verified'),
    state(
      'warningEvent',
      'warning_event',
      { 0: 'none', 1: 'shutdown_refused_while_charging' },
      'Warning of the packs',
      'L1187; C2',
      'document',
    ),
    flag('doubleOilErrorFlag', 'has_two_generators', 'Error: two generators', 'L1163; C2', 'document'),
    flag('remindDsgPtcFlag', 'is_heating_advised', 'Cold and low: charge to heat', 'L1178; C2', 'document'),
    percent('bmsChgUpline', 'charge_limit_pct', 'Charge up to here', 'L1154; L399', 'verified', byteSetting),
    // "Lower limit of UPS charging" in the document is the discharge floor. src: powerkits-api.txt L420 = L410
    percent('bmsDsgDownline', 'discharge_limit_pct', 'Discharge down to here', 'L1196; L420', 'verified', byteSetting),
    percent('oilStartDownline', 'generator_start_pct', 'Generator starts here', 'L1190; C2', 'verified', byteSetting),
    percent('oilStopUpline', 'generator_stop_pct', 'Generator stops here', 'L1193; C2', 'verified', byteSetting),
    seconds('lcdOffConfirmS', 'screen_off_s', 'Screen goes dark after', 'L1175; C2', 'verified', wordSetting),
    minutes(
      'acDcLsplShutdMin',
      'low_power_shutdown_s',
      'Switches off after this time with AC and DC in low power mode',
      'L1166; 1440 in C2',
      'guess',
      wordSetting,
    ),
    reserved,
  ],
  derived: [netPower, ...timeEstimates],
  meters: [{ flow: 'battery', watts: 'power_w' }],
}
