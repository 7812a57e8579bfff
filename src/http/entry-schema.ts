/** Schemas of history's entries, made from the catalogue's tables of rows: the same names, units and words. */
import { z } from 'zod'
import type { Entry } from '../analysis/asked.ts'
import { MEASUREMENTS, type MeasurementName } from '../catalogue/measurements.ts'
import { ROWS } from '../catalogue/rows.ts'

const TAGS = {
  module_sn: 'Serial number of the module',
  side: 'ac or dc',
  circuit: 'Two digits, from 01',
} as const

/** Of entries: whatever of it is known. */
export type EntryShape = Record<string, z.ZodType<number | string | boolean | undefined>>

const isTold = (tag: string): tag is keyof typeof TAGS => tag in TAGS

/** `fields` narrows the fields of the row to those named; `more` are those that it has beyond them. */
export const entrySchema = (measurement: MeasurementName, more: EntryShape = {}, fields?: readonly string[]) => {
  const shape: EntryShape = { start_ms: z.number().int().describe('When it begins (epoch ms)') }
  for (const tag of MEASUREMENTS[measurement].tags) if (isTold(tag)) shape[tag] = z.string().describe(TAGS[tag])
  for (const [name, { unit, is }] of Object.entries(ROWS[measurement] ?? {})) {
    if (fields !== undefined && !fields.includes(name)) continue
    const value = unit === 'text' ? z.string() : name.startsWith('is_') ? z.boolean() : z.number()
    shape[name] = value.optional().describe(is)
  }
  return z.object({ ...shape, ...more })
}

/** Flags are stored as 0 or 1, and told as false or true. */
export const withFlags = (entry: Entry): Record<string, number | string | boolean> =>
  Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, name.startsWith('is_') ? value === 1 : value]))
