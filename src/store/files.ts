/**
 * The few things the spool asks of a file system, and Node's answer to them.
 * An object and not direct calls, so that tests can fill the disk, fail a sync or tear a write.
 * Promises: `replaceFile` leaves the old bytes or the new ones, durable when it resolves, never a mixture.
 */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface OpenFile {
  /** Bytes read; 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>
  /** Bytes written, maybe fewer than asked. */
  write(bytes: Uint8Array, position: number): Promise<number>
  datasync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

/** Every call rejects with Node's error and its `code` (ENOENT, ENOSPC, EIO …). */
export interface Files {
  open(path: string, flags: 'r' | 'r+' | 'w'): Promise<OpenFile>
  /** Names, in no order. */
  list(path: string): Promise<string[]>
  size(path: string): Promise<number>
  rename(from: string, to: string): Promise<void>
  /** A file that is not there is no error. */
  remove(path: string): Promise<void>
  makeDirectory(path: string): Promise<void>
  /** Makes creations, renames and removals in the directory durable. */
  syncDirectory(path: string): Promise<void>
}

const openFile = (handle: FileHandle): OpenFile => ({
  read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
  write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
  datasync: () => handle.datasync(),
  truncate: (length) => handle.truncate(length),
  close: () => handle.close(),
})

/** The machine's own file system. */
export const nodeFiles: Files = {
  open: async (path, flags) => openFile(await open(path, flags, 0o600)),
  list: (path) => readdir(path),
  size: async (path) => (await stat(path)).size,
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  syncDirectory: async (path) => {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  },
}

/** Node's error code (ENOENT, ENOSPC …); empty for anything else thrown. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Writes all bytes, however short the single writes are. */
export const writeFully = async (file: OpenFile, bytes: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), position + done)
    if (written === 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'ENOSPC' })
    done += written
  }
}

/** Fills `into` from `position`; the filled part is shorter only at the end of the file. */
export const readInto = async (file: OpenFile, position: number, into: Buffer): Promise<Buffer> => {
  let done = 0
  while (done < into.length) {
    const got = await file.read(into.subarray(done), position + done)
    if (got === 0) break
    done += got
  }
  return into.subarray(0, done)
}

/** Up to `length` bytes from `position`; shorter only at the end of the file. */
export const readFully = (file: OpenFile, position: number, length: number): Promise<Buffer> =>
  readInto(file, position, Buffer.allocUnsafe(length))

/** Opens, lends the file to `use`, closes it whatever happens. */
export const withFile = async <T>(
  files: Files,
  path: string,
  flags: 'r' | 'r+' | 'w',
  use: (file: OpenFile) => Promise<T>,
): Promise<T> => {
  const file = await files.open(path, flags)
  return use(file).finally(() => file.close())
}

/** The whole file; undefined when there is none. */
export const readWhole = async (files: Files, path: string): Promise<Buffer | undefined> => {
  try {
    const length = await files.size(path)
    return await withFile(files, path, 'r', (file) => readFully(file, 0, length))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Puts these bytes in place of the file: `path`.tmp, sync, rename, sync of the directory. */
export const replaceFile = async (files: Files, path: string, ...parts: readonly Uint8Array[]): Promise<void> => {
  const aside = `${path}.tmp`
  await withFile(files, aside, 'w', async (file) => {
    let position = 0
    for (const part of parts) {
      await writeFully(file, part, position)
      position += part.length
    }
    await file.datasync()
  })
  await files.rename(aside, path)
  await files.syncDirectory(dirname(path))
}
