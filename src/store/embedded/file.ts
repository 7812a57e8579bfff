/**
 * One attached file of the embedded store: its tables, and the marks up to which it holds each bucket.
 * A file's own tables live in the schema `main`, named like their measurements; marks in the schema `internal`.
 */
import { type Connection, readCells } from './engine.ts'
import { type Columns, columnOf, columnSql, NEW_TABLE, quoteName, tagNames } from './table.ts'

export interface Table {
  readonly measurement: string
  columns: Columns
  /** Newest time per series; undefined until a write needs it. */
  newest?: Map<string, number>
}

export interface StoreFile {
  readonly name: string
  /** By lower-case measurement. */
  readonly tables: Map<string, Table>
  users: number
  usedAt: number
  /** A write failed half-way: what memory knows of the file is not certain, so it is attached anew. */
  isDoubtful: boolean
}

/** The name under which the file is attached. */
export const catalogOf = (file: Pick<StoreFile, 'name'>): string => quoteName(file.name)

export const tableSql = (file: StoreFile, table: Table): string =>
  `${catalogOf(file)}.main.${quoteName(table.measurement)}`

/** The measurement's table; undefined where the file has none of that very name. */
export const tableOf = (file: StoreFile, measurement: string): Table | undefined => {
  const table = file.tables.get(measurement.toLowerCase())
  return table?.measurement === measurement ? table : undefined
}

/** Identity of a series within a table; absent tags are left out. */
export const seriesKey = (tags: Readonly<Record<string, string>>): string => {
  let key = ''
  for (const name of Object.keys(tags).sort()) if (tags[name]) key += `${name}\0${tags[name]}\0`
  return key
}

export const readTables = async (connection: Connection, name: string): Promise<Map<string, Table>> => {
  const columns = await readCells(
    connection,
    `SELECT table_name, column_name, data_type, column_default FROM duckdb_columns()
     WHERE database_name = $1 AND schema_name = 'main' ORDER BY table_name, column_index`,
    [name],
  )
  const tables = new Map<string, Table & { columns: Map<string, ReturnType<typeof columnOf>> }>()
  for (const [table, column, type, fallback] of columns) {
    const key = String(table).toLowerCase()
    const known = tables.get(key) ?? { measurement: String(table), columns: new Map() }
    known.columns.set(String(column).toLowerCase(), columnOf(String(column), String(type), fallback))
    tables.set(key, known)
  }
  return tables
}

/** Creates the table, or adds the columns it lacks. Each statement stands alone: an empty column changes no answer. */
export const growTable = async (
  connection: Connection,
  file: StoreFile,
  table: Table,
  columns: Columns,
): Promise<void> => {
  if (table.columns.size === 0) {
    const definition = [...columns.values()].map(columnSql).join(', ')
    await connection.run(`CREATE TABLE IF NOT EXISTS ${tableSql(file, table)} (${definition})`)
    file.tables.set(table.measurement.toLowerCase(), table)
  } else {
    for (const [key, column] of columns) {
      if (table.columns.has(key)) continue
      await connection.run(`ALTER TABLE ${tableSql(file, table)} ADD COLUMN IF NOT EXISTS ${columnSql(column)}`)
    }
  }
  table.columns = columns
}

/** The table as the file has it, or one that is still to be created. */
export const tableFor = (file: StoreFile, measurement: string): Table =>
  file.tables.get(measurement.toLowerCase()) ?? { measurement, columns: new Map() }

export const columnsToStartFrom = (table: Table) => new Map(table.columns.size === 0 ? NEW_TABLE : table.columns)

export const readNewest = async (
  connection: Connection,
  file: StoreFile,
  table: Table,
): Promise<Map<string, number>> => {
  const names = tagNames(table.columns)
  const tags = names.map(quoteName)
  const grouped = tags.length === 0 ? '' : ` GROUP BY ${tags.join(', ')}`
  const select = [...tags, 'max(time)::DOUBLE'].join(', ')
  const rows = await readCells(connection, `SELECT ${select} FROM ${tableSql(file, table)}${grouped}`)
  const newest = new Map<string, number>()
  for (const row of rows) {
    const at = row[names.length]
    if (typeof at !== 'number') continue
    newest.set(seriesKey(Object.fromEntries(names.map((name, index) => [name, String(row[index])]))), at)
  }
  return newest
}

export const createMarks = async (connection: Connection, name: string): Promise<void> => {
  const schema = `${quoteName(name)}.internal`
  await connection.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
  await connection.run(`CREATE TABLE IF NOT EXISTS ${schema}.mark (spool_id VARCHAR, bucket VARCHAR, up_to BIGINT)`)
}

export const readMark = async (
  connection: Connection,
  file: StoreFile,
  spoolId: string,
  bucket: string,
): Promise<number | undefined> => {
  const sql = `SELECT max(up_to)::DOUBLE FROM ${catalogOf(file)}.internal.mark WHERE spool_id = $1 AND bucket = $2`
  const [row] = await readCells(connection, sql, [spoolId, bucket])
  return typeof row?.[0] === 'number' ? row[0] : undefined
}

/** Moves the mark forward, never back; part of the caller's transaction. */
export const writeMark = async (
  connection: Connection,
  file: StoreFile,
  mark: { readonly spoolId: string; readonly bucket: string; readonly upTo: number },
): Promise<void> => {
  const marks = `${catalogOf(file)}.internal.mark`
  const identity = [mark.spoolId, mark.bucket, mark.upTo]
  const where = 'spool_id = $1 AND bucket = $2'
  const [known] = await readCells(connection, `SELECT 1 FROM ${marks} WHERE ${where}`, identity.slice(0, 2))
  await connection.run(
    known === undefined
      ? `INSERT INTO ${marks} VALUES ($1, $2, $3::BIGINT)`
      : `UPDATE ${marks} SET up_to = greatest(up_to, $3::BIGINT) WHERE ${where}`,
    identity,
  )
}
