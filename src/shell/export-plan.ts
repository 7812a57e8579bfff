/** What an export brings out: which measurements of which buckets, of which kits, and from when to when. */
import { type Bucket, MEASUREMENTS, type MeasurementName } from '../catalogue/measurements.ts'
import { CollectorError } from '../errors.ts'
import type { NamedKit } from '../local/protocol.ts'
import { nearest } from '../nearest.ts'
import { kitNamed } from './choose-kit.ts'
import { type Range, readRange } from './range.ts'

export const FORMATS = ['parquet', 'csv', 'lp'] as const
export type Format = (typeof FORMATS)[number]

/** As it was typed. */
export interface ExportAsked {
  readonly format: string
  readonly bucket: string
  readonly measurement?: readonly string[] | undefined
  readonly kit?: readonly string[] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface Source {
  readonly bucket: Bucket
  readonly measurement: MeasurementName
  readonly tags: readonly string[]
}

export interface ExportPlan extends Range {
  readonly format: Format
  readonly sources: readonly Source[]
  /** Of these alone; all there are where it is left out. */
  readonly kitSns?: readonly string[]
  /** How many kits the rows of one question may be of, about. */
  readonly kits: number
}

const DAY_MS = 86_400_000
const NAMES = Object.keys(MEASUREMENTS) as MeasurementName[]

const unclear = (text: string): CollectorError => new CollectorError('question_unclear', text)

const sourcesOf = (measurement: MeasurementName): Source[] => {
  const { bucket, tags, ...more } = MEASUREMENTS[measurement]
  const written: Source = { bucket, measurement, tags }
  return 'hourly' in more ? [written, { ...written, bucket: 'history' }] : [written]
}

const oneOf = <T extends string>(given: string, all: readonly T[], what: string): T => {
  const found = all.find((each) => each === given)
  if (found !== undefined) return found
  const near = nearest(given, all)
  throw unclear(`There is no ${what} ${given}${near === undefined ? '' : `: is ${near} meant?`}`)
}

/**
 * Reads what was typed; days and months are those of UTC, as in the store. Throws CollectorError `question_unclear`.
 */
export const planExport = (asked: ExportAsked, kits: readonly NamedKit[], now: number): ExportPlan => {
  const format = oneOf(asked.format, FORMATS, 'format')
  const bucket = oneOf(asked.bucket, ['raw', 'history', 'all'] as const, 'bucket')
  const named = asked.measurement?.map((each) => oneOf(each, NAMES, 'measurement')) ?? NAMES
  const sources = named.flatMap(sourcesOf).filter((source) => bucket === 'all' || source.bucket === bucket)
  if (sources.length === 0) throw unclear(`Nothing of ${named.join(', ')} is kept in the bucket ${bucket}.`)
  const { fromAt, toAt } = readRange(asked, '1970', { timeZone: 'UTC', now })
  // what is stamped a little ahead of this clock belongs to now too
  const range = { fromAt, toAt: asked.to === undefined ? toAt + DAY_MS : toAt }
  const kitSns = asked.kit?.map((each) => kitNamed(each, kits).kitSn)
  return { format, sources, ...range, kits: kitSns ? 1 : kits.length, ...(kitSns && { kitSns }) }
}
