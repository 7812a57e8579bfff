/**
 * Unpacks a backup into an empty folder and holds it against its list of files. Promises: when it resolves, every file
 * listed is there, durable and as it was read; whatever else happens is an error, and the folder is the caller's to
 * remove.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CollectorError } from '../errors.ts'
import { codeOf, nodeFiles } from '../store/files.ts'
import { type ReadEntry, readArchive } from './archive-reader.ts'
import {
  type ArchivedFile,
  HEAD_NAME,
  type Head,
  MANIFEST_NAME,
  type Manifest,
  readHead,
  readManifest,
} from './manifest.ts'

export interface Unpacked {
  readonly head: Head
  readonly manifest: Manifest
}

export interface UnpackOptions {
  /** Of this program. */
  readonly version: string
  /** Of the archive's bytes. */
  readonly onProgress: (done: number, total: number) => void
  readonly signal: AbortSignal
}

/** No list of files is longer. */
const MOST_TEXT = 256 * 1024 * 1024

const textOf = async ({ name, bytes, chunks }: ReadEntry, path: string): Promise<string> => {
  if (bytes > MOST_TEXT) throw new CollectorError('archive_damaged', `${name} in ${path} is longer than it can be.`)
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

const unpackFile = async (entry: ReadEntry, folder: string, options: UnpackOptions): Promise<ArchivedFile> => {
  const { name, bytes, chunks } = entry
  const target = join(folder, ...name.split('/'))
  const sum = createHash('sha256')
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const summed = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sum.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(summed(), createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (error) {
    if (error instanceof CollectorError || options.signal.aborted) throw error
    const why = codeOf(error) === 'ENOSPC' ? 'its disk is full' : codeOf(error) || String(error)
    throw new CollectorError('restore_unwritable', `${target} cannot be written: ${why}.`, { cause: error })
  }
  return { name, bytes, sha256: sum.digest('hex') }
}

const compare = (found: readonly ArchivedFile[], listed: readonly ArchivedFile[], path: string): void => {
  const wanted = new Map(listed.map((file) => [file.name, file]))
  const wrong = found.filter(({ name, bytes, sha256 }) => {
    const file = wanted.get(name)
    wanted.delete(name)
    return file?.bytes !== bytes || file.sha256 !== sha256
  })
  const names = [...wrong.map(({ name }) => name), ...wanted.keys()]
  if (names.length === 0) return
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  throw new CollectorError('archive_damaged', `${path} is damaged: ${names.slice(0, 3).join(', ')}${more}.`)
}

/** Makes durable which files there are, from the innermost folder outwards. */
const syncFolders = async (folder: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries) if (entry.isDirectory()) await syncFolders(join(folder, entry.name))
  await nodeFiles.syncDirectory(folder)
}

/** Throws CollectorError `archive_…` or `restore_unwritable`, and the signal's reason. */
export const unpack = async (path: string, folder: string, options: UnpackOptions): Promise<Unpacked> => {
  const found: ArchivedFile[] = []
  let head: Head | undefined
  let manifest: Manifest | undefined
  await mkdir(folder, { mode: 0o700 })
  for await (const entry of readArchive(path, options.onProgress, options.signal)) {
    if (entry.name === HEAD_NAME) head = readHead(await textOf(entry, path), path, options.version)
    else if (head === undefined) throw new CollectorError('archive_strange', `${path} is no backup of powerkits.`)
    else if (entry.name === MANIFEST_NAME) manifest = readManifest(await textOf(entry, path), path)
    else if (found.some(({ name }) => name === entry.name))
      throw new CollectorError('archive_strange', `${path} holds ${entry.name} twice.`)
    else found.push(await unpackFile(entry, folder, options))
  }
  if (head === undefined || manifest === undefined)
    throw new CollectorError('archive_damaged', `${path} is cut short: its list of files is missing.`)
  compare(found, manifest.files, path)
  await syncFolders(folder)
  return { head, manifest }
}
