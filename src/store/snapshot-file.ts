/**
 * Snapshots of the state of `track`, as files beside the segments: `snapshots/<seq>-<UTC day>.snapshot`.
 *
 *   magic "PKSNAP01" (8), spool id (16), seq f64, saved at f64, length u32, crc32 u32 over all before it and the bytes
 *
 * Promises: a snapshot is durable before the one it replaces may go; the newest two are kept, so that one damaged file
 * never costs the state; so is the first of each UTC day for `recordDays`, to re-normalise from with the recordings.
 * `mark` is the older of the newest two: segments it has not passed are still needed to fold from it.
 */
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Files, readWhole, replaceFile } from './files.ts'

export interface Snapshot {
  /** The state after this record was folded. */
  readonly seq: number
  readonly bytes: Uint8Array
}

export interface Snapshots {
  /** Up to this number no segment is needed for any fold; 0 without two sound snapshots. */
  mark(): number
  /** Newest number; 0 without a snapshot. */
  newestSeq(): number
  /** The newest that verifies. */
  load(): Promise<Snapshot | undefined>
  /** The state after record `seq`, in pieces. Rejects with the disk's error; the snapshots before stay. */
  save(seq: number, pieces: readonly Uint8Array[]): Promise<void>
}

export interface SnapshotOptions {
  readonly files: Files
  readonly dir: string
  readonly spoolId: string
  readonly recordDays: number
  readonly now: () => number
  readonly onDamaged: (path: string) => void
}

const MAGIC = Buffer.from('PKSNAP01')
const HEAD_BYTES = 48
const NAME = /^(\d{16})-(\d{4})(\d\d)(\d\d)\.snapshot$/
const DAY_MS = 86_400_000

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')

const nameOf = (seq: number, at: number): string => `${String(seq).padStart(16, '0')}-${dayOf(at)}.snapshot`

const encodeHead = (spoolId: string, seq: number, pieces: readonly Uint8Array[], at: number): Buffer => {
  const head = Buffer.alloc(HEAD_BYTES)
  MAGIC.copy(head)
  head.write(spoolId, 8, 16, 'hex')
  head.writeDoubleLE(seq, 24)
  head.writeDoubleLE(at, 32)
  let length = 0
  for (const piece of pieces) length += piece.length
  head.writeUInt32LE(length, 40)
  let crc = crc32(head.subarray(0, 44))
  // Of no bytes at all Node gives 0 instead of the sum so far.
  for (const piece of pieces) if (piece.length > 0) crc = crc32(piece, crc)
  head.writeUInt32LE(crc, 44)
  return head
}

/** Undefined when the bytes are not a sound snapshot of this spool. */
const decode = (file: Buffer, spoolId: string): Snapshot | undefined => {
  if (file.length < HEAD_BYTES || !file.subarray(0, 8).equals(MAGIC)) return undefined
  const bytes = file.subarray(HEAD_BYTES)
  if (file.readUInt32LE(40) !== bytes.length) return undefined
  if (file.readUInt32LE(44) !== crc32(bytes, crc32(file.subarray(0, 44)))) return undefined
  return file.toString('hex', 8, 24) === spoolId ? { seq: file.readDoubleLE(24), bytes } : undefined
}

const startOfDay = (name: string): number => {
  const [, , year, month, day] = NAME.exec(name) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(day))
}

/** What may go: all but the newest two and the first of each day not older than `recordDays`. `names` oldest first. */
const expired = (names: readonly string[], recordDays: number, now: number): string[] => {
  const days = new Set<string>()
  return names.filter((name, index) => {
    const day = name.slice(17, 25)
    const isFirstOfDay = !days.has(day)
    days.add(day)
    if (index >= names.length - 2) return false
    return !isFirstOfDay || startOfDay(name) + (recordDays + 1) * DAY_MS <= now || recordDays === 0
  })
}

/**
 * The newest sound snapshot of the spool that was saved at or before `at` (epoch ms), to fold the past from; undefined
 * where none reaches back so far.
 */
export const snapshotBefore = async (
  files: Files,
  dir: string,
  spoolId: string,
  at: number,
): Promise<Snapshot | undefined> => {
  const names = (await files.list(dir)).filter((name) => NAME.test(name) && startOfDay(name) <= at)
  for (const name of names.sort().reverse()) {
    const file = await readWhole(files, join(dir, name)).catch(() => undefined)
    const snapshot = file && decode(file, spoolId)
    if (file && snapshot && file.readDoubleLE(32) <= at) return snapshot
  }
  return undefined
}

/** Reads what the directory holds; damaged ones among the newest are set aside, so that two sound ones are known. */
export const openSnapshots = async (options: SnapshotOptions): Promise<Snapshots> => {
  const { files, dir, spoolId, now } = options
  const read = async (name: string): Promise<Snapshot | undefined> => {
    const file = await readWhole(files, join(dir, name)).catch(() => undefined)
    return file && decode(file, spoolId)
  }
  const setAside = async (name: string): Promise<void> => {
    options.onDamaged(join(dir, name))
    await files.rename(join(dir, name), join(dir, `${name}.damaged`)).catch(() => {})
  }
  let names = (await files.list(dir)).filter((name) => NAME.test(name)).sort()
  for (let index = names.length - 1, sound = 0; index >= 0 && sound < 2; index--) {
    const name = names[index] ?? ''
    if (await read(name)) sound++
    else {
      await setAside(name)
      names = names.filter((other) => other !== name)
    }
  }
  const seqAt = (fromEnd: number): number => Number(names.at(-fromEnd)?.slice(0, 16) ?? 0)
  return {
    mark: () => seqAt(2),
    newestSeq: () => seqAt(1),
    load: async () => {
      for (const name of [...names].reverse()) {
        const snapshot = await read(name)
        if (snapshot) return snapshot
        names = names.filter((other) => other !== name)
        await setAside(name)
      }
      return undefined
    },
    save: async (seq, pieces) => {
      const at = now()
      const name = nameOf(seq, at)
      await replaceFile(files, join(dir, name), encodeHead(spoolId, seq, pieces, at), ...pieces)
      names = [...names.filter((other) => other !== name), name].sort()
      for (const old of expired(names, options.recordDays, at)) {
        names = names.filter((other) => other !== old)
        await files.remove(join(dir, old)).catch(() => {})
      }
    },
  }
}
