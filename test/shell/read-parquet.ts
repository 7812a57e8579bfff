/** Reads Parquet files back with DuckDB, as another tool would. */
import { DuckDBInstance } from '@duckdb/node-api'

/** Rows of one statement; files are named in it. */
export const query = async (sql: string): Promise<Record<string, unknown>[]> => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const result = await connection.runAndReadAll(sql)
    return result.getRowObjectsJS()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
