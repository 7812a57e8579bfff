/**
 * Shows that an export is what is stored: written beside a running collector as Parquet, CSV and line protocol, read
 * back with DuckDB and with the parser of lines, compared row for row in counts and sums.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readSettings } from '../src/config.ts'
import { type OpenedAnswers, openAnswers } from '../src/local/open-answers.ts'
import { createLog } from '../src/log.ts'
import { type Exported, exportTo } from '../src/shell/export.ts'
import { FORMATS, type Format, planExport, type Source } from '../src/shell/export-plan.ts'
import { createProgress } from '../src/shell/progress.ts'
import { drawTable } from '../src/shell/table.ts'
import { parseLine } from '../src/store/line-protocol.ts'
import { pagesOfRows } from '../src/store/pages.ts'
import type { Answers, Value } from '../src/store/store.ts'
import { query } from '../test/shell/read-parquet.ts'
import { createVirtualCollector } from '../test/virtual-collector.ts'

export const title = 'export beside a running collector: Parquet, CSV and lines read back, same counts and sums'

const HOURS = 8
const HOUR_MS = 3_600_000
const START = Date.parse('2026-06-20T17:00:00Z')
/** Sums are added in other orders; nothing else may differ. */
const CLOSE = 1e-9

/** Rows, and the sum of all their numbers. */
interface Sum {
  readonly rows: number
  readonly sum: number
}

/** Beside moments everything else would be a rounding error. */
const isCounted = (name: string): boolean => !name.endsWith('_ms')

const sumOf = (values: Readonly<Record<string, Value>>): number =>
  Object.entries(values).reduce(
    (sum, [name, value]) => (typeof value === 'number' && isCounted(name) ? sum + value : sum),
    0,
  )

const storedSum = async (answers: Answers, { bucket, measurement }: Source): Promise<Sum> => {
  let [rows, sum] = [0, 0]
  for await (const page of pagesOfRows(answers, { bucket, measurement, from: 0, to: 4e12 })) {
    rows += page.length
    for (const { values } of page) sum += sumOf(values)
  }
  return { rows, sum }
}

const numbersOf = async (files: string): Promise<string[]> =>
  (await query(`DESCRIBE SELECT * FROM read_parquet('${files}')`)).flatMap(({ column_name, column_type }) =>
    column_type === 'DOUBLE' && isCounted(String(column_name)) ? [`"${column_name}"`] : [],
  )

const READ: Readonly<Record<Format, (dir: string, source: Source, parquet: string) => Promise<Sum>>> = {
  parquet: async (_dir, _source, parquet) => {
    const total = ['0', ...(await numbersOf(parquet)).map((name) => `coalesce(sum(${name}), 0)`)].join(' + ')
    const [found] = await query(
      `SELECT count(*)::DOUBLE AS rows, (${total})::DOUBLE AS sum FROM read_parquet('${parquet}')`,
    )
    return found as unknown as Sum
  },
  csv: async (dir, { bucket, measurement }, parquet) => {
    const total = ['0', ...(await numbersOf(parquet)).map((name) => `coalesce(sum(${name}::DOUBLE), 0)`)].join(' + ')
    const files = join(dir, bucket, measurement, '*.csv')
    const [found] = await query(
      `SELECT count(*)::DOUBLE AS rows, (${total})::DOUBLE AS sum FROM read_csv('${files}', header = true, all_varchar = true)`,
    )
    return found as unknown as Sum
  },
  lp: async (dir, { bucket, measurement }) => {
    const folder = join(dir, bucket, measurement)
    const lines = readdirSync(folder).flatMap((name) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString()
        .trimEnd()
        .split('\n'),
    )
    return {
      rows: lines.length,
      sum: lines.reduce((sum, line) => sum + sumOf(parseLine(line).fields), 0),
    }
  },
}

const isSame = (a: Sum, b: Sum): boolean =>
  a.rows === b.rows && Math.abs(a.sum - b.sum) <= CLOSE * Math.max(1, Math.abs(a.sum))

const exportAll = async (folder: string, opened: OpenedAnswers): Promise<readonly Exported[]> => {
  let done: readonly Exported[] = []
  for (const format of FORMATS) {
    const plan = planExport({ format, bucket: 'all' }, opened.kits, START + HOURS * HOUR_MS)
    const startedAt = performance.now()
    done = await exportTo(join(folder, format), plan, false, {
      answers: opened.answers,
      progress: createProgress({ write: () => undefined }, () => 0),
      signal: new AbortController().signal,
      version: 'show',
    })
    const bytes = done.reduce((sum, each) => sum + each.bytes, 0)
    const seconds = (performance.now() - startedAt) / 1000
    console.log(`${format.padEnd(8)} ${(bytes / 1e6).toFixed(1).padStart(6)} MB in ${seconds.toFixed(1)} s`)
  }
  return done
}

const compare = async (folder: string, answers: Answers, done: readonly Exported[]): Promise<boolean> => {
  const rows: string[][] = []
  let isRight = done.length > 10
  for (const { bucket, measurement } of done) {
    const source = { bucket, measurement, tags: [] } as unknown as Source
    const stored = await storedSum(answers, source)
    const parquet = `${folder}/parquet/${bucket}/measurement=${measurement}/*/*.parquet`
    const same = []
    for (const format of FORMATS) same.push(isSame(stored, await READ[format](join(folder, format), source, parquet)))
    isRight &&= same.every((each) => each)
    rows.push([
      bucket,
      measurement,
      String(stored.rows),
      stored.sum.toPrecision(9),
      ...same.map((each) => (each ? 'equal' : 'DIFFERS')),
    ])
  }
  const heads = ['bucket', 'measurement', 'rows', 'sum of numbers', ...FORMATS]
  const columns = heads.map((head, index) => ({
    head,
    isRight: index === 2 || index === 3,
    cells: rows.map((row) => row[index]!),
  }))
  console.log(drawTable(columns, 100).join('\n'))
  return isRight
}

export const run = async (): Promise<boolean> => {
  const folder = mkdtempSync(join(tmpdir(), 'powerkits-show-export-'))
  const virtual = createVirtualCollector({ seed: 11, kits: 1, startAt: START })
  try {
    await virtual.start()
    for (let hour = 0; hour < HOURS; hour++) {
      await virtual.advance(HOUR_MS)
      await virtual.drained()
    }
    const settings = readSettings({ DATA_DIR: virtual.dataDir(), TIME_ZONE: 'UTC' })
    const opened = await openAnswers(settings, createLog('silent', 'json'), Date.now)
    const done = await exportAll(folder, opened)
    console.log('')
    return await compare(folder, opened.answers, done)
  } finally {
    await virtual.end()
    rmSync(folder, { recursive: true })
  }
}
