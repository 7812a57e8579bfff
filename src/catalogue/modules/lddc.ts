/**
 * LD DC: the DC distribution panel with its twelve circuits, each a series of `circuit`; the first six have a relay.
 * `errorCodeAdd` counts 40 codes per circuit from 40000; its last element, from 40800, speaks of the panel.
 * `dcChWatt` has 12 elements in every sample; the document tells of 13, the total first, and then it is left out.
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

const circuits = 12
const allowed = { perCircuit: 'is_allowed', count: circuits }
const relays = { perCircuit: 'is_relay_on', count: 6 }
const { dcAmperes, dcVolts, dcWatts } = LIMITS

export const lddc: ModuleKind = {
  kind: 'lddc',
  label: 'DC panel',
  measurement: 'panel',
  side: 'dc',
  detail: 8,
  moduleTypes: [15368],
  serials: /^M10E1-?LDDC/,
  source: 'powerkits-api.txt L1624-1658',
  fields: [
    milliVolts('dcInVol', 'voltage_v', dcVolts, 'Input voltage', 'L1629; L796', 'document'),
    watts('dcTotalWatts', 'power_w', dcWatts, 'Power of all circuits', 'L1638; C1', 'verified'),
    celsius('dcTemp1', 'temperature_1_c', 'Temperature of the board, first place', 'L1641; L761', 'document'),
    celsius('dcTemp2', 'temperature_2_c', 'Temperature of the board, second place', 'L1644; L762', 'document'),
    circuitWatts('dcChWatt', circuits, dcWatts, 'L1635; L797, C1', 'verified', { leadingTotalAt: 13 }),
    circuitMilliAmperes('dcChCur', circuits, dcAmperes, 'L1632; L764', 'document'),
    bits('dcChRelay', relays, "Whether the circuit's relay is closed", 'L1647; L763', 'document'),
    bits('dcChSta', { perCircuit: 'is_on', count: circuits }, 'Whether the circuit is on', 'L1650; L778', 'document'),
    bits('dcSetChSta', allowed, 'Whether the circuit may be used', 'L1653; L795', 'document', plainSetting),
    circuitErrors('errorCodeAdd', circuits, 40_000, 'L1656; L779', 'verified'),
    opaqueList('errorCode', 'error_word', 16, 'Error word, meaning not told', 'L1626', 'document'),
    reserved,
  ],
  meters: [{ flow: 'circuit', volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' }],
}
