/**
 * The files of the embedded store: `history.duckdb`, and one `raw-YYYY-MM.duckdb` per UTC month, so that raw rows
 * expire by unlinking a file. Files are attached on first use, and months are detached after a minute without use.
 * Attaching, detaching and expiring happen one after another; a file in use is never detached.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Bucket } from '../../catalogue/measurements.ts'
import { CollectorError } from '../../errors.ts'
import type { Connection } from './engine.ts'
import { catalogOf, createMarks, readTables, type StoreFile } from './file.ts'
import { createTurns } from './turns.ts'

const HISTORY = 'history'
const IDLE_MS = 60_000
const RAW = /^(raw-\d{4}-\d{2})\.duckdb$/

/** First ms after the month of a raw file. */
const monthEnd = (name: string): number => {
  const [year, month] = name.slice('raw-'.length).split('-').map(Number)
  return Date.UTC(year ?? 0, month ?? 0)
}

const monthStart = (name: string): number => Date.parse(`${name.slice('raw-'.length)}-01T00:00:00Z`)

/** Which file holds a row; rows of one month mostly follow one another, so the last month is remembered. */
export const createFileNames = (bucket: Bucket): ((at: number) => string) => {
  if (bucket === 'history') return () => HISTORY
  let [name, from, to] = ['', 0, 0]
  return (at) => {
    if (at >= from && at < to) return name
    name = `raw-${new Date(at).toISOString().slice(0, 7)}`
    from = monthStart(name)
    to = monthEnd(name)
    return name
  }
}

export interface Files {
  /** Names of a bucket's files that exist and may hold rows of the range, oldest first. */
  names(bucket: Bucket, from?: number, to?: number): string[]
  /** Runs `work` with the file attached; undefined where it does not exist and is not to be created. */
  use<T>(name: string, isCreating: boolean, work: (file: StoreFile) => Promise<T>): Promise<T | undefined>
  /** Detaches and unlinks the raw files that end at or before `beforeMs`. The caller keeps everybody else out. */
  expire(beforeMs: number): Promise<string[]>
  detachAll(): Promise<void>
}

export const openFiles = (dir: string, connection: Connection, now: () => number): Files => {
  const existing = new Set([HISTORY])
  for (const entry of readdirSync(dir)) {
    const name = RAW.exec(entry)?.[1]
    if (name !== undefined) existing.add(name)
  }
  const attached = new Map<string, StoreFile>()
  const inTurn = createTurns()
  const pathOf = (name: string): string => join(dir, `${name}.duckdb`)

  const attach = async (name: string): Promise<StoreFile> => {
    await connection
      .run(`ATTACH '${pathOf(name).replace(/'/g, "''")}' AS ${catalogOf({ name })}`)
      .catch((cause: unknown) => {
        throw attachError(name, dir, cause)
      })
    existing.add(name)
    await createMarks(connection, name)
    const file = { name, tables: await readTables(connection, name), users: 0, usedAt: now(), isDoubtful: false }
    attached.set(name, file)
    return file
  }
  const detach = async (file: StoreFile): Promise<void> => {
    attached.delete(file.name)
    await connection.run(`DETACH ${catalogOf(file)}`)
  }
  const detachIdle = async (): Promise<void> => {
    for (const file of [...attached.values()]) {
      const isIdle = file.name !== HISTORY && now() - file.usedAt > IDLE_MS
      if (file.users === 0 && (isIdle || file.isDoubtful)) await detach(file)
    }
  }
  const take = (name: string, isCreating: boolean): Promise<StoreFile | undefined> =>
    inTurn(async () => {
      await detachIdle()
      if (!isCreating && !existing.has(name)) return undefined
      const file = attached.get(name) ?? (await attach(name))
      file.users++
      return file
    })

  return {
    names: (bucket, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) => {
      if (bucket === 'history') return [HISTORY]
      const months = [...existing].filter((name) => name !== HISTORY && monthStart(name) < to && monthEnd(name) > from)
      return months.sort()
    },
    use: async (name, isCreating, work) => {
      const file = await take(name, isCreating)
      if (file === undefined) return undefined
      try {
        return await work(file)
      } finally {
        file.users--
        file.usedAt = now()
      }
    },
    expire: (beforeMs) =>
      inTurn(async () => {
        const old = [...existing].filter((name) => name !== HISTORY && monthEnd(name) <= beforeMs)
        for (const name of old) {
          const file = attached.get(name)
          if (file !== undefined) await detach(file)
          existing.delete(name)
          for (const path of [pathOf(name), `${pathOf(name)}.wal`]) rmSync(path, { force: true })
        }
        return old.sort()
      }),
    detachAll: () =>
      inTurn(async () => {
        for (const file of [...attached.values()]) await detach(file)
      }),
  }
}

const attachError = (name: string, dir: string, cause: unknown): CollectorError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (reason.includes('Could not set lock')) {
    return new CollectorError('data_dir_in_use', `${name}.duckdb in ${dir} is open in another process`, { cause })
  }
  return new CollectorError('store_disk', `${name}.duckdb in ${dir} cannot be opened: ${reason}`, { cause })
}
