/**
 * One segment of the spool as the running collector knows it, and how its records are read from the disk.
 * Promises: reading never goes beyond `bytes` (what is durable), and a sector that the disk cannot read costs the
 * records in it, not the segment. Leaves writing to spool-writer.ts and removal to spool.ts.
 */
import { codeOf, type Files, type OpenFile, readFully, readInto, withFile } from './files.ts'
import type { SpoolRecord } from './record.ts'
import { type Damage, decodeRecords, HEADER_BYTES } from './segment-format.ts'

export interface Segment {
  readonly path: string
  readonly firstSeq: number
  readonly previousSeq: number
  /** Epoch ms. */
  readonly openedAt: number
  /** Durable bytes, header included. */
  bytes: number
  /** Number of the last durable record; `firstSeq` - 1 without one. */
  lastSeq: number
  /** Receive times here and there, in order: how old the oldest record behind a number is. */
  readonly marks: { readonly seq: number; readonly at: number }[]
  /** Offsets of damage already counted. */
  readonly damagedAt: Set<number>
}

const NAME = /^(\d{16})\.spool$/

/** File name of the segment that begins with this record: sorted by name is sorted by number. */
export const segmentName = (firstSeq: number): string => `${String(firstSeq).padStart(16, '0')}.spool`

/** First number of the segment with this file name; undefined for a foreign file. */
export const seqOfName = (name: string): number | undefined => {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const SECTOR = 4096

/** What can be read of the stretch; unreadable sectors are zeros, which no CRC takes for a record. */
const readSound = async (file: OpenFile, position: number, bytes: Buffer): Promise<Buffer> => {
  const { length } = bytes
  try {
    return await readInto(file, position, bytes)
  } catch (error) {
    if (codeOf(error) !== 'EIO') throw error
  }
  bytes.fill(0)
  for (let at = 0; at < length; at += SECTOR) {
    try {
      const part = await readFully(file, position + at, Math.min(SECTOR, length - at))
      part.copy(bytes, at)
    } catch (error) {
      if (codeOf(error) !== 'EIO') throw error
    }
  }
  return bytes
}

/** A place in a segment: behind record `seq`, at `offset`. */
export interface Place {
  readonly offset: number
  readonly seq: number
}

export interface Stretch {
  readonly records: SpoolRecord[]
  /** Where the next stretch begins. */
  readonly next: Place
  /** Damage met, with the bytes that stood there; offsets are the file's. */
  readonly damage: readonly (Damage & { readonly bytes: Buffer })[]
}

/** Where a segment's first record stands. */
export const startOf = (segment: Segment): Place => ({ offset: HEADER_BYTES, seq: segment.firstSeq - 1 })

/** A new buffer of so many bytes. */
export const newRoom = (length: number): Buffer => Buffer.allocUnsafe(length)

/**
 * About `length` bytes of records from `place`, up to the durable end that the segment has now. They are read into what
 * `roomFor` gives, of which the records' inputs are views.
 */
export const readStretch = async (
  files: Files,
  segment: Segment,
  place: Place,
  length: number,
  roomFor: (length: number) => Buffer = newRoom,
): Promise<Stretch> => {
  const { bytes: limit, lastSeq } = segment
  return withFile(files, segment.path, 'r', async (file) => {
    for (let size = length; ; size *= 4) {
      const wanted = Math.min(size, limit - place.offset)
      const bytes = await readSound(file, place.offset, roomFor(wanted))
      const isEnd = place.offset + wanted === limit || bytes.length < wanted
      const decoded = decodeRecords(bytes, place.seq, isEnd)
      if (decoded.end === 0 && !isEnd) continue
      const damage = decoded.damage.map((one) => ({
        ...one,
        offset: place.offset + one.offset,
        bytes: Buffer.from(bytes.subarray(one.offset, one.offset + one.length)),
      }))
      if (!isEnd)
        return { records: decoded.records, damage, next: { offset: place.offset + decoded.end, seq: decoded.lastSeq } }
      // What is missing at the end shows in no number behind it, only in the number the segment should end with.
      const missing = lastSeq - decoded.lastSeq
      if (missing > 0) damage.push({ offset: limit, length: 0, missing, bytes: Buffer.alloc(0) })
      return { records: decoded.records, damage, next: { offset: limit, seq: Math.max(lastSeq, decoded.lastSeq) } }
    }
  })
}
