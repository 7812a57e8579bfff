/**
 * All rows of a server's two buckets as entries of an archive, and back: line protocol in pieces of a few megabytes,
 * asked for kit by kit in stretches of time that give neither too many rows nor too few. Rows that are written twice
 * count once, so that bringing them in may be repeated.
 */
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip, gzipSync } from 'node:zlib'
import { type Bucket, MEASUREMENTS } from '../catalogue/measurements.ts'
import { CollectorError } from '../errors.ts'
import { encodePoint } from '../store/line-protocol.ts'
import type { Answers, RejectedLine, Row, Store } from '../store/store.ts'
import type { Entry } from './archive-writer.ts'
import { SERVER } from './manifest.ts'

type Tags = Readonly<Record<string, string>>

const BUCKETS: readonly Bucket[] = ['raw', 'history']
const HOUR_MS = 3_600_000
const FIRST_SPAN_MS = 60_000
const LEAST_SPAN_MS = 1_000
const MOST_SPAN_MS: Readonly<Record<Bucket, number>> = { raw: 6 * HOUR_MS, history: 31 * 24 * HOUR_MS }
const FEW_ROWS = 5_000
const MANY_ROWS = 20_000
const PIECE_CHARACTERS = 8_000_000

const measurementsOf = (bucket: Bucket): string[] =>
  Object.entries(MEASUREMENTS).flatMap(([name, measurement]) =>
    measurement.bucket === bucket || (bucket === 'history' && 'hourly' in measurement) ? [name] : [],
  )

/** Every kit has a status row each minute, and one an hour for ever. */
const kitsOf = async (answers: Answers): Promise<string[]> => {
  const sns = new Set<string>()
  for (const bucket of BUCKETS)
    for (const { tags } of await answers.last({ bucket, measurement: 'kit', fields: ['age_s'] }))
      if (tags.kit_sn) sns.add(tags.kit_sn)
  return [...sns].sort()
}

const firstAt = async (answers: Answers, of: { bucket: Bucket; measurement: string; tags: Tags }, toAt: number) =>
  (await answers.rows({ ...of, from: 0, to: toAt, limit: 1 }))[0]?.at

async function* rowsOf(
  answers: Answers,
  of: { bucket: Bucket; measurement: string; tags: Tags },
  toAt: number,
): AsyncGenerator<readonly Row[]> {
  let span = FIRST_SPAN_MS
  for (let from = (await firstAt(answers, of, toAt)) ?? toAt; from < toAt; ) {
    const rows = await answers.rows({ ...of, from, to: Math.min(toAt, from + span) })
    yield rows
    from += span
    if (rows.length > MANY_ROWS) span = Math.max(LEAST_SPAN_MS, span / 4)
    else if (rows.length < FEW_ROWS) span = Math.min(MOST_SPAN_MS[of.bucket], span * 2)
  }
}

async function* linesOf(answers: Answers, bucket: Bucket, kits: readonly string[], toAt: number) {
  for (const measurement of measurementsOf(bucket)) {
    const series: Tags[] = measurement === 'collector' ? [{}] : kits.map((kit_sn) => ({ kit_sn }))
    for (const tags of series)
      for await (const rows of rowsOf(answers, { bucket, measurement, tags }, toAt))
        yield rows.map((row) => encodePoint({ measurement, tags: row.tags, fields: row.values, at: row.at })).join('')
  }
}

const entryOf = (bucket: Bucket, number: number, text: string): Entry => {
  const bytes = gzipSync(text, { level: 1 })
  return { name: `${SERVER}${bucket}-${number}.lp.gz`, bytes: bytes.length, chunks: [bytes] }
}

/** Every row up to `toAt` (epoch ms) as entries of an archive. Throws what the server's questions throw. */
export async function* serverEntries(answers: Answers, toAt: number): AsyncGenerator<Entry> {
  const kits = await kitsOf(answers)
  for (const bucket of BUCKETS) {
    let [number, text] = [0, '']
    for await (const lines of linesOf(answers, bucket, kits, toAt)) {
      text += lines
      if (text.length < PIECE_CHARACTERS) continue
      yield entryOf(bucket, number++, text)
      text = ''
    }
    if (text !== '') yield entryOf(bucket, number, text)
  }
}

const LINES_AT_ONCE = 5_000

const writeAll = async (store: Pick<Store, 'write'>, bucket: Bucket, lines: string[]): Promise<RejectedLine[]> => {
  if (lines.length === 0) return []
  const answer = await store.write({ bucket, lines, spoolId: '', upTo: 0 })
  if (answer.answer === 'kept')
    throw new CollectorError('restore_store_away', answer.error.message, { help: answer.error.help })
  return answer.answer === 'rejected' ? [...answer.lines] : []
}

/** Writes the rows of an unpacked archive to a store: how many, and which it refused. Throws `restore_store_away`. */
export const restoreServerRows = async (
  dir: string,
  store: Pick<Store, 'write'>,
): Promise<{ rows: number; rejected: readonly RejectedLine[] }> => {
  const rejected: RejectedLine[] = []
  let rows = 0
  for (const name of (await readdir(dir).catch(() => [])).sort()) {
    const bucket = name.startsWith('raw-') ? 'raw' : 'history'
    let lines: string[] = []
    for await (const line of createInterface({ input: createReadStream(join(dir, name)).pipe(createGunzip()) })) {
      rows++
      if (lines.push(line) < LINES_AT_ONCE) continue
      rejected.push(...(await writeAll(store, bucket, lines)))
      lines = []
    }
    rejected.push(...(await writeAll(store, bucket, lines)))
  }
  return { rows, rejected }
}
