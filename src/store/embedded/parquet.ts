/**
 * Parquet files written by DuckDB in memory: `time` as TIMESTAMP in ms (UTC), tags and texts as VARCHAR, numbers as
 * DOUBLE, rows in the order of time. All files of one measurement come to have the same columns in the same order: those
 * that were written before a field first came are written again. Which rows, and where to, is the caller's.
 */
import { rename } from 'node:fs/promises'
import type { Row } from '../store.ts'
import { type Cell, type Connection, type Duckdb, type EngineOptions, startEngine } from './engine.ts'
import { quoteName } from './table.ts'

export interface ParquetFiles {
  /** Files of one measurement with these tags. */
  measurement(tags: readonly string[]): {
    /** One file of rows that come in pages, in any order. */
    write(path: string, pages: AsyncIterable<readonly Row[]>): Promise<void>
    /** Gives all files the same columns. */
    finish(): Promise<void>
  }
  close(): void
}

type Kind = 'number' | 'text'
type Columns = ReadonlyMap<string, Kind>

const TYPES: Readonly<Record<Kind, string>> = { number: 'DOUBLE', text: 'VARCHAR' }
const TABLE = 'day'
const CHUNK_ROWS = 1024

const literal = (text: string): string => `'${text.replace(/'/g, "''")}'`

/** Fields that the rows have beyond the columns, and numbers among them that turn out to be texts. */
const newIn = (columns: Columns, page: readonly Row[]): Map<string, Kind> => {
  const found = new Map<string, Kind>()
  for (const { values } of page)
    for (const name in values) {
      const kind = typeof values[name] === 'number' ? 'number' : 'text'
      const known = found.get(name) ?? columns.get(name)
      if (known === undefined || (known === 'number' && kind === 'text')) found.set(name, kind)
    }
  return found
}

const append = async (
  connection: Connection,
  duckdb: Duckdb,
  tags: readonly string[],
  columns: Columns,
  page: readonly Row[],
): Promise<void> => {
  const types = [duckdb.DOUBLE, ...tags.map(() => duckdb.VARCHAR)]
  for (const kind of columns.values()) types.push(kind === 'number' ? duckdb.DOUBLE : duckdb.VARCHAR)
  const fieldCells = ([name, kind]: readonly [string, Kind], rows: readonly Row[]): Cell[] =>
    rows.map(({ values }) => {
      const value = values[name]
      return value === undefined ? null : kind === 'text' ? String(value) : value
    })
  const appender = await connection.createAppender(TABLE)
  try {
    for (let first = 0; first < page.length; first += CHUNK_ROWS) {
      const rows = page.slice(first, first + CHUNK_ROWS)
      const chunk = duckdb.DuckDBDataChunk.create(types, rows.length)
      chunk.setColumns([
        rows.map(({ at }) => at),
        ...tags.map((tag) => rows.map((row) => row.tags[tag] ?? null)),
        ...[...columns].map((column) => fieldCells(column, rows)),
      ])
      appender.appendDataChunk(chunk)
    }
  } finally {
    appender.closeSync()
  }
}

const copy = async (connection: Connection, select: string, path: string): Promise<void> => {
  await connection.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`)
}

const sorted = (columns: Columns): [string, Kind][] => [...columns].sort(([a], [b]) => (a < b ? -1 : 1))

const createMeasurement = (connection: Connection, duckdb: Duckdb, tags: readonly string[]) => {
  const columns = new Map<string, Kind>()
  const files: { readonly path: string; readonly columns: Columns }[] = []
  const tagList = tags.map(quoteName)
  const order = ['time', ...tagList].join(', ')

  const begin = (): Promise<unknown> => {
    const fields = [...columns].map(([name, kind]) => `${quoteName(name)} ${TYPES[kind]}`)
    const all = ['time DOUBLE', ...tagList.map((tag) => `${tag} VARCHAR`), ...fields]
    return connection.run(`CREATE OR REPLACE TEMP TABLE ${TABLE} (${all.join(', ')})`)
  }
  const grow = async (page: readonly Row[]): Promise<void> => {
    for (const [name, kind] of newIn(columns, page)) {
      const change = columns.has(name)
        ? `ALTER ${quoteName(name)} TYPE VARCHAR`
        : `ADD ${quoteName(name)} ${TYPES[kind]}`
      await connection.run(`ALTER TABLE ${TABLE} ${change}`)
      columns.set(name, kind)
    }
  }
  const write = async (path: string, pages: AsyncIterable<readonly Row[]>): Promise<void> => {
    await begin()
    for await (const page of pages) {
      await grow(page)
      await append(connection, duckdb, tags, columns, page)
    }
    const names = sorted(columns).map(([name]) => quoteName(name))
    const select = ['epoch_ms(time::BIGINT)::TIMESTAMP_MS AS time', ...tagList, ...names].join(', ')
    await copy(connection, `SELECT ${select} FROM ${TABLE} ORDER BY ${order}`, path)
    files.push({ path, columns: new Map(columns) })
  }
  const widen = async (path: string, has: Columns): Promise<void> => {
    const fields = sorted(columns).map(([name, kind]) => {
      const quoted = quoteName(name)
      return `${has.has(name) ? quoted : 'NULL'}::${TYPES[kind]} AS ${quoted}`
    })
    const select = ['time::TIMESTAMP_MS AS time', ...tagList, ...fields].join(', ')
    await copy(connection, `SELECT ${select} FROM read_parquet(${literal(path)}) ORDER BY ${order}`, `${path}.wide`)
    await rename(`${path}.wide`, path)
  }
  const finish = async (): Promise<void> => {
    for (const { path, columns: has } of files)
      if ([...columns].some(([name, kind]) => has.get(name) !== kind)) await widen(path, has)
    await connection.run(`DROP TABLE IF EXISTS ${TABLE}`)
  }
  return { write, finish }
}

/** Needs a directory to spill into. Throws `store_engine_missing`. */
export const openParquet = async (options: EngineOptions): Promise<ParquetFiles> => {
  const { duckdb, instance } = await startEngine(options)
  const connection = await instance.connect()
  // rows shall stand in their files as they are sorted
  await connection.run('SET preserve_insertion_order = true')
  return {
    measurement: (tags) => createMeasurement(connection, duckdb, tags),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
