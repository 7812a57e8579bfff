/**
 * A batch into the files of the embedded store. A transaction cannot span two files, so each file has its own; the
 * mark (up to which spool record the bucket is held) goes with the rows of the last one, and with no earlier: while it
 * is unwritten the batch counts as not held and comes again, which changes nothing, since rows merge by identity.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { CollectorError, ERRORS } from '../../errors.ts'
import { type Point, parseLine } from '../line-protocol.ts'
import type { Batch, RejectedLine, WriteAnswer } from '../store.ts'
import type { Connection, Duckdb } from './engine.ts'
import { columnsToStartFrom, growTable, readNewest, type StoreFile, type Table, tableFor, writeMark } from './file.ts'
import { createFileNames, type Files } from './files.ts'
import { route, writeRows } from './rows.ts'
import { admit, isStorableTime } from './table.ts'

interface ReadLine {
  readonly line: string
  readonly point: Point
}

type Mark = Pick<Batch, 'spoolId' | 'bucket' | 'upTo'>

/** So many lines are read in one go; then others get their turn on the event loop. */
const LINES_AT_ONCE = 500

const readLine = (line: string): Point => {
  const point = parseLine(line)
  if (!isStorableTime(point.at)) throw new SyntaxError(`time outside range: ${point.at}`)
  return point
}

/** The batch's lines by file. */
const readLines = async (batch: Batch, rejected: RejectedLine[]): Promise<Map<string, ReadLine[]>> => {
  const files = new Map<string, ReadLine[]>()
  const nameOf = createFileNames(batch.bucket)
  for (const [index, line] of batch.lines.entries()) {
    if (index % LINES_AT_ONCE === LINES_AT_ONCE - 1) await breathe()
    try {
      const point = readLine(line)
      const name = nameOf(point.at)
      const lines = files.get(name)
      if (lines === undefined) files.set(name, [{ line, point }])
      else lines.push({ line, point })
    } catch (error) {
      rejected.push({ line, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  return files
}

interface TableWrite {
  readonly table: Table
  readonly columns: ReturnType<typeof columnsToStartFrom>
  readonly points: Point[]
}

/** Lines by table, with the columns that the table will need; lines that do not fit are rejected. */
const plan = (file: StoreFile, lines: readonly ReadLine[], rejected: RejectedLine[]): TableWrite[] => {
  const writes = new Map<string, TableWrite>()
  for (const { line, point } of lines) {
    const key = point.measurement.toLowerCase()
    let write = writes.get(key)
    if (write === undefined) {
      const table = tableFor(file, point.measurement)
      write = { table, columns: columnsToStartFrom(table), points: [] }
      writes.set(key, write)
    }
    const isOther = write.table.measurement !== point.measurement
    const reason = isOther
      ? `measurement "${point.measurement}" differs from "${write.table.measurement}" only in case`
      : admit(write.columns, point)
    if (reason === undefined) write.points.push(point)
    else rejected.push({ line, reason })
  }
  return [...writes.values()].filter(({ points }) => points.length > 0)
}

const writeFile = async (
  connection: Connection,
  duckdb: Duckdb,
  file: StoreFile,
  writes: readonly TableWrite[],
  mark: Mark | undefined,
): Promise<void> => {
  for (const { table, columns } of writes) {
    await growTable(connection, file, table, columns)
    table.newest ??= await readNewest(connection, file, table)
  }
  const routed = writes.map(({ table, points }) => ({ table, ...route(table.newest ?? new Map(), points) }))
  await connection.run('BEGIN')
  try {
    for (const { table, ...rows } of routed) await writeRows(connection, duckdb, file, table, rows)
    if (mark !== undefined) await writeMark(connection, file, mark)
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw error
  }
  for (const { table, newest } of routed) for (const [series, at] of newest) table.newest?.set(series, at)
}

const kept = (batch: Batch, error: unknown): WriteAnswer => {
  const reason = error instanceof Error ? error.message : String(error)
  const code = error instanceof CollectorError ? error.code : 'store_disk'
  const message = `The embedded store could not write ${batch.lines.length} rows of the ${batch.bucket} bucket: ${reason}`
  return { answer: 'kept', error: { code, message, help: ERRORS[code].help } }
}

/** Writes batches; the caller sends one at a time. */
export const createWriter = (connection: Connection, duckdb: Duckdb, files: Files) => {
  /** Batches that failed and have not come again: no mark may pass them. By spool and bucket. */
  const missing = new Map<string, Set<number>>()

  const isPast = (batch: Batch): boolean => {
    const missed = missing.get(`${batch.spoolId} ${batch.bucket}`) ?? new Set<number>()
    return [...missed].some((upTo) => upTo < batch.upTo)
  }
  const note = (batch: Batch, isStored: boolean): void => {
    const key = `${batch.spoolId} ${batch.bucket}`
    const missed = missing.get(key) ?? new Set<number>()
    if (isStored) missed.delete(batch.upTo)
    else missed.add(batch.upTo)
    missing.set(key, missed)
  }
  const store = async (batch: Batch, rejected: RejectedLine[]): Promise<void> => {
    const lines = await readLines(batch, rejected)
    const names = [...lines.keys()].sort()
    // a batch without a row still moves the mark, where there is a file to hold it
    const last = names.at(-1) ?? files.names(batch.bucket).at(-1)
    if (last === undefined) return
    for (const name of names.length === 0 ? [last] : names) {
      await files.use(name, true, async (file) => {
        try {
          const mark = name === last && !isPast(batch) ? batch : undefined
          await writeFile(connection, duckdb, file, plan(file, lines.get(name) ?? [], rejected), mark)
        } catch (error) {
          file.isDoubtful = true
          for (const table of file.tables.values()) delete table.newest
          throw error
        }
      })
    }
  }
  return async (batch: Batch): Promise<WriteAnswer> => {
    const rejected: RejectedLine[] = []
    try {
      await store(batch, rejected)
      note(batch, true)
      return rejected.length === 0 ? { answer: 'accepted' } : { answer: 'rejected', lines: rejected }
    } catch (error) {
      note(batch, false)
      return kept(batch, error)
    }
  }
}
