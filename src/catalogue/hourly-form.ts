/**
 * How a field is kept in the rows of an hour, beside what it was last: quantities have their time-weighted mean under
 * their own name and the least and greatest value, flags their mean (the share of time), codes no mean; what is set or
 * said in words, and points in time, only what it was last.
 */
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import type { Unit } from './units.ts'

export interface HourlyForm {
  readonly hasMean: boolean
  readonly hasRange: boolean
}

const ONLY_LAST: readonly Unit[] = ['text', 'ms']
const CODES: readonly Unit[] = ['code', 'slot', 'wire']

/** Whether a measurement has a row per hour in the history bucket. */
export const isHourly = (measurement: MeasurementName): boolean => 'hourly' in MEASUREMENTS[measurement]

export const hourlyForm = (unit: Unit, isSetting = false): HourlyForm => {
  if (isSetting || ONLY_LAST.includes(unit)) return { hasMean: false, hasRange: false }
  return { hasMean: !CODES.includes(unit), hasRange: unit !== 'flag' }
}

export const minName = (name: string): string => `min_${name}`
export const maxName = (name: string): string => `max_${name}`
export const lastName = (name: string): string => `last_${name}`

/** Seconds of the hour that the means of a row are over. */
export const COVERED = 'covered_s'
