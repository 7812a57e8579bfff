/**
 * What the embedded store's files hold, table by table, with everything in the files themselves and nothing in the logs
 * beside them: a file can then be copied by itself. The caller keeps writers out meanwhile.
 */
import type { Bucket } from '../../catalogue/measurements.ts'
import { type Connection, readCells } from './engine.ts'
import { catalogOf, type StoreFile, tableSql } from './file.ts'
import type { Files } from './files.ts'

/** Rows of one measurement in one bucket, over all files. Times are epoch ms. */
export interface TableCount {
  readonly bucket: Bucket
  readonly measurement: string
  readonly rows: number
  readonly fromAt: number
  readonly toAt: number
}

export interface Inventory {
  /** The engine and its version, such as `DuckDB v1.5.6`. */
  readonly engine: string
  /** By bucket and measurement; tables without a row are left out. */
  readonly tables: readonly TableCount[]
}

const BUCKETS: readonly Bucket[] = ['raw', 'history']

const countFile = async (connection: Connection, file: StoreFile, bucket: Bucket): Promise<TableCount[]> => {
  await connection.run(`CHECKPOINT ${catalogOf(file)}`)
  const counts: TableCount[] = []
  for (const table of file.tables.values()) {
    const select = 'SELECT count(*)::DOUBLE, min(time)::DOUBLE, max(time)::DOUBLE'
    const [row] = await readCells(connection, `${select} FROM ${tableSql(file, table)}`)
    const [rows, fromAt, toAt] = (row ?? []).map(Number)
    if (rows && fromAt !== undefined && toAt !== undefined)
      counts.push({ bucket, measurement: table.measurement, rows, fromAt, toAt })
  }
  return counts
}

const joined = (a: TableCount | undefined, b: TableCount): TableCount =>
  a === undefined
    ? b
    : { ...b, rows: a.rows + b.rows, fromAt: Math.min(a.fromAt, b.fromAt), toAt: Math.max(a.toAt, b.toAt) }

/** Brings everything into the files and counts it. Throws what the engine says of a file that it cannot read. */
export const takeInventory = async (connection: Connection, files: Files): Promise<Inventory> => {
  const tables = new Map<string, TableCount>()
  for (const bucket of BUCKETS)
    for (const name of files.names(bucket)) {
      const counts = await files.use(name, false, (file) => countFile(connection, file, bucket))
      for (const count of counts ?? []) {
        const key = `${bucket} ${count.measurement}`
        tables.set(key, joined(tables.get(key), count))
      }
    }
  const [version] = await readCells(connection, 'SELECT version()')
  return {
    engine: `DuckDB ${version?.[0]}`,
    tables: [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, t]) => t),
  }
}
