/** Smart generator: it takes a start command; no field of it was ever seen, so whatever it reports is kept as unknown. */
import type { ModuleKind } from '../field.ts'

export const generator: ModuleKind = {
  kind: 'generator',
  label: 'Smart generator',
  measurement: 'generator',
  moduleTypes: [6402],
  source: 'powerkits-api.txt L936-950',
  fields: [],
}
