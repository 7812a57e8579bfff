/**
 * The way onto the disk: records gather in memory and go to the newest segment in one write and one fdatasync.
 * One commit is in flight at a time; what is appended meanwhile makes the next one, at the earliest `lingerMs` after
 * its first record, and four times that while much arrives: fewer and larger commits cost less. Promises: a record is reported only when it is durable; a commit that failed is cut off the file
 * and written again, whole, until it succeeds, because after a failed sync the system may have forgotten the bytes.
 * Leaves the bound on memory to spool.ts, which asks for `memoryBytes`.
 */
import { join } from 'node:path'
import { type Files, type OpenFile, writeFully } from './files.ts'
import type { Input, Lines } from './record.ts'
import { type Segment, segmentName } from './segment.ts'
import { encodeHeader, HEADER_BYTES } from './segment-format.ts'
import { add, type Commit, clear, emptyCommit, mark } from './spool-commit.ts'

/** A commit of this size does not wait for the linger. */
const EAGER_BYTES = 1024 * 1024
/**
 * After a commit of more records the next one waits longer. Above the number of unacknowledged messages that brokers
 * allow by default (20, 32): with such a window nothing more would come while the spool waits.
 */
const BUSY_RECORDS = 32
const BUSY_LINGERS = 4
/** Runs once after `ms`; the answer cancels it. */
export type After = (ms: number, run: () => void) => () => void

export interface WriterOptions {
  readonly files: Files
  readonly dir: string
  readonly spoolId: string
  /** Oldest first; the last one is written on. The writer appends to this list and to nothing else in it. */
  readonly segments: Segment[]
  readonly segmentBytes: number
  readonly lingerMs: number
  readonly retryMs: number
  readonly now: () => number
  readonly after: After
  readonly onDurable: (seq: number, records: number, bytes: number) => void
  /** A commit failed and will be tried again; makes room if it can. */
  readonly onFailure: (error: unknown) => Promise<void>
}

export interface Writer {
  append(seq: number, input: Input, lines: Lines): void
  /** Bytes appended and not yet durable. */
  memoryBytes(): number
  /** Commits without waiting for the linger; resolves when everything appended so far is durable, rejects when that fails at closing. */
  flush(): Promise<void>
  /** Opens a new segment whose first record will be `firstSeq`. */
  openSegment(firstSeq: number, previousSeq: number): Promise<void>
  /** One last commit; rejects with the disk's error when it fails. */
  close(): Promise<void>
}

const DAY_MS = 86_400_000

interface State {
  readonly options: WriterOptions
  filling: Commit
  writing: Commit
  file: OpenFile | undefined
  /** The commit in flight; its end finds `writing` empty, or the disk refused it while closing. */
  running: Promise<void> | undefined
  /** What gathers goes as soon as the commit in flight is through. */
  isDue: boolean
  /** The last commit held many records. */
  isBusy: boolean
  isClosing: boolean
  cancelLinger: (() => void) | undefined
  endPause: (() => void) | undefined
  waiting: { readonly seq: number; readonly resolve: () => void; readonly reject: (error: unknown) => void }[]
  failure: unknown
}

const openSegment = async (state: State, firstSeq: number, previousSeq: number): Promise<void> => {
  const { files, dir, spoolId, now, segments } = state.options
  const openedAt = now()
  const path = join(dir, segmentName(firstSeq))
  const file = await files.open(path, 'w')
  try {
    await writeFully(file, encodeHeader({ spoolId, firstSeq, previousSeq, openedAt }), 0)
    await file.datasync()
    await files.syncDirectory(dir)
  } catch (error) {
    await file.close()
    await files.remove(path).catch(() => {})
    throw error
  }
  const finished = state.file
  state.file = file
  const written = { bytes: HEADER_BYTES, lastSeq: firstSeq - 1, marks: [], damagedAt: new Set<number>() }
  segments.push({ path, firstSeq, previousSeq, openedAt, ...written })
  await finished?.close()
}

/** A segment takes no more when it is large enough, of another UTC day, or when numbers were skipped behind it. */
const isFinished = (segment: Segment, nextSeq: number, segmentBytes: number, now: number): boolean =>
  segment.lastSeq + 1 !== nextSeq ||
  (segment.lastSeq >= segment.firstSeq &&
    (segment.bytes >= segmentBytes || Math.floor(segment.openedAt / DAY_MS) !== Math.floor(now / DAY_MS)))

const write = async (state: State, commit: Commit): Promise<void> => {
  const { files, segments, segmentBytes, now } = state.options
  const newest = segments.at(-1)
  if (newest === undefined || isFinished(newest, commit.firstSeq, segmentBytes, now()))
    await openSegment(state, commit.firstSeq, newest?.lastSeq ?? commit.firstSeq - 1)
  else state.file ??= await files.open(newest.path, 'r+')
  const segment = segments.at(-1)
  const file = state.file
  if (segment === undefined || file === undefined) throw new Error('no segment is open')
  try {
    await writeFully(file, commit.bytes.subarray(0, commit.length), segment.bytes)
    await file.datasync()
  } catch (error) {
    // Opened anew for the next attempt: a disk that went and came back does not know the old handle.
    state.file = undefined
    await file.truncate(segment.bytes).catch(() => {})
    await file.close().catch(() => {})
    throw error
  }
  mark(segment, commit)
  segment.bytes += commit.length
  segment.lastSeq = commit.lastSeq
}

const pause = (state: State): Promise<void> =>
  new Promise((resolve) => {
    const cancel = state.options.after(state.options.retryMs, resolve)
    state.endPause = () => {
      cancel()
      resolve()
    }
  })

/** Pauses between attempts, but for the last one at closing; false when the disk refused that one too. */
const writeUntilDurable = async (state: State): Promise<boolean> => {
  for (;;) {
    const isLast = state.isClosing
    try {
      await write(state, state.writing)
      return true
    } catch (error) {
      await state.options.onFailure(error)
      state.failure = error
      if (isLast) return false
      if (!state.isClosing) await pause(state)
    }
  }
}

const report = (state: State): void => {
  const { lastSeq, records, length } = state.writing
  clear(state.writing)
  state.isBusy = records > BUSY_RECORDS
  state.options.onDurable(lastSeq, records, length)
  const ready = state.waiting.filter((one) => one.seq <= lastSeq)
  state.waiting = state.waiting.filter((one) => one.seq > lastSeq)
  for (const one of ready) one.resolve()
}

const run = async (state: State): Promise<void> => {
  while (state.isDue && state.filling.length > 0) {
    state.isDue = false
    state.cancelLinger?.()
    const full = state.filling
    state.filling = state.writing
    state.writing = full
    if (!(await writeUntilDurable(state))) break
    report(state)
    state.isDue ||= state.waiting.length > 0
  }
  state.isDue = false
  state.running = undefined
}

const commit = (state: State): void => {
  if (state.filling.length === 0) return
  state.isDue = true
  state.running ??= run(state)
}

const append = (state: State, seq: number, input: Input, lines: Lines): void => {
  if (state.filling.records === 0) {
    const lingerMs = state.options.lingerMs * (state.isBusy ? BUSY_LINGERS : 1)
    state.cancelLinger = state.options.after(lingerMs, () => commit(state))
  }
  add(state.filling, seq, input, lines)
  if (state.filling.length >= EAGER_BYTES && !state.isDue) commit(state)
}

const flush = async (state: State): Promise<void> => {
  const { filling, writing } = state
  if (filling.length === 0 && writing.length === 0) return
  const seq = filling.length > 0 ? filling.lastSeq : writing.lastSeq
  await new Promise<void>((resolve, reject) => {
    state.waiting.push({ seq, resolve, reject })
    commit(state)
  })
}

const close = async (state: State): Promise<void> => {
  state.isClosing = true
  state.endPause?.()
  await state.running
  if (state.writing.length === 0) {
    commit(state)
    await state.running
  }
  state.cancelLinger?.()
  await state.file?.close()
  if (state.writing.length === 0) return
  for (const one of state.waiting) one.reject(state.failure)
  throw state.failure
}

export const createWriter = (options: WriterOptions): Writer => {
  const state: State = {
    options,
    filling: emptyCommit(),
    writing: emptyCommit(),
    file: undefined,
    running: undefined,
    isDue: false,
    isBusy: false,
    isClosing: false,
    cancelLinger: undefined,
    endPause: undefined,
    waiting: [],
    failure: undefined,
  }
  return {
    append: (seq, input, lines) => append(state, seq, input, lines),
    memoryBytes: () => state.filling.length + state.writing.length,
    flush: () => flush(state),
    openSegment: (firstSeq, previousSeq) => openSegment(state, firstSeq, previousSeq),
    close: () => close(state),
  }
}
