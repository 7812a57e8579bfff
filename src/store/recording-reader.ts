/**
 * Reads a recording, for replay and for normalising history again: a `.spool.gz`, or a segment still open or sealed.
 * Promises: records come in order; damaged stretches are passed over, as are a torn head and a torn tail. What a gzip
 * file lost at its end is told by an error, after all records before it were given.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CollectorError } from '../errors.ts'
import type { SpoolRecord } from './record.ts'
import { decodeHeader, decodeRecords, HEADER_BYTES, type SegmentHeader } from './segment-format.ts'

const afterSeqOf = (bytes: Buffer): number => {
  const header = decodeHeader(bytes)
  return header === undefined ? Number.NaN : header.firstSeq - 1
}

/** How much of a file is read, in any unit. */
export type OnRead = (done: number, of: number) => void

async function* chunksOf(path: string, onRead?: OnRead): AsyncGenerator<Buffer> {
  const { size } = await stat(path)
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  // A failure of either stream ends the other and is thrown where the chunks are read.
  const chunks: AsyncIterable<Buffer> = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => {}) : file
  for await (const chunk of chunks) {
    yield chunk
    onRead?.(file.bytesRead, size)
  }
}

async function* decodeChunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<SpoolRecord> {
  let rest: Buffer = Buffer.alloc(0)
  let afterSeq: number | undefined
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (afterSeq === undefined) {
      if (rest.length < HEADER_BYTES) continue
      afterSeq = afterSeqOf(rest)
      rest = rest.subarray(HEADER_BYTES)
    }
    const decoded = decodeRecords(rest, afterSeq, false)
    afterSeq = decoded.lastSeq
    rest = rest.subarray(decoded.end)
    yield* decoded.records
  }
  if (afterSeq !== undefined) yield* decodeRecords(rest, afterSeq, true).records
}

/** Throws CollectorError `recording_unreadable` when the file cannot be read, or not to its end. */
export async function* readRecording(path: string, onRead?: OnRead): AsyncGenerator<SpoolRecord> {
  try {
    yield* decodeChunks(chunksOf(path, onRead))
  } catch (cause) {
    throw new CollectorError('recording_unreadable', `The recording ${path} cannot be read to its end: ${cause}`, {
      cause,
    })
  }
}

/** What a recording says of itself; undefined where it is too short or damaged there. */
export const readHeader = async (path: string): Promise<SegmentHeader | undefined> => {
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of chunksOf(path)) {
      head = Buffer.concat([head, chunk])
      if (head.length >= HEADER_BYTES) break
    }
  } catch {
    return undefined
  }
  return decodeHeader(head)
}
