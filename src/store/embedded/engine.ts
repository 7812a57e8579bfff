/**
 * DuckDB inside this process: one instance without a file of its own, to which the store's files are attached.
 * The package is optional and loaded here alone; what it lacks on a platform is told with the alternative.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api'
import { CollectorError } from '../../errors.ts'

export type Duckdb = typeof import('@duckdb/node-api')
export type Connection = DuckDBConnection
export type Cell = DuckDBValue

export interface EngineOptions {
  readonly dir: string
  /** As DuckDB writes it, e.g. `256MB`. It bounds DuckDB's own memory, not the process. */
  readonly memoryLimit: string
  readonly threads: number
  readonly load?: () => Promise<Duckdb>
}

export interface Engine {
  readonly duckdb: Duckdb
  readonly instance: DuckDBInstance
}

const loadDuckdb = (): Promise<Duckdb> => import('@duckdb/node-api')

/** Throws `store_engine_missing` where the package, or its binary for this platform, is not there. */
export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const duckdb = await (options.load ?? loadDuckdb)().catch((cause: unknown) => {
    const platform = `${process.platform}-${process.arch}`
    throw new CollectorError('store_engine_missing', `The embedded store's engine is not installed for ${platform}`, {
      cause,
    })
  })
  mkdirSync(options.dir, { recursive: true })
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    memory_limit: options.memoryLimit,
    threads: String(options.threads),
    temp_directory: join(options.dir, 'spill'),
    // ordered inserts cost memory and nobody reads without ORDER BY
    preserve_insertion_order: 'false',
  })
  return { duckdb, instance }
}

/** Some rows of an answer, column by column: numbers for DOUBLE, texts for VARCHAR, null for nothing. */
export interface Chunk {
  readonly rowCount: number
  readonly columns: readonly (readonly Cell[])[]
}

/** Gives an answer to `take` chunk by chunk, so that others get their turn on the event loop. */
export const eachChunk = async (
  connection: Connection,
  sql: string,
  values: Cell[],
  take: (chunk: Chunk) => void,
): Promise<void> => {
  const result = await connection.run(sql, values)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    take({ rowCount: chunk.rowCount, columns: chunk.getColumns() })
    await breathe()
  }
}

/** All rows of one statement. */
export const readCells = async (connection: Connection, sql: string, values: Cell[] = []): Promise<Cell[][]> => {
  const all: Cell[][] = []
  await eachChunk(connection, sql, values, ({ rowCount, columns }) => {
    for (let row = 0; row < rowCount; row++) all.push(columns.map((column) => column[row]!))
  })
  return all
}
