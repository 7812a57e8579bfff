/** What the hourly rows of a kit as a whole remember, per measurement, from one of its rows to the next. */

/** Stands for a number that is not known: JSON has no NaN, and a list of nothing but numbers is a small one. */
export const UNKNOWN = Number.MAX_VALUE

export interface RowHours {
  /** Which fields there are, in which order, as one number: with others the hour begins anew. */
  layout: number
  /** Start of the hour (epoch ms); 0 before the first row. */
  at: number
  /** Stamp of the last row. */
  rowAt: number
  /** By field what the last row said, then value × ms, ms, least, greatest and last value of the hour. */
  numbers: number[]
}

export interface KitHours {
  readonly kit: RowHours
  readonly flow: RowHours
}

const create = (): RowHours => ({ layout: 0, at: 0, rowAt: 0, numbers: [] })

export const createKitHours = (): KitHours => ({ kit: create(), flow: create() })
