/**
 * The contract of every store: one way in, four questions out, nothing more.
 * Time-weighting, calendars and time zones belong to `track`, so that all stores give the same answers.
 * Times are epoch ms; `from` is inclusive, `to` exclusive. Questions throw CollectorError (`store_…`).
 */
import type { Bucket } from '../catalogue/measurements.ts'

/** Lines of one bucket in spool order; `upTo` is the sequence number of the last spool record they come from. */
export interface Batch {
  readonly bucket: Bucket
  readonly lines: readonly string[]
  readonly spoolId: string
  readonly upTo: number
}

/** A line the store will never take, and its reason in the store's words. */
export interface RejectedLine {
  readonly line: string
  readonly reason: string
}

/**
 * What became of a batch. `accepted`: every line is stored. `rejected`: these lines are refused for good, all others
 * are stored. `kept`: nothing is certain, the drain must send the same batch again, not before `retryAfterMs`.
 */
export type WriteAnswer =
  | { readonly answer: 'accepted' }
  | { readonly answer: 'rejected'; readonly lines: readonly RejectedLine[] }
  | { readonly answer: 'kept'; readonly error: StoreProblem; readonly retryAfterMs?: number }

/** Why a store cannot take anything now, and what its owner can do. `code` is a row of errors.ts. */
export interface StoreProblem {
  readonly code: string
  readonly message: string
  readonly help: string
}

export type Value = number | string

export interface LastQuestion {
  readonly bucket: Bucket
  readonly measurement: string
  /** Only series with these tag values. */
  readonly tags?: Readonly<Record<string, string>>
  readonly fields?: readonly string[]
}

export interface LastValue {
  readonly tags: Readonly<Record<string, string>>
  readonly field: string
  readonly value: Value
  readonly at: number
}

export interface RangeQuestion extends LastQuestion {
  readonly from: number
  readonly to: number
  readonly limit?: number
}

export interface Row {
  readonly tags: Readonly<Record<string, string>>
  readonly at: number
  readonly values: Readonly<Record<string, Value>>
}

export type Aggregate = 'min' | 'max' | 'mean' | 'last'

/** Numeric fields per fixed step; steps are aligned to the epoch, a row's `at` is the step's start, empty steps have no row. */
export interface StepQuestion extends RangeQuestion {
  readonly stepMs: number
  readonly aggregate: Aggregate
  readonly fields: readonly string[]
}

export interface SumQuestion extends RangeQuestion {
  readonly fields: readonly string[]
}

export interface SumRow {
  readonly tags: Readonly<Record<string, string>>
  readonly sums: Readonly<Record<string, number>>
}

/** Rows come ordered by time, then by tags. A field or measurement that does not exist has no rows: no error. */
export interface Store {
  readonly name: 'embedded' | 'influx'
  /** Never throws for what a server or disk may do. The same batch may come twice: it is stored once. */
  write(batch: Batch): Promise<WriteAnswer>
  /** Up to which spool record this store itself holds the bucket's rows; undefined where it keeps no such mark. */
  committed(spoolId: string, bucket: Bucket): Promise<number | undefined>
  last(question: LastQuestion): Promise<LastValue[]>
  rows(question: RangeQuestion): Promise<Row[]>
  steps(question: StepQuestion): Promise<Row[]>
  sums(question: SumQuestion): Promise<SumRow[]>
  close(): Promise<void>
}

/** The reading side alone: of a store, or of a running collector that is asked for it. */
export type Answers = Pick<Store, 'last' | 'rows' | 'steps' | 'sums'>
