/**
 * The bytes of a segment: how records become bytes and bytes become records again. Pure; all numbers little-endian.
 *
 *   segment  magic "PKSPOOL1" (8), spool id (16), first seq f64, previous seq f64, opened at f64, crc32 u32; then records
 *   record   marker f5 50 4b fa, crc32 u32 over all that follows, body length u32, body
 *   body     seq f64, at f64, source u8, flags u8, zero u16, topic length u32, input length u32, raw length u32,
 *            then topic, input, raw lines, history lines (the rest)
 *
 * The numbers of a segment's records are without holes from its first seq on: where a number is missing, a record is.
 * `previous seq` is the last number given before the segment: first seq - 1 unless numbers were skipped on purpose.
 * f5 and fa occur in no UTF-8 text, so that the marker finds the next record behind a damaged one; a candidate counts
 * only when its CRC holds and its number fits between its neighbours.
 */
import { crc32 } from 'node:zlib'
import type { Input, InputSource, Lines, SpoolRecord } from './record.ts'

const MAGIC = Buffer.from('PKSPOOL1')
const MARKER = Buffer.from([0xf5, 0x50, 0x4b, 0xfa])
const MARKER_NUMBER = MARKER.readUInt32LE(0)
const HEAD_BYTES = 12
const BODY_BYTES = 32
const SOURCES: readonly InputSource[] = ['mqtt', 'http', 'tick', 'file']
const DUPLICATE = 1

/** Bytes before the first record of a segment. */
export const HEADER_BYTES = 52
/** No record is shorter. */
export const LEAST_RECORD_BYTES = HEAD_BYTES + BODY_BYTES
/** No record is longer: a greater length is damage. */
export const MOST_RECORD_BYTES = 64 * 1024 * 1024

/** `spoolId` is 32 hexadecimal digits. */
export interface SegmentHeader {
  readonly spoolId: string
  readonly firstSeq: number
  readonly previousSeq: number
  readonly openedAt: number
}

export const encodeHeader = (header: SegmentHeader): Buffer => {
  const bytes = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(bytes)
  bytes.write(header.spoolId, 8, 16, 'hex')
  bytes.writeDoubleLE(header.firstSeq, 24)
  bytes.writeDoubleLE(header.previousSeq, 32)
  bytes.writeDoubleLE(header.openedAt, 40)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 48)), 48)
  return bytes
}

/** Undefined when the bytes are not a sound header. */
export const decodeHeader = (bytes: Buffer): SegmentHeader | undefined => {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return undefined
  if (crc32(bytes.subarray(0, 48)) !== bytes.readUInt32LE(48)) return undefined
  return {
    spoolId: bytes.toString('hex', 8, 24),
    firstSeq: bytes.readDoubleLE(24),
    previousSeq: bytes.readDoubleLE(32),
    openedAt: bytes.readDoubleLE(40),
  }
}

/** Room that `encodeRecord` may need: UTF-8 takes at most 3 bytes per UTF-16 unit. */
export const mostBytes = (input: Input, lines: Lines): number =>
  LEAST_RECORD_BYTES + input.bytes.length + 3 * (input.topic.length + lines.raw.length + lines.history.length)

/** Writes one record at `start` and says where it ends. `into` must have room for `mostBytes`. */
export const encodeRecord = (into: Buffer, start: number, seq: number, input: Input, lines: Lines): number => {
  const body = start + HEAD_BYTES
  let end = body + BODY_BYTES
  const topicBytes = into.write(input.topic, end)
  end += topicBytes
  into.set(input.bytes, end)
  end += input.bytes.length
  const rawBytes = lines.raw === '' ? 0 : into.write(lines.raw, end)
  end += rawBytes
  if (lines.history !== '') end += into.write(lines.history, end)
  into.writeDoubleLE(seq, body)
  into.writeDoubleLE(input.at, body + 8)
  into.writeUInt32LE(SOURCES.indexOf(input.source) | (input.isDuplicate ? DUPLICATE << 8 : 0), body + 16)
  into.writeUInt32LE(topicBytes, body + 20)
  into.writeUInt32LE(input.bytes.length, body + 24)
  into.writeUInt32LE(rawBytes, body + 28)
  into.writeUInt32LE(end - body, start + 8)
  into.writeUInt32LE(crc32(into.subarray(start + 8, end)), start + 4)
  into.writeUInt32LE(MARKER_NUMBER, start)
  return end
}

/** The bytes stop before the record does. */
const CUT = -1
const BAD = 0

/** Size of the sound record at `start`; BAD or CUT without one. `most` bounds its number, `afterSeq` is below it. */
const soundAt = (bytes: Buffer, start: number, afterSeq: number, most: number): number => {
  const left = bytes.length - start
  if (left >= 4 && bytes.readUInt32LE(start) !== MARKER_NUMBER) return BAD
  if (left < HEAD_BYTES) return CUT
  const length = bytes.readUInt32LE(start + 8)
  if (length < BODY_BYTES || length > MOST_RECORD_BYTES) return BAD
  const size = HEAD_BYTES + length
  if (left < size) return CUT
  if (crc32(bytes.subarray(start + 8, start + size)) !== bytes.readUInt32LE(start + 4)) return BAD
  const seq = bytes.readDoubleLE(start + HEAD_BYTES)
  // Written so that an unknown `afterSeq` (NaN) lets every number pass.
  return seq <= afterSeq || seq > most ? BAD : size
}

/** Start of the next sound record behind the damage at `from`; -1 without one. */
const soundAfter = (bytes: Buffer, from: number, afterSeq: number): number => {
  let at = bytes.indexOf(MARKER, from + 1)
  while (at >= 0) {
    const most = afterSeq + 1 + Math.ceil((at - from) / LEAST_RECORD_BYTES)
    if (soundAt(bytes, at, afterSeq, most) > 0) return at
    at = bytes.indexOf(MARKER, at + 1)
  }
  return -1
}

const decodeRecord = (bytes: Buffer, start: number, size: number): SpoolRecord => {
  const body = start + HEAD_BYTES
  const topicAt = body + BODY_BYTES
  const inputAt = topicAt + bytes.readUInt32LE(body + 20)
  const rawAt = inputAt + bytes.readUInt32LE(body + 24)
  const historyAt = rawAt + bytes.readUInt32LE(body + 28)
  const input: Input = {
    at: bytes.readDoubleLE(body + 8),
    source: SOURCES[bytes[body + 16] ?? 0] ?? 'file',
    topic: bytes.toString('utf8', topicAt, inputAt),
    bytes: bytes.subarray(inputAt, rawAt),
  }
  const isDuplicate = ((bytes[body + 17] ?? 0) & DUPLICATE) !== 0
  return {
    seq: bytes.readDoubleLE(body),
    input: isDuplicate ? { ...input, isDuplicate } : input,
    lines: {
      raw: bytes.toString('utf8', rawAt, historyAt),
      history: bytes.toString('utf8', historyAt, start + size),
    },
  }
}

/** Bytes that hold no sound record. `missing` records stood there, as far as the numbers around them tell. */
export interface Damage {
  readonly offset: number
  readonly length: number
  readonly missing: number
}

export interface Decoded {
  readonly records: SpoolRecord[]
  readonly damage: Damage[]
  /** Bytes dealt with; the rest is to be offered again with more behind it. */
  readonly end: number
  /** Number of the last sound record. */
  readonly lastSeq: number
}

/**
 * The sound records of `bytes`, which begin behind record `afterSeq` (NaN: unknown). `isEnd`: nothing follows, so that a
 * cut record is damage and not a reason to wait. The records' inputs are views of `bytes`.
 */
export const decodeRecords = (bytes: Buffer, afterSeq: number, isEnd: boolean): Decoded => {
  const records: SpoolRecord[] = []
  const damage: Damage[] = []
  let lastSeq = afterSeq
  let at = 0
  while (at < bytes.length) {
    const size = soundAt(bytes, at, lastSeq, lastSeq + 1)
    if (size === CUT && !isEnd) break
    if (size <= 0) {
      const next = soundAfter(bytes, at, lastSeq)
      if (next < 0 && !isEnd) break
      const end = next < 0 ? bytes.length : next
      const missing = next < 0 ? 0 : bytes.readDoubleLE(next + HEAD_BYTES) - lastSeq - 1
      damage.push({ offset: at, length: end - at, missing: Number.isNaN(missing) ? 0 : missing })
      if (next >= 0) lastSeq = bytes.readDoubleLE(next + HEAD_BYTES) - 1
      at = end
      continue
    }
    records.push(decodeRecord(bytes, at, size))
    lastSeq = bytes.readDoubleLE(at + HEAD_BYTES)
    at += size
  }
  return { records, damage, end: at, lastSeq }
}
