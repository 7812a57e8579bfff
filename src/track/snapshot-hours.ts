/**
 * The hours of modules in a snapshot: the numbers of each in one list, whose order the snapshot tells once per kind by
 * places of slots, so that they survive a changed catalogue as values do.
 */
import type { HourSlots } from '../catalogue/table.ts'
import { keepLast } from './hourly-state.ts'
import type { ModuleState } from './state.ts'

/** Places of the slots with a mean, and of those with a range. */
export type HourPlaces = readonly [means: readonly number[], ranges: readonly number[]]

export interface HoursShot {
  readonly at: number
  readonly coveredMs: number
  readonly reports: number
  /** null for a least or a greatest value that there is none of: JSON has no infinity. */
  readonly numbers: (number | null)[]
  readonly lasts: [place: number, value: number][]
}

export const hourPlaces = ({ means, ranges }: HourSlots): HourPlaces => [[...means], [...ranges]]

/** undefined before the module's first hour. */
export const shootHours = ({ hours }: ModuleState): HoursShot | undefined => {
  const { at, coveredMs, reports, numbers, lasts = [] } = hours
  if (at === 0) return undefined
  const known = [...lasts].flatMap((value, place): [number, number][] => (Number.isNaN(value) ? [] : [[place, value]]))
  return { at, coveredMs, reports, numbers: Array.from(numbers), lasts: known }
}

/** Where each number of the snapshot stands today; -1 where it is gone. `places`: where its slots stand. */
export const hourNumbersOf = ([means, ranges]: HourPlaces, places: readonly number[], today: HourSlots): number[] => {
  const position = (list: Uint16Array, place: number): number => list.indexOf(places[place] ?? -1)
  const ofMeans = means.map((place) => position(today.means, place))
  const ofRanges = ranges.map((place) => position(today.ranges, place))
  const behind = (at: number, list: number[]): number[] => list.map((i) => (i < 0 ? -1 : at + i))
  const [sums, least] = [today.means.length, 2 * today.means.length]
  return [
    ...ofMeans,
    ...behind(sums, ofMeans),
    ...behind(least, ofRanges),
    ...behind(least + today.ranges.length, ofRanges),
  ]
}

/** Into the hours of a new module. */
export const restoreHours = (
  { hours, table }: ModuleState,
  shot: HoursShot,
  numbers: readonly number[],
  places: readonly number[],
): void => {
  // Its kind has hourly rows no longer.
  if (table.hours.fields.length === 0) return
  hours.at = shot.at
  hours.coveredMs = shot.coveredMs
  hours.reports = shot.reports
  for (let i = 0; i < numbers.length; i++) {
    const value = shot.numbers[i]
    if (numbers[i]! >= 0 && typeof value === 'number') hours.numbers[numbers[i]!] = value
  }
  for (const [place, value] of shot.lasts)
    if ((places[place] ?? -1) >= 0) keepLast(hours, places[place]!, value, table.slots.length)
}
