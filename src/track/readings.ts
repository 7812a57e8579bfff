/** Room for what a module's meters read, see meters.ts. */
import type { ModuleTable } from '../catalogue/table.ts'
import type { ModuleEnergy } from './energy-state.ts'
import { carveNumbers, type Slab } from './slab.ts'

/** By meter of the module's table; NaN where not known. Before: at the report that the stretch begins with. */
export interface Readings {
  readonly watts: Float64Array
  readonly amperes: Float64Array
  readonly wattsBefore: Float64Array
  readonly amperesBefore: Float64Array
  /** The kit's record of the module's energy, once it was looked up: see parts.ts. */
  energy: ModuleEnergy | undefined
}

const NOTHING = new Float64Array(0)
/** Of all modules without a meter. */
const NO_READINGS: Readings = Object.freeze({
  watts: NOTHING,
  amperes: NOTHING,
  wattsBefore: NOTHING,
  amperesBefore: NOTHING,
  energy: undefined,
})

export const createReadings = ({ meters }: ModuleTable, slab: Slab): Readings => {
  if (meters.length === 0) return NO_READINGS
  const carve = (): Float64Array => carveNumbers(slab, meters.length, Number.NaN)
  return { watts: carve(), amperes: carve(), wattsBefore: carve(), amperesBefore: carve(), energy: undefined }
}
