/**
 * The living part of the spool: what is held, how far it is durable and drained, and what happens on each append,
 * commit, acknowledgement and full disk. Functions over one plain state. What they promise stands in spool.ts.
 */
import { type Counters, count } from '../counters.ts'
import { CollectorError, type ErrorCode } from '../errors.ts'
import { codeOf, type Files } from './files.ts'
import type { Input, Lines } from './record.ts'
import type { Recordings } from './recordings.ts'
import type { Segment } from './segment.ts'
import { LEAST_RECORD_BYTES, MOST_RECORD_BYTES, mostBytes } from './segment-format.ts'
import type { Snapshots } from './snapshot-file.ts'
import type { DamageLog } from './spool-damage.ts'
import type { Reader } from './spool-reader.ts'
import { type Directories, saveCursor } from './spool-recovery.ts'
import {
  addToRate,
  bytesOf,
  bytesPerHour,
  type Loss,
  oldestAt,
  type Rate,
  takeOldest,
  takePassed,
  undrained,
} from './spool-room.ts'
import type { After, Writer } from './spool-writer.ts'

export interface Settings {
  readonly files: Files
  /** Bound of segments and of what is on its way to them, in bytes. */
  readonly maxBytes: number
  /** Part of `maxBytes` that vital records alone may use. */
  readonly headroomBytes: number
  /** Bound of what is on its way, in bytes. */
  readonly memoryBytes: number
  readonly whenFull: 'refuse' | 'drop-oldest'
  readonly now: () => number
  readonly after: After
  readonly counters: Counters
  readonly onDropped: (loss: Loss) => void
  readonly onProblem: (code: ErrorCode, message: string) => void
}

export interface State {
  readonly settings: Settings
  readonly directories: Directories
  readonly spoolId: string
  readonly segments: Segment[]
  readonly writer: Writer
  readonly reader: Reader
  readonly snapshots: Snapshots
  readonly recordings: Recordings
  readonly damage: DamageLog
  readonly rate: Rate
  readonly listeners: ((seq: number) => void)[]
  lastSeq: number
  durableSeq: number
  cursor: number
  savedCursor: number
  cancelSave: (() => void) | undefined
  /** Ends when the last order to write has been carried out. */
  saving: Promise<void>
  heldBytes: number
  isFull: boolean
  isFailing: boolean
  isClosed: boolean
}

export interface SpoolStats {
  /** Segments and what is on its way to them. */
  readonly bytes: number
  /** What `bytes` may come to. */
  readonly maxBytes: number
  readonly recordingBytes: number
  /** Durable records that are not drained. */
  readonly records: number
  /** Receive time of the oldest of them, give or take a few hundred records; epoch ms. */
  readonly oldestAt?: number
  /** Over the last hour; 0 as long as nothing can be said. */
  readonly bytesPerHour: number
  /** Until the spool is full at that rate with the store away. */
  readonly hoursLeft?: number
  /** Something was refused for want of room, and there has been no room to speak of since. */
  readonly isRefusing: boolean
}

const SAVE_CURSOR_MS = 1000

/** Makes room by dropping the oldest segment; false when only the newest is left. */
const drop = (state: State, reason: Loss['reason']): boolean => {
  const { segments, settings, recordings } = state
  const taken = takeOldest(segments, state.cursor, reason)
  if (taken === undefined) return false
  state.heldBytes = bytesOf(segments)
  recordings.remove(taken.segment.path)
  moveCursor(state, taken.segment.lastSeq)
  if (taken.loss.records > 0) {
    count(settings.counters, 'spool_dropped', reason, taken.loss.records)
    settings.onDropped(taken.loss)
  }
  return true
}

const isOver = (state: State, more: number, headroom: number): boolean =>
  state.heldBytes + state.writer.memoryBytes() + more > state.settings.maxBytes - headroom

const hasRoom = (state: State, more: number, isVital: boolean): boolean => {
  const { settings, writer } = state
  const headroom = isVital ? 0 : settings.headroomBytes
  const memoryHeadroom = isVital ? 0 : settings.memoryBytes / 8
  if (writer.memoryBytes() > 0 && writer.memoryBytes() + more > settings.memoryBytes - memoryHeadroom) return false
  while (isOver(state, more, headroom)) if (settings.whenFull === 'refuse' || !drop(state, 'full')) return false
  return true
}

const refuse = (state: State, reason: 'full' | 'closed' | 'too_long'): undefined => {
  const { counters, onProblem, maxBytes } = state.settings
  count(counters, 'spool_refused', reason)
  if (reason !== 'full' || state.isFull) return
  state.isFull = true
  if (state.isFailing) return
  const inMemory = state.writer.memoryBytes()
  const isSlow = inMemory > state.settings.memoryBytes / 2
  if (isSlow) onProblem('spool_slow', `the disk is slower than what arrives: ${inMemory} bytes wait to be written`)
  else onProblem('spool_full', `the spool holds ${state.heldBytes} of at most ${maxBytes} bytes`)
}

/** Lines are rarely longer than this many times what they were made of, and this much. */
const LINES_RATIO = 4
const LINES_BYTES = 4096

/** Whether a record of this input will find room; a refusal is counted. */
export const hasRoomFor = (state: State, input: Input, isVital: boolean): boolean => {
  const bytes = LEAST_RECORD_BYTES + LINES_BYTES + LINES_RATIO * input.bytes.length
  if (!state.isClosed && hasRoom(state, bytes, isVital)) return true
  refuse(state, state.isClosed ? 'closed' : 'full')
  return false
}

/** The record's number; undefined when it was refused. */
export const append = (state: State, input: Input, lines: Lines, isVital: boolean): number | undefined => {
  if (state.isClosed) return refuse(state, 'closed')
  const { length: rawLength } = lines.raw
  const bytes = LEAST_RECORD_BYTES + input.topic.length + input.bytes.length + rawLength + lines.history.length
  if (bytes * 3 > MOST_RECORD_BYTES && mostBytes(input, lines) > MOST_RECORD_BYTES) return refuse(state, 'too_long')
  if (!hasRoom(state, bytes, isVital)) return refuse(state, 'full')
  const seq = ++state.lastSeq
  state.writer.append(seq, input, lines)
  return seq
}

/** A commit reached the disk. */
export const onDurable = (state: State, seq: number, records: number, bytes: number): void => {
  const { settings } = state
  count(settings.counters, 'spool_records', '', records)
  state.durableSeq = seq
  state.heldBytes = bytesOf(state.segments)
  state.isFailing = false
  // Told again only after it was well below the bound: a spool at its bound would tell with each record.
  if (!isOver(state, settings.maxBytes / 10, settings.headroomBytes)) state.isFull = false
  addToRate(state.rate, bytes, settings.now())
  release(state)
  for (const listener of state.listeners) listener(seq)
}

/** A commit did not reach the disk: tells it once, and makes room where room is what is missing. */
export const onFailure = async (state: State, error: unknown): Promise<void> => {
  const isDiskFull = ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
  if (!state.isFailing) {
    state.isFailing = true
    const code = isDiskFull ? 'spool_disk_full' : 'spool_disk_failing'
    state.settings.onProblem(code, `the spool in ${state.directories.root} cannot be written: ${error}`)
  }
  if (!isDiskFull || (await state.recordings.shorten())) return
  if (state.settings.whenFull === 'drop-oldest') drop(state, 'disk_full')
}

/** Gives segments that everybody has passed to the recordings. */
export const release = (state: State): void => {
  const passed = takePassed(state.segments, Math.min(state.cursor, state.snapshots.mark()))
  if (passed.length === 0) return
  state.heldBytes = bytesOf(state.segments)
  for (const { segment, sealedAt } of passed) state.recordings.keep(segment.path, sealedAt)
}

const writeCursor = async (state: State): Promise<void> => {
  const { settings, directories, spoolId, cursor } = state
  if (cursor === state.savedCursor) return
  try {
    await saveCursor(settings.files, directories.root, spoolId, cursor)
    state.savedCursor = cursor
  } catch {
    // An old cursor costs a second delivery of equal rows, nothing else; the disk's trouble is told by the commits.
  }
}

/** Writes the cursor now, after whatever is being written. */
export const saveCursorNow = (state: State): Promise<void> => {
  state.cancelSave?.()
  state.cancelSave = undefined
  state.saving = state.saving.then(() => writeCursor(state))
  return state.saving
}

/** The cursor never goes back, and never beyond what is durable. */
export const moveCursor = (state: State, seq: number): void => {
  const next = Math.min(seq, state.durableSeq)
  if (next <= state.cursor) return
  state.cursor = next
  state.cancelSave ??= state.settings.after(SAVE_CURSOR_MS, () => {
    state.cancelSave = undefined
    void saveCursorNow(state)
  })
}

export const saveSnapshot = async (state: State, pieces: readonly Uint8Array[], seq: number): Promise<void> => {
  if (seq > state.lastSeq) throw new RangeError(`a snapshot of record ${seq}, but the last record is ${state.lastSeq}`)
  if (seq > state.durableSeq) await state.writer.flush()
  const saved = state.saving.then(() => state.snapshots.save(seq, pieces))
  state.saving = saved.catch(() => {})
  try {
    await saved
  } catch (cause) {
    throw new CollectorError('snapshot_unsaved', `The snapshot of record ${seq} could not be written: ${cause}`, {
      cause,
    })
  }
  release(state)
  await state.recordings.expire()
}

export const statsOf = (state: State): SpoolStats => {
  const { settings, segments, cursor } = state
  const bytes = state.heldBytes + state.writer.memoryBytes()
  const perHour = bytesPerHour(state.rate, settings.now())
  const oldest = oldestAt(segments, cursor)
  return {
    bytes,
    maxBytes: settings.maxBytes,
    recordingBytes: state.recordings.bytes(),
    records: undrained(segments, cursor),
    bytesPerHour: perHour,
    isRefusing: state.isFull,
    ...(oldest !== undefined && { oldestAt: oldest }),
    ...(perHour > 0 && { hoursLeft: Math.max(0, settings.maxBytes - bytes) / perHour }),
  }
}
