/** BBC OUT: the DC output converter that feeds the DC panel at 12 or 24 V. */
import type { ModuleKind } from '../field.ts'

export const bbcout: ModuleKind = {
  kind: 'bbcout',
  label: 'DC output',
  measurement: 'dc_output',
  detail: 3,
  moduleTypes: [15363],
  serials: /^M1093-?DCOU/,
  source: 'powerkits-api.txt L1097-1155',
  fields: [
    {
      kind: 'number',
      wire: 'ldOutVol',
      name: 'voltage_v',
      unit: 'v',
      divide: 1000,
      range: [0, 60],
      is: 'Output voltage',
      source: 'L1151; captures: 26408 mV × 1574 mA = 41.6 W',
      confidence: 'verified',
    },
  ],
  checks: [{ volts: 'voltage_v', amperes: 'current_a', watts: 'power_w' }],
}
