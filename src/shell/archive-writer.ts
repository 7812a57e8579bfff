/**
 * Writes a backup's archive as a stream: tar and gzip, a check sum over every file on its way. Promises: the archive
 * appears under its name whole and durable, or not at all; only its owner can read it; the source of entries is asked
 * for the next one when the one before is in the archive, so that it may let go of what it holds in between.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip, type ZlibParams } from 'node:zlib'
import { CollectorError } from '../errors.ts'
import { codeOf, nodeFiles } from '../store/files.ts'
import { TAR_END, tarHead, tarPadding } from '../tar.ts'
import type { ArchivedFile } from './manifest.ts'

export interface Entry {
  readonly name: string
  readonly bytes: number
  /** Exactly so many bytes. */
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

export interface ArchivePlan {
  readonly first: { readonly name: string; readonly text: string }
  readonly entries: AsyncIterable<Entry>
  /** The last entry, which may tell of those before it. */
  readonly last: (files: readonly ArchivedFile[]) => { readonly name: string; readonly text: string }
  /** When the files are of; epoch ms. */
  readonly at: number
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal
}

/** More would take a core for minutes; what is zipped already is only carried. */
const LEVEL = 1
const levelOf = (name: string): number => (name.endsWith('.gz') ? 0 : LEVEL)

async function* textOf({ name, text }: { name: string; text: string }, at: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  yield tarHead(name, bytes.length, at)
  yield bytes
  yield tarPadding(bytes.length)
}

async function* tarOf(plan: ArchivePlan, gzip: ZlibParams): AsyncGenerator<Uint8Array> {
  const { at, onBytes, first, entries, last } = plan
  const files: ArchivedFile[] = []
  yield* textOf(first, at)
  for await (const { name, bytes, chunks } of entries) {
    const sum = createHash('sha256')
    let left = bytes
    gzip.params(levelOf(name), constants.Z_DEFAULT_STRATEGY, () => undefined)
    yield tarHead(name, bytes, at)
    for await (const chunk of chunks) {
      sum.update(chunk)
      left -= chunk.length
      onBytes(chunk.length)
      yield chunk
    }
    if (left !== 0) throw new CollectorError('backup_unreadable', `${name} became shorter while it was read.`)
    yield tarPadding(bytes)
    files.push({ name, bytes, sha256: sum.digest('hex') })
  }
  yield* textOf(last(files), at)
  yield TAR_END
}

const unwritable = (path: string, cause: unknown): CollectorError => {
  const code = codeOf(cause)
  const why = code === 'ENOSPC' ? 'its disk is full' : code || String(cause)
  return new CollectorError('backup_unwritable', `The archive ${path} cannot be written: ${why}.`, { cause })
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Writes the archive to `path`, which must not exist. Throws CollectorError `backup_unwritable`, the CollectorErrors of
 * the source of entries, and the signal's reason.
 */
export const writeArchive = async (path: string, plan: ArchivePlan): Promise<void> => {
  const [target, aside] = [resolve(path), `${resolve(path)}.part`]
  if (await isThere(target)) throw new CollectorError('backup_unwritable', `${path} is there already.`)
  try {
    await rm(aside, { force: true })
    const file = createWriteStream(aside, { flags: 'wx', mode: 0o600, flush: true })
    const gzip = createGzip({ level: LEVEL }) as ReturnType<typeof createGzip> & ZlibParams
    await pipeline(tarOf(plan, gzip), gzip, file, { signal: plan.signal })
    await rename(aside, target)
    await nodeFiles.syncDirectory(dirname(target))
  } catch (error) {
    plan.signal.throwIfAborted()
    throw error instanceof CollectorError ? error : unwritable(path, error)
  } finally {
    await rm(aside, { force: true }).catch(() => undefined)
  }
}
