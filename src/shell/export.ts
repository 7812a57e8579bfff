/**
 * The command `export`: what is stored as files for other tools, one per measurement and UTC day, asked in bounded parts
 * of the running collector or of its store. Promises that every row of the range is in exactly one file, and that the
 * directory is there whole or not at all.
 */
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CollectorError } from '../errors.ts'
import { openParquet, type ParquetFiles } from '../store/embedded/parquet.ts'
import { codeOf } from '../store/files.ts'
import { pagesOfRows } from '../store/pages.ts'
import type { Answers, Row } from '../store/store.ts'
import { createCsvWriter, createLinesWriter, type DayWriter } from './export-files.ts'
import type { ExportPlan, Format, Source } from './export-plan.ts'
import { openTarget } from './export-target.ts'
import type { Progress } from './progress.ts'

export interface ExportShell {
  readonly answers: Answers
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly version: string
}

/** What was written of one measurement in one bucket. */
export interface Exported {
  readonly bucket: string
  readonly measurement: string
  readonly days: number
  readonly rows: number
  readonly bytes: number
}

const DAY_MS = 86_400_000
const MEMORY = '256MB'
/** History has few rows a day: so many days' make up a raw one's. */
const HISTORY_DAYS = 20

const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10)

const pathOf = (format: Format, { bucket, measurement }: Source, day: string): string =>
  format === 'parquet'
    ? join(bucket, `measurement=${measurement}`, `day=${day}`, `${measurement}.parquet`)
    : join(bucket, measurement, `${day}.${format === 'csv' ? 'csv' : 'lp.gz'}`)

const writerOf = (format: Format, { measurement, tags }: Source, parquet: ParquetFiles | undefined): DayWriter => {
  if (parquet !== undefined) return parquet.measurement(tags)
  return format === 'csv' ? createCsvWriter(tags) : createLinesWriter(measurement)
}

/** The kits asked for one after another, or all at once. */
const scopesOf = ({ kitSns }: ExportPlan): readonly { readonly tags?: Readonly<Record<string, string>> }[] =>
  kitSns?.map((kit_sn) => ({ tags: { kit_sn } })) ?? [{}]

/** When the first row is stamped that is not before `from`; undefined where there is none. */
const firstAt = async (
  answers: Answers,
  source: Source,
  plan: ExportPlan,
  from: number,
): Promise<number | undefined> => {
  const { bucket, measurement } = source
  const firsts: number[] = []
  for (const scope of scopesOf(plan)) {
    const [first] = await answers.rows({ bucket, measurement, ...scope, from, to: plan.toAt, limit: 1 })
    if (first) firsts.push(first.at)
  }
  return firsts.length === 0 ? undefined : Math.min(...firsts)
}

const nextDay = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS

/**
 * How far a question reaches. Some servers limit the rows of each series alone, so that of a fleet less time is asked
 * for at once; kits that are asked one after another have to come to an end of the same day.
 */
const sliceEnd = (at: number, plan: ExportPlan, { bucket }: Source): number => {
  const days = (bucket === 'raw' ? 1 : HISTORY_DAYS) / Math.max(1, plan.kits)
  const to = Math.min(plan.toAt, at + Math.ceil(days * DAY_MS))
  return scopesOf(plan).length > 1 ? Math.min(to, nextDay(at)) : to
}

/** A page as one for each of its days. */
const byDay = (page: readonly Row[]): Row[][] => {
  const days: Row[][] = []
  for (const row of page) {
    const last = days.at(-1)
    if (last && row.at < nextDay(last[0]!.at)) last.push(row)
    else days.push([row])
  }
  return days
}

/** All rows, day by day, in pages of one day. */
async function* pagesByDay(
  plan: ExportPlan,
  source: Source,
  begin: number | undefined,
  { answers, signal }: ExportShell,
): AsyncGenerator<readonly Row[]> {
  const { bucket, measurement } = source
  for (let at = begin; at !== undefined && at < plan.toAt; ) {
    const to = sliceEnd(at, plan, source)
    let isEmpty = true
    for (const scope of scopesOf(plan))
      for await (const page of pagesOfRows(answers, { bucket, measurement, ...scope, from: at, to })) {
        signal.throwIfAborted()
        isEmpty = false
        yield* byDay(page)
      }
    at = isEmpty ? await firstAt(answers, source, plan, to) : to
  }
}

const exportSource = async (
  plan: ExportPlan,
  source: Source,
  writer: DayWriter,
  dir: string,
  shell: ExportShell,
  tell: (share: number) => void,
): Promise<Exported> => {
  const [paths, begin] = [new Set<string>(), await firstAt(shell.answers, source, plan, plan.fromAt)]
  const pages = pagesByDay(plan, source, begin, shell)
  let rows = 0
  let next = await pages.next()
  const ofDay = async function* (end: number): AsyncGenerator<readonly Row[]> {
    while (!next.done && next.value[0]!.at < end) {
      rows += next.value.length
      yield next.value
      next = await pages.next()
    }
  }
  while (!next.done) {
    const { at } = next.value[0]!
    const path = join(dir, pathOf(plan.format, source, dayAt(at)))
    await mkdir(dirname(path), { recursive: true })
    await writer.write(path, ofDay(nextDay(at)))
    paths.add(path)
    tell((nextDay(at) - begin!) / (plan.toAt - begin!))
  }
  await writer.finish()
  let bytes = 0
  for (const path of paths) bytes += (await stat(path)).size
  return { bucket: source.bucket, measurement: source.measurement, days: paths.size, rows, bytes }
}

const asError = (error: unknown, dir: string): unknown => {
  const text = error instanceof Error ? error.message : String(error)
  if (codeOf(error) === 'ENOSPC' || /no space left/i.test(text))
    return new CollectorError('export_unwritable', `${dir} could not be written: its disk is full.`, { cause: error })
  if (error instanceof CollectorError || codeOf(error) === '') return error
  return new CollectorError('export_unwritable', `${dir} could not be written: ${text}.`, { cause: error })
}

const exportAll = async (plan: ExportPlan, aside: string, shell: ExportShell): Promise<Exported[]> => {
  const spill = join(aside, 'spill')
  const options = { dir: spill, memoryLimit: MEMORY, threads: 1 }
  const parquet = plan.format === 'parquet' ? await openParquet(options) : undefined
  const done: Exported[] = []
  try {
    for (const [index, source] of plan.sources.entries()) {
      const tell = (share: number): void =>
        shell.progress.at(index + share, plan.sources.length, `${source.bucket} ${source.measurement}`)
      tell(0)
      done.push(await exportSource(plan, source, writerOf(plan.format, source, parquet), aside, shell, tell))
    }
  } finally {
    parquet?.close()
  }
  await rm(spill, { recursive: true, force: true })
  return done.filter(({ rows }) => rows > 0)
}

/**
 * Throws CollectorError: `export_exists`, `export_unwritable`, `nothing_collected`, what the store says, and the
 * signal's reason; the directory is then as it was.
 */
export const exportTo = async (
  dir: string,
  plan: ExportPlan,
  isForced: boolean,
  shell: ExportShell,
): Promise<readonly Exported[]> => {
  const { format, fromAt, toAt } = plan
  const target = await openTarget(dir, isForced)
  try {
    const done = await exportAll(plan, target.aside, shell)
    if (done.length === 0) throw new CollectorError('nothing_collected', 'Nothing is stored in this range.')
    await target.place({ powerkits: shell.version, format, from_ms: fromAt, to_ms: toAt, measurements: done })
    return done
  } catch (error) {
    throw asError(error, dir)
  } finally {
    shell.progress.end()
    await target.clear()
  }
}
