/** What a module's meters read, see meters.ts; in one piece, since a view costs as much as twelve numbers. */
import type { ModuleTable } from '../catalogue/table.ts'
import type { ModuleEnergy } from './energy-state.ts'
import { carveNumbers, type Slab } from './slab.ts'

/** By meter watts, amperes, and both at the report that the stretch begins with; NaN where not known. */
export interface Readings {
  readonly numbers: Float64Array
  /** The kit's record of the module's energy, once it was looked up: see parts.ts. */
  energy: ModuleEnergy | undefined
}

const NUMBERS = 4

/** Of all modules without a meter. */
const NO_READINGS: Readings = Object.freeze({ numbers: new Float64Array(0), energy: undefined })

export const createReadings = ({ meters }: ModuleTable, slab: Slab): Readings =>
  meters.length === 0
    ? NO_READINGS
    : { numbers: carveNumbers(slab, NUMBERS * meters.length, Number.NaN), energy: undefined }

export const wattsOf = ({ numbers }: Readings, meter: number): number => numbers[NUMBERS * meter]!

export const amperesOf = ({ numbers }: Readings, meter: number): number => numbers[NUMBERS * meter + 1]!

export const wattsBeforeOf = ({ numbers }: Readings, meter: number): number => numbers[NUMBERS * meter + 2]!

export const amperesBeforeOf = ({ numbers }: Readings, meter: number): number => numbers[NUMBERS * meter + 3]!

/** Takes down what the meter reads; `isHeld`: what it read before still held until now. */
export const noteReading = (
  { numbers }: Readings,
  meter: number,
  watts: number,
  amperes: number,
  isHeld: boolean,
): void => {
  const at = NUMBERS * meter
  numbers[at + 2] = isHeld ? numbers[at]! : Number.NaN
  numbers[at + 3] = isHeld ? numbers[at + 1]! : Number.NaN
  numbers[at] = watts
  numbers[at + 1] = amperes
}
