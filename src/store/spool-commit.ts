/**
 * Records gathered for one write: encoded one behind the other into a buffer that is used again and again, so that an
 * append costs no promise and no copy of its own. Leaves writing to spool-writer.ts.
 */
import type { Input, Lines } from './record.ts'
import type { Segment } from './segment.ts'
import { encodeRecord, mostBytes } from './segment-format.ts'

/** Records on their way: what gathers, or what is being written. */
export interface Commit {
  bytes: Buffer
  length: number
  records: number
  firstSeq: number
  lastSeq: number
  /** Receive time of the first record. */
  firstAt: number
}

const FIRST_ROOM = 256 * 1024
/** A buffer that a burst made larger than this is let go. */
const MOST_ROOM = 4 * 1024 * 1024
/** One mark of time per so many bytes. */
const MARK_BYTES = 256 * 1024
/** Where little arrives, the age of what waits must not be that of the segment. */
const MARK_MS = 10_000

export const emptyCommit = (): Commit => ({
  bytes: Buffer.allocUnsafeSlow(FIRST_ROOM),
  length: 0,
  records: 0,
  firstSeq: 0,
  lastSeq: 0,
  firstAt: 0,
})

const makeRoom = (commit: Commit, more: number): void => {
  const needed = commit.length + more
  if (needed <= commit.bytes.length) return
  const grown = Buffer.allocUnsafeSlow(Math.max(needed, commit.bytes.length * 2))
  commit.bytes.copy(grown, 0, 0, commit.length)
  commit.bytes = grown
}

/** Ready for the next records. */
export const clear = (commit: Commit): void => {
  if (commit.bytes.length > MOST_ROOM) commit.bytes = Buffer.allocUnsafeSlow(FIRST_ROOM)
  commit.length = 0
  commit.records = 0
}

/** Notes the time of these records, once per so many bytes of the segment they go to. */
export const mark = (segment: Segment, commit: Commit): void => {
  const marks = segment.marks.length
  const sinceMs = commit.firstAt - (segment.marks.at(-1)?.at ?? 0)
  if (marks === 0 || segment.bytes > marks * MARK_BYTES || sinceMs >= MARK_MS)
    segment.marks.push({ seq: commit.firstSeq, at: commit.firstAt })
}

/** Encodes one more record behind the others. */
export const add = (commit: Commit, seq: number, input: Input, lines: Lines): void => {
  makeRoom(commit, mostBytes(input, lines))
  if (commit.records === 0) {
    commit.firstSeq = seq
    commit.firstAt = input.at
  }
  commit.length = encodeRecord(commit.bytes, commit.length, seq, input, lines)
  commit.lastSeq = seq
  commit.records++
}
