/**
 * What a module's meters read at its reports: watts (and amperes, where it tells them) now and at the report before, so
 * that whoever sums up energy ramps between the two. Of DC the product of volts and amperes counts where it agrees with
 * the watts, which arrive cut off.
 */
import type { Flow } from '../catalogue/flows.ts'
import type { MeterSlots } from '../catalogue/table.ts'
import { noteReading } from './readings.ts'
import type { ModuleState } from './state.ts'

/** Watts are cut off to whole ones, and volts and amperes are not of the very same moment. */
const LEAST_DIFFERENCE_W = 3
const DIFFERENCE_SHARE = 0.05

const wattsToldBy = ({ values }: ModuleState, meter: MeterSlots): number => {
  const watts = values[meter.watts]!
  if (meter.volts < 0) return watts
  const product = values[meter.volts]! * values[meter.amperes]!
  if (Number.isNaN(product) || Number.isNaN(watts)) return Number.isNaN(watts) ? product : watts
  const isAgreed = Math.abs(product - watts) <= LEAST_DIFFERENCE_W + DIFFERENCE_SHARE * Math.abs(watts)
  return isAgreed ? product : watts
}

/** Reads the meters as the module's values stand. `isHeld`: what they read before still held until this report. */
export const readMeters = (module: ModuleState, isHeld: boolean): void => {
  const { meters } = module.table
  for (let i = 0; i < meters.length; i++) {
    const meter = meters[i]!
    const amperes = meter.amperes < 0 ? Number.NaN : module.values[meter.amperes]!
    noteReading(module.readings, i, wattsToldBy(module, meter), amperes, isHeld)
  }
}

/** The flow that the meter's power belongs to at present. */
export const flowOf = ({ values }: ModuleState, meter: MeterSlots): Flow | 'circuit' =>
  meter.unless >= 0 && meter.says.includes(values[meter.unless]!) ? meter.otherFlow : meter.flow
