/**
 * A range of time made anew: rows of a second store in another directory take the place of all that this one holds of
 * the range. Each file has a transaction of its own, since none can span two; what was interrupted is done again by
 * doing it again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bucket } from '../../catalogue/measurements.ts'
import type { Connection } from './engine.ts'
import { growTable, readTables, type StoreFile, tableFor, tableSql } from './file.ts'
import { createFileNames, type Files } from './files.ts'
import { quoteName } from './table.ts'

export interface Replacement {
  /** Directory of the other store, which nobody has open. */
  readonly dir: string
  /** Epoch ms; the end does not belong to it. */
  readonly fromAt: number
  readonly toAt: number
  /** Measurements that stay as they are. */
  readonly untouched: readonly string[]
}

const RENEWED = 'renewed'

const renew = async (
  connection: Connection,
  file: StoreFile,
  { fromAt, toAt, untouched }: Replacement,
  isThere: boolean,
): Promise<number> => {
  const renewed: StoreFile = { name: RENEWED, tables: new Map(), users: 0, usedAt: 0, isDoubtful: false }
  if (isThere) for (const [key, table] of await readTables(connection, RENEWED)) renewed.tables.set(key, table)
  for (const { measurement, columns } of renewed.tables.values()) {
    const table = tableFor(file, measurement)
    await growTable(connection, file, table, new Map([...table.columns, ...columns]))
  }
  const range = `WHERE time >= ${fromAt} AND time < ${toAt}`
  let rows = 0
  await connection.run('BEGIN')
  try {
    for (const table of file.tables.values())
      if (!untouched.includes(table.measurement)) await connection.run(`DELETE FROM ${tableSql(file, table)} ${range}`)
    for (const table of renewed.tables.values()) {
      if (untouched.includes(table.measurement)) continue
      const target = tableSql(file, tableFor(file, table.measurement))
      const added = await connection.run(
        `INSERT INTO ${target} BY NAME SELECT * FROM ${tableSql(renewed, table)} ${range}`,
      )
      rows += added.rowsChanged
    }
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    for (const table of file.tables.values()) delete table.newest
  }
  return rows
}

const HALF_MONTH_MS = 15 * 86_400_000

/** Names of the files that may hold rows of the range, there or not. */
const namesOf = (bucket: Bucket, fromAt: number, toAt: number): Set<string> => {
  const nameOf = createFileNames(bucket)
  const names = new Set([nameOf(toAt - 1)])
  for (let at = fromAt; at < toAt; at += HALF_MONTH_MS) names.add(nameOf(at))
  return names
}

/** Replaces the range in the bucket's files; how many rows were put in. Nobody else writes meanwhile. */
export const replaceRange = async (
  connection: Connection,
  files: Files,
  bucket: Bucket,
  replacement: Replacement,
): Promise<number> => {
  const { dir, fromAt, toAt } = replacement
  const known = new Set(files.names(bucket, fromAt, toAt))
  let rows = 0
  for (const name of namesOf(bucket, fromAt, toAt)) {
    const path = join(dir, `${name}.duckdb`)
    const isThere = existsSync(path)
    if (!isThere && !known.has(name)) continue
    if (isThere) await connection.run(`ATTACH '${path.replace(/'/g, "''")}' AS ${quoteName(RENEWED)} (READ_ONLY)`)
    try {
      rows += (await files.use(name, true, (file) => renew(connection, file, replacement, isThere))) ?? 0
    } finally {
      if (isThere) await connection.run(`DETACH ${quoteName(RENEWED)}`)
    }
  }
  return rows
}
