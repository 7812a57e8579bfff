/**
 * Points into a table, in the caller's transaction. Identity is (measurement, tags, time): a point that comes again
 * merges field by field and the later wins, exactly as in InfluxDB. Points newer than all of their series are appended
 * (fast); the others are staged, update the rows that exist, and are inserted where none does.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Point } from '../line-protocol.ts'
import type { Cell, Connection, Duckdb } from './engine.ts'
import { type StoreFile, seriesKey, type Table, tableSql } from './file.ts'
import { type Columns, fieldColumns, quoteName, tagNames, typeSql } from './table.ts'

/** Rows handed over in one go (the engine takes up to 2048); then others get their turn on the event loop. */
const CHUNK_ROWS = 1024
const STAGING = 'temp.main.staging'

interface Routed {
  readonly fresh: readonly Point[]
  /** One point per identity. */
  readonly late: readonly Point[]
  readonly newest: ReadonlyMap<string, number>
}

/** Which points are newer than everything their series holds; `newest` is what holds after they are stored. */
export const route = (known: ReadonlyMap<string, number>, points: readonly Point[]): Routed => {
  const newest = new Map<string, number>()
  const fresh: Point[] = []
  const late = new Map<string, Point>()
  for (const point of points) {
    const series = seriesKey(point.tags)
    if (point.at > (newest.get(series) ?? known.get(series) ?? Number.NEGATIVE_INFINITY)) {
      newest.set(series, point.at)
      fresh.push(point)
    } else {
      const identity = `${series}${point.at}`
      const before = late.get(identity)
      late.set(identity, before === undefined ? point : { ...point, fields: { ...before.fields, ...point.fields } })
    }
  }
  return { fresh, late: [...late.values()], newest }
}

const cellsOf = (columns: Columns, points: readonly Point[]): Cell[][] =>
  [...columns.values()].map(({ name, kind }) => {
    if (kind === 'time') return points.map((point) => BigInt(point.at))
    if (kind === 'tag') return points.map((point) => point.tags[name] ?? '')
    return points.map((point) => point.fields[name] ?? null)
  })

const append = async (
  connection: Connection,
  duckdb: Duckdb,
  place: { readonly catalog: string; readonly table: string; readonly columns: Columns },
  points: readonly Point[],
): Promise<void> => {
  const types = [...place.columns.values()].map(({ kind }) => {
    if (kind === 'time') return duckdb.BIGINT
    return kind === 'number' ? duckdb.DOUBLE : duckdb.VARCHAR
  })
  const appender = await connection.createAppender(place.table, 'main', place.catalog)
  try {
    for (let first = 0; first < points.length; first += CHUNK_ROWS) {
      const some = points.slice(first, first + CHUNK_ROWS)
      const chunk = duckdb.DuckDBDataChunk.create(types, some.length)
      chunk.setColumns(cellsOf(place.columns, some))
      appender.appendDataChunk(chunk)
      await breathe()
    }
  } finally {
    appender.closeSync()
  }
}

const columnsUsed = (columns: Columns, points: readonly Point[]): Columns => {
  const used = new Set(points.flatMap((point) => Object.keys(point.fields)))
  return new Map([...columns].filter(([, { name, kind }]) => kind === 'time' || kind === 'tag' || used.has(name)))
}

const merge = async (
  connection: Connection,
  duckdb: Duckdb,
  file: StoreFile,
  table: Table,
  points: readonly Point[],
): Promise<void> => {
  const columns = columnsUsed(table.columns, points)
  const definition = [...columns.values()].map((column) => `${quoteName(column.name)} ${typeSql(column)}`)
  await connection.run(`CREATE OR REPLACE TEMP TABLE staging (${definition.join(', ')})`)
  await append(connection, duckdb, { catalog: 'temp', table: 'staging', columns }, points)
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of points) [from, to] = [Math.min(from, at), Math.max(to, at)]
  const target = tableSql(file, table)
  const same = ['time', ...tagNames(columns)].map((name) => `t.${quoteName(name)} = s.${quoteName(name)}`)
  const where = `t.time BETWEEN ${from} AND ${to} AND ${same.join(' AND ')}`
  const names = fieldColumns(columns).map(({ name }) => quoteName(name))
  const set = names.map((name) => `${name} = coalesce(s.${name}, t.${name})`).join(', ')
  await connection.run(`UPDATE ${target} AS t SET ${set} FROM ${STAGING} AS s WHERE ${where}`)
  await connection.run(
    `INSERT INTO ${target} BY NAME SELECT * FROM ${STAGING} AS s WHERE NOT EXISTS (SELECT 1 FROM ${target} AS t WHERE ${where})`,
  )
}

/** Stores routed points. The table has all their columns. */
export const writeRows = async (
  connection: Connection,
  duckdb: Duckdb,
  file: StoreFile,
  table: Table,
  { fresh, late }: Routed,
): Promise<void> => {
  const place = { catalog: file.name, table: table.measurement, columns: table.columns }
  if (fresh.length > 0) await append(connection, duckdb, place, fresh)
  if (late.length > 0) await merge(connection, duckdb, file, table, late)
}
