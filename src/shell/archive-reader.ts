/**
 * Reads a backup's archive entry by entry, with a constant room. Promises: an entry is a plain file whose name a backup
 * may have; links, folders, other places on the disk, damage and an early end are errors; nothing is written here.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { CollectorError } from '../errors.ts'
import { codeOf } from '../store/files.ts'
import { readTarHead, TAR_BLOCK } from '../tar.ts'
import { HEAD_NAME, isOfArchive, MANIFEST_NAME } from './manifest.ts'

export interface ReadEntry {
  readonly name: string
  readonly bytes: number
  /** To be read to its end before the next entry is asked for. */
  readonly chunks: AsyncIterable<Buffer>
}

/** Bytes of the archive that are read, of so many. */
type OnProgress = (done: number, total: number) => void

const CHUNK = 256 * 1024

const damaged = (path: string, why: string, cause?: unknown): CollectorError =>
  new CollectorError('archive_damaged', `${path} ${why}`, { cause })

/** The unzipped bytes. */
async function* unzipped(path: string, onProgress: OnProgress, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw damaged(path, `cannot be read (${codeOf(error)}).`, error)
  })
  const file = createReadStream(path, { highWaterMark: CHUNK, signal })
  const unzip = createGunzip({ chunkSize: CHUNK })
  file.once('error', (error) => unzip.destroy(error))
  try {
    for await (const chunk of file.pipe(unzip) as AsyncIterable<Buffer>) {
      onProgress(file.bytesRead, size)
      yield chunk
    }
  } catch (error) {
    signal.throwIfAborted()
    const code = codeOf(error)
    throw damaged(path, code.startsWith('Z_') ? 'is damaged or cut short.' : `cannot be read (${code}).`, error)
  } finally {
    file.destroy()
  }
}

/** Takes bytes from a stream by number. */
const createTaker = (path: string, source: AsyncIterator<Buffer>) => {
  let rest: Buffer = Buffer.alloc(0)
  const more = async (): Promise<void> => {
    const { done, value } = await source.next()
    if (done) throw damaged(path, 'ends early: it is cut short.')
    rest = rest.length === 0 ? value : Buffer.concat([rest, value])
  }
  const take = async (length: number): Promise<Buffer> => {
    while (rest.length < length) await more()
    const taken = rest.subarray(0, length)
    rest = rest.subarray(length)
    return taken
  }
  async function* chunks(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (rest.length === 0) await more()
      const chunk = rest.subarray(0, left)
      rest = rest.subarray(chunk.length)
      left -= chunk.length
      yield chunk
    }
  }
  return { take, chunks }
}

/** The archive's entries in their order. Throws CollectorError `archive_damaged` or `archive_strange`. */
export async function* readArchive(
  path: string,
  onProgress: OnProgress,
  signal: AbortSignal,
): AsyncGenerator<ReadEntry> {
  const source = unzipped(path, onProgress, signal)
  const { take, chunks } = createTaker(path, source)
  try {
    for (;;) {
      const head = readTarHead(await take(TAR_BLOCK))
      if (head === 'end') break
      if (head === 'damaged') throw damaged(path, 'is damaged, or no archive.')
      if (head === 'not plain' || !(isOfArchive(head.name) || [HEAD_NAME, MANIFEST_NAME].includes(head.name))) {
        const what = head === 'not plain' ? 'a link, a folder or a name too long' : `"${head.name}"`
        throw new CollectorError('archive_strange', `${path} holds ${what}, which no backup of powerkits has.`)
      }
      yield { name: head.name, bytes: head.size, chunks: chunks(head.size) }
      await take((TAR_BLOCK - (head.size % TAR_BLOCK)) % TAR_BLOCK)
    }
    // the zipped form has a check sum over everything at its end
    while (!(await source.next()).done);
  } finally {
    await source.return(undefined)
  }
}
