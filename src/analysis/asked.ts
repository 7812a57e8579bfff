/**
 * What is asked of a kit's history, and the form of what comes back: flat records, ordered by time, whose names end in
 * their unit and come in the order of the catalogue, whichever store they are from.
 */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { ROWS } from '../catalogue/rows.ts'
import type { Row, Value } from '../store/store.ts'

/** A range of a kit's history: `fromAt` is inclusive, `toAt` exclusive (epoch ms). */
export interface Asked {
  readonly kitSn: string
  readonly fromAt: number
  readonly toAt: number
}

export type Entry = Readonly<Record<string, Value>>

/** A stored row as an entry: when it begins (`start_ms`), its tags but the kit, its fields. */
export const entryOf = (measurement: MeasurementName, { tags, at, values }: Row): Entry => {
  const entry: Record<string, Value> = { start_ms: at }
  for (const [tag, value] of Object.entries(tags)) if (tag !== 'kit_sn') entry[tag] = value
  for (const field in ROWS[measurement]) {
    const value = values[field]
    if (value !== undefined) entry[field] = value
  }
  return entry
}

/** The number under this name; 0 where there is none. */
export const numberIn = (entry: Entry, name: string): number => {
  const value = entry[name]
  return typeof value === 'number' ? value : 0
}
