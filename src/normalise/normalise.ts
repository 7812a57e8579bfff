/**
 * A module record to samples in base units, by the catalogue alone. Only fields that are present: absent means
 * unchanged, never 0. Every wire value (each element of a list counts as one) ends in exactly one place:
 * a slot, a sentinel, a placeholder, the quarantine, or the unknown fields.
 */
import type { ModuleTable } from '../catalogue/table.ts'
import { type Catalogue, type Found, findField } from '../catalogue/vocabulary.ts'
import { isObject, toText, unpack } from '../report/json.ts'
import type { ModuleRecord } from '../report/report.ts'
import { countDisagreements } from './plausibility.ts'
import { readField } from './read-field.ts'
import type { Normalised, Sample } from './sample.ts'
import type { Reading } from './wire-value.ts'

const MAX_DEPTH = 4
const MAX_TEXT = 1000

const emptySample = (table: ModuleTable): Sample => ({
  table,
  sn: '',
  count: 0,
  slots: [],
  values: [],
  origins: [],
  texts: [],
  origin: 0,
})

const emptyResult = (): Normalised => ({
  samples: [],
  quarantined: [],
  unknown: [],
  energies: [],
  values: 0,
  sentinels: 0,
  placeholders: 0,
  disagreements: 0,
})

/** The parts of a record's reading that stay the same while its fields are walked. */
interface Walk {
  readonly words: ReadonlyMap<string, Found> | undefined
  readonly record: ModuleRecord
  readonly kitSn: string
  readonly result: Normalised
  /** The value being read; one object for all of them. */
  readonly reading: Reading
  /** One for each table, used again for every record: growing lists anew would be the dearest part of it. */
  readonly sampleOf: ReadonlyMap<ModuleTable, Sample>
}

/** The sample of this table, begun when its first value comes. */
const sampleFor = ({ sampleOf, record, kitSn, result }: Walk, table: ModuleTable): Sample => {
  const sample = sampleOf.get(table)!
  if (result.samples.includes(sample)) return sample
  sample.sn = table.module.ofKit ? kitSn : record.sn
  sample.count = 0
  sample.origin = 0
  sample.texts.length = 0
  result.samples.push(sample)
  return sample
}

const keepUnknown = (walk: Walk, field: string, value: unknown): void => {
  const { result, record } = walk
  result.values++
  const plain = typeof value === 'boolean' ? Number(value) : value
  if (typeof plain === 'number' && !Number.isFinite(plain))
    result.quarantined.push({ sn: record.sn, field, reason: 'not_finite', value })
  else if (typeof plain === 'number') result.unknown.push({ kind: record.kind, sn: record.sn, field, value: plain })
  else result.unknown.push({ kind: record.kind, sn: record.sn, field, value: toText(plain, MAX_TEXT) })
}

const walkUnknown = (walk: Walk, path: string, packed: unknown, depth: number): void => {
  const value = unpack(packed)
  if (Array.isArray(value) && value.length > 0 && depth < MAX_DEPTH) {
    for (let i = 0; i < value.length; i++) walkUnknown(walk, `${path}[${i}]`, value[i], depth + 1)
  } else if (isObject(value) && depth < MAX_DEPTH) walkFields(walk, value, `${path}.`, depth + 1)
  else keepUnknown(walk, path, value)
}

const walkFields = (walk: Walk, fields: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
  const { words, reading } = walk
  let before: Found | undefined
  let sample: Sample | undefined
  for (const key in fields) {
    const path = prefix === '' ? key : prefix + key
    const value = fields[key]
    const found = findField(words, path, before)
    if (found === undefined) {
      walkUnknown(walk, path, value, depth)
      continue
    }
    before = found
    if (sample?.table !== found.table) sample = sampleFor(walk, found.table)
    reading.field = path
    reading.value = value
    readField(found.wireField, sample, reading)
  }
}

/**
 * Normalises one record of a kit received at `at` (epoch ms). Never throws; what is refused is in the result, whose
 * samples hold until the next record is normalised.
 */
export type Normalise = (record: ModuleRecord, kitSn: string, at: number) => Normalised

export const createNormalise = (catalogue: Catalogue): Normalise => {
  const sampleOf = new Map([...catalogue.tables.values()].map((table) => [table, emptySample(table)]))
  return (record, kitSn, at) => {
    const result = emptyResult()
    const reading: Reading = { field: '', value: undefined, index: -1, at, result }
    const words = catalogue.wordsOf(record.kind)
    walkFields({ words, record, kitSn, result, reading, sampleOf }, record.fields, '', 0)
    for (const sample of result.samples) result.disagreements += countDisagreements(sample)
    return result
  }
}
