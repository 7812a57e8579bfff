/**
 * Which of the store's files are attached to the engine. Files are attached when taken, and detached after ten
 * minutes without use, or once a write to them failed; a file in use is never detached. Callers come one after another.
 */
import { join } from 'node:path'
import { CollectorError } from '../../errors.ts'
import type { Connection } from './engine.ts'
import { catalogOf, createMarks, readTables, type StoreFile } from './file.ts'

/** To attach one takes some hundredths of a second, to have it some 3 MB: who looks at a year shall wait for it once. */
const IDLE_MS = 600_000

export interface Attachments {
  readonly pathOf: (name: string) => string
  /** Counts the caller as a user of the file, which is created where it does not exist. Throws CollectorError. */
  take(name: string): Promise<StoreFile>
  release(file: StoreFile): void
  isUsed(name: string): boolean
  /** `stays` are names that are never idle. */
  detachIdle(stays: string): Promise<void>
  detach(name: string): Promise<void>
  detachAll(): Promise<void>
}

const attachError = (name: string, dir: string, cause: unknown): CollectorError => {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (reason.includes('Could not set lock')) {
    return new CollectorError('data_dir_in_use', `${name}.duckdb in ${dir} is open in another process`, { cause })
  }
  return new CollectorError('store_disk', `${name}.duckdb in ${dir} cannot be opened: ${reason}`, { cause })
}

export const createAttachments = (dir: string, connection: Connection, now: () => number): Attachments => {
  const attached = new Map<string, StoreFile>()
  const pathOf = (name: string): string => join(dir, `${name}.duckdb`)
  const attach = async (name: string): Promise<StoreFile> => {
    const path = pathOf(name).replace(/'/g, "''")
    await connection.run(`ATTACH IF NOT EXISTS '${path}' AS ${catalogOf({ name })}`).catch((cause: unknown) => {
      throw attachError(name, dir, cause)
    })
    await createMarks(connection, name)
    const file = { name, tables: await readTables(connection, name), users: 0, usedAt: now(), isDoubtful: false }
    attached.set(name, file)
    return file
  }
  const detach = async (name: string): Promise<void> => {
    if (!attached.delete(name)) return
    // on a full disk the engine detaches without a checkpoint: the log beside the file is replayed when it comes back
    await connection.run(`DETACH ${catalogOf({ name })}`).catch(() => undefined)
  }
  return {
    pathOf,
    take: async (name) => {
      const file = attached.get(name) ?? (await attach(name))
      file.users++
      return file
    },
    release: (file) => {
      file.users--
      file.usedAt = now()
    },
    isUsed: (name) => (attached.get(name)?.users ?? 0) > 0,
    detachIdle: async (stays) => {
      for (const file of [...attached.values()]) {
        const isIdle = file.name !== stays && now() - file.usedAt > IDLE_MS
        if (file.users === 0 && (isIdle || file.isDoubtful)) await detach(file.name)
      }
    },
    detach,
    detachAll: async () => {
      for (const name of [...attached.keys()]) await detach(name)
    },
  }
}
