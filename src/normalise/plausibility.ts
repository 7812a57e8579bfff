/** Volts × amperes against watts, where one record has all three. A disagreement is counted; the values stay. */
import type { Check } from '../catalogue/table.ts'
import type { Sample } from './sample.ts'

/** The vendor's watts are truncated integers and its three readings are not of one instant. */
const TOLERANCE_W = 5
const TOLERANCE_RATIO = 0.15

const reported = (sample: Sample, slot: number): number => {
  for (let i = 0; i < sample.count; i++) if (sample.slots[i] === slot) return sample.values[i]!
  return Number.NaN
}

const disagrees = (check: Check, sample: Sample): boolean => {
  const less = check.less < 0 ? 0 : reported(sample, check.less)
  const watts = Math.abs(reported(sample, check.watts) - less)
  if (Number.isNaN(watts)) return false
  const product = Math.abs(reported(sample, check.volts) * reported(sample, check.amperes))
  if (Number.isNaN(product)) return false
  const tolerance = TOLERANCE_W + TOLERANCE_RATIO * Math.max(product, watts)
  return check.apparent ? watts - product > tolerance : Math.abs(watts - product) > tolerance
}

/** How many of the table's power checks this sample fails. */
export const countDisagreements = (sample: Sample): number => {
  let failed = 0
  for (const check of sample.table.checks) if (disagrees(check, sample)) failed++
  return failed
}
