/**
 * A file of the store written anew, each table series by series and in order of time: rows come in from all modules in
 * turns, and what belongs together compresses better and is found faster. Promises the same rows; the copy is whole only
 * once `copySorted` has resolved. Statements are short, and each waits for its turn among the questions.
 */
import { type Cell, type Connection, readCells } from './engine.ts'
import { catalogOf, createMarks, growTable, type StoreFile, type Table, tableSql } from './file.ts'
import { quoteName, tagNames } from './table.ts'

/** Runs one statement when it is its turn; rejects once sorting is to end. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>

/** So many values are sorted in one go: what that takes of memory and of time stays small. */
const VALUES_AT_ONCE = 2_000_000

/** The name under which the copy is attached. */
const COPY = 'sorted'

interface Slice {
  readonly values: readonly Cell[]
  readonly from: number
  readonly to: number
}

/** The table's series in order, each cut by time. */
const slicesOf = async (connection: Connection, file: StoreFile, table: Table): Promise<Slice[]> => {
  const tags = tagNames(table.columns).map(quoteName)
  const select = [...tags, 'count(*)::DOUBLE', 'min(time)::DOUBLE', 'max(time)::DOUBLE'].join(', ')
  const grouped =
    tags.length === 0 ? ' HAVING count(*) > 0' : ` GROUP BY ${tags.join(', ')} ORDER BY ${tags.join(', ')}`
  const rows = await readCells(connection, `SELECT ${select} FROM ${tableSql(file, table)}${grouped}`)
  return rows.flatMap((row) => {
    const [count, first, last] = row.slice(tags.length).map(Number) as [number, number, number]
    const parts = Math.ceil((count * table.columns.size) / VALUES_AT_ONCE)
    const edge = (part: number): number => Math.floor(first + ((last + 1 - first) * part) / parts)
    return Array.from({ length: parts }, (_, part) => {
      return { values: row.slice(0, tags.length), from: edge(part), to: edge(part + 1) }
    })
  })
}

const copyTable = async (
  connection: Connection,
  file: StoreFile,
  copy: StoreFile,
  table: Table,
  turn: Turn,
): Promise<void> => {
  const target = { measurement: table.measurement, columns: new Map() }
  await growTable(connection, copy, target, table.columns)
  const slices = await turn(() => slicesOf(connection, file, table))
  const same = tagNames(table.columns).map((name, index) => `${quoteName(name)} = $${index + 1}`)
  await connection.run('BEGIN')
  try {
    for (const { values, from, to } of slices) {
      const where = [...same, `time >= ${from}`, `time < ${to}`].join(' AND ')
      const sql = `INSERT INTO ${tableSql(copy, target)} BY NAME SELECT * FROM ${tableSql(file, table)} WHERE ${where} ORDER BY time`
      await turn(() => connection.run(sql, [...values]))
    }
    await turn(() => connection.run('COMMIT'))
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw error
  }
}

const countRows = async (connection: Connection, file: StoreFile): Promise<number> => {
  let rows = 0
  for (const table of file.tables.values()) {
    const [row] = await readCells(connection, `SELECT count(*)::DOUBLE FROM ${tableSql(file, table)}`)
    rows += Number(row?.[0])
  }
  return rows
}

/** Whether the file is a sorted copy that holds as many rows as it did then. */
export const isSorted = async (connection: Connection, file: StoreFile): Promise<boolean> => {
  const known = await readCells(
    connection,
    `SELECT 1 FROM duckdb_tables() WHERE database_name = $1 AND schema_name = 'internal' AND table_name = 'sorted'`,
    [file.name],
  )
  if (known.length === 0) return false
  const [noted] = await readCells(connection, `SELECT rows::DOUBLE FROM ${catalogOf(file)}.internal.sorted`)
  return noted?.[0] === (await countRows(connection, file))
}

/** Writes the sorted copy to `path`, which does not exist yet. Throws where the disk is full, or `turn` rejects. */
export const copySorted = async (connection: Connection, file: StoreFile, path: string, turn: Turn): Promise<void> => {
  const copy: StoreFile = { name: COPY, tables: new Map(), users: 1, usedAt: 0, isDoubtful: false }
  await connection.run(`ATTACH '${path.replace(/'/g, "''")}' AS ${catalogOf(copy)}`)
  try {
    await createMarks(connection, COPY)
    await connection.run(`INSERT INTO ${COPY}.internal.mark SELECT * FROM ${catalogOf(file)}.internal.mark`)
    for (const table of file.tables.values()) await copyTable(connection, file, copy, table, turn)
    const rows = await turn(() => countRows(connection, copy))
    await connection.run(`CREATE TABLE ${COPY}.internal.sorted AS SELECT ${rows} AS rows`)
    await turn(() => connection.run(`CHECKPOINT ${COPY}`))
  } finally {
    await connection.run(`DETACH ${COPY}`)
  }
}
