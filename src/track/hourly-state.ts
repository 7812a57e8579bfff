/**
 * What a module's hour has come to so far. The numbers lie behind one another in one piece, since views cost more than
 * what they hold: sums, the time each of them is over, least and greatest values.
 */
import type { HourSlots } from '../catalogue/table.ts'
import { carveNumbers, type Slab } from './slab.ts'

export interface ModuleHours {
  /** Start of the hour (epoch ms); 0 before the first report. */
  at: number
  /** How much of it reports cover (ms). */
  coveredMs: number
  /** Reports in it. */
  reports: number
  /** By mean: value × ms, then ms; by range: the least, then the greatest value. */
  readonly numbers: Float64Array
  /** By slot what it was last in this hour and is no longer known; NaN for nothing. Only while there is something. */
  lasts: Float64Array | undefined
}

/** Of all modules that have no hourly rows. */
const NO_HOURS: ModuleHours = { at: 0, coveredMs: 0, reports: 0, numbers: new Float64Array(0), lasts: undefined }

const clear = (numbers: Float64Array, { means, ranges }: HourSlots): void => {
  const ofRanges = 2 * means.length
  numbers.fill(0, 0, ofRanges)
  numbers.fill(Number.POSITIVE_INFINITY, ofRanges, ofRanges + ranges.length)
  numbers.fill(Number.NEGATIVE_INFINITY, ofRanges + ranges.length)
}

export const createHours = (slots: HourSlots, slab: Slab): ModuleHours => {
  if (slots.fields.length === 0) return NO_HOURS
  const numbers = carveNumbers(slab, 2 * (slots.means.length + slots.ranges.length), 0)
  clear(numbers, slots)
  return { at: 0, coveredMs: 0, reports: 0, numbers, lasts: undefined }
}

/** Begins the hour that starts at `at` (epoch ms). */
export const beginHour = (hours: ModuleHours, slots: HourSlots, at: number): void => {
  hours.at = at
  hours.coveredMs = 0
  hours.reports = 0
  hours.lasts = undefined
  clear(hours.numbers, slots)
}

/** Keeps for the hour's row what the slot was, which from now on is not known. */
export const keepLast = (hours: ModuleHours, slot: number, value: number, slots: number): void => {
  hours.lasts ??= new Float64Array(slots).fill(Number.NaN)
  hours.lasts[slot] = value
}

/** The same of all values that are known; those of before the hour say nothing about it. */
export const keepLasts = (hours: ModuleHours, values: Float64Array): void => {
  if (hours.reports === 0) return
  for (let slot = 0; slot < values.length; slot++)
    if (!Number.isNaN(values[slot]!)) keepLast(hours, slot, values[slot]!, values.length)
}
