/**
 * LD AC: the AC distribution panel with its six circuits, each a series of `circuit`.
 * `errorCodeAdd` counts 40 codes per circuit from 30000; its last element, from 30800, speaks of the panel.
 */
import type { ModuleKind } from '../field.ts'
import {
  bits,
  celsius,
  circuitErrors,
  circuitMilliAmperes,
  circuitWatts,
  LIMITS,
  milliVolts,
  opaqueList,
  plainSetting,
  reserved,
  watts,
} from '../quantities.ts'

const circuits = 6
const allowed = { perCircuit: 'is_allowed', count: circuits }

export const ldac: ModuleKind = {
  kind: 'ldac',
  label: 'AC panel',
  measurement: 'panel',
  side: 'ac',
  detail: 7,
  moduleTypes: [15367],
  serials: /^M10E(1-?LDAC|Z)/,
  source: 'powerkits-api.txt L1595-1623',
  fields: [
    milliVolts('acInVol', 'voltage_v', LIMITS.acVolts, 'Input voltage', 'L1615; C1, C3', 'verified'),
    watts('acTotalWatts', 'power_w', LIMITS.acWatts, 'Power of all circuits', 'L1618; C1', 'verified'),
    celsius('acTemp1', 'temperature_1_c', 'Temperature of the board, first place', 'L1597; C3', 'verified'),
    celsius('acTemp2', 'temperature_2_c', 'Temperature of the board, second place', 'L1612; C3', 'verified'),
    circuitWatts('acChWatt', circuits, LIMITS.acWatts, 'L1600; C1', 'verified'),
    circuitMilliAmperes('acChCur', circuits, LIMITS.acAmperes, 'L1606; C1, C3', 'verified'),
    bits('acChSta', { perCircuit: 'is_on', count: circuits }, 'Whether the circuit is on', 'L1609; C3', 'document'),
    bits('acSetChSta', allowed, 'Whether the circuit may be used', 'L1621; L695', 'document', plainSetting),
    circuitErrors('errorCodeAdd', circuits, 30_000, 'L1603; L674, C3', 'verified'),
    opaqueList('errorCode', 'error_word', 8, 'Error word, meaning not told', 'C4 (5 zeros)', 'verified'),
    reserved,
  ],
  meters: [{ flow: 'circuit', watts: 'power_w' }],
}
