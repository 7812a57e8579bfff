/**
 * The files that an installation consists of, in the order in which a backup reads them: first what must not change
 * while it is read, then what only ever comes and goes whole.
 */
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CollectorError } from '../errors.ts'
import { codeOf } from '../store/files.ts'
import type { Entry } from './archive-writer.ts'
import { isOfData } from './manifest.ts'

const namesIn = async (dataDir: string, folder: string): Promise<string[]> => {
  const found = await readdir(join(dataDir, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const names = found.flatMap((one) => (one.isDirectory() ? [] : [folder === '' ? one.name : `${folder}/${one.name}`]))
  return names.filter(isOfData).sort()
}

/**
 * Where the store stands and the state of the line: read together. The newest snapshots come first, since those are
 * needed and the next ones replace them.
 */
export const namesOfState = async (dataDir: string): Promise<string[]> => [
  ...(await namesIn(dataDir, 'spool/snapshots')).reverse(),
  ...(await namesIn(dataDir, 'store')),
  ...(await namesIn(dataDir, 'spool')),
]

/** Recordings, what was set aside, the accounts' budgets and client ids: read afterwards. */
export const namesOfRest = async (dataDir: string): Promise<string[]> => [
  ...(await namesIn(dataDir, 'spool/recordings')),
  ...(await namesIn(dataDir, 'spool/damaged')),
  ...(await namesIn(dataDir, 'accounts')),
  ...(await namesIn(dataDir, '')),
]

/** About how many bytes they are. */
export const bytesOf = async (dataDir: string, names: readonly string[]): Promise<number> => {
  const sizes = names.map((name) =>
    stat(join(dataDir, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

const CHUNK = 256 * 1024

const unreadable = (path: string, cause: unknown): CollectorError =>
  new CollectorError('backup_unreadable', `${path} cannot be read (${codeOf(cause) || cause}).`, { cause })

async function* chunksOf(file: FileHandle, path: string, bytes: number): AsyncGenerator<Uint8Array> {
  try {
    if (bytes > 0) yield* file.createReadStream({ end: bytes - 1, highWaterMark: CHUNK, autoClose: false })
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** A file as an entry of the archive; to be closed when the entry was taken, or is not wanted any more. */
export interface FileEntry extends Entry {
  close(): Promise<void>
}

/**
 * Opens a file for the archive, `length` bytes of it or all that it has; undefined when it is gone, as recordings and
 * old snapshots go. Throws CollectorError `backup_unreadable`.
 */
export const openEntry = async (path: string, name: string, length?: number): Promise<FileEntry | undefined> => {
  try {
    // opened before it is measured: a file that is put in its place meanwhile is another one
    const file = await open(path, 'r')
    const bytes = length ?? (await file.stat()).size
    return { name, bytes, chunks: chunksOf(file, path, bytes), close: () => file.close() }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unreadable(path, error)
  }
}
