/**
 * How much the spool holds and what gives way when it is full. Plain arithmetic over the list of segments, and the two
 * ways out of it: a segment that everybody has passed becomes a recording, and, where the owner chose so, the oldest
 * segment is dropped. Promises: a dropped record that was not drained is counted, and its hours are told.
 */
import type { Segment } from './segment.ts'

/** Records that are gone before they were drained; times are epoch ms, about. */
export interface Loss {
  readonly records: number
  readonly fromAt: number
  readonly toAt: number
  readonly reason: 'full' | 'disk_full'
}

export const bytesOf = (segments: readonly Segment[]): number => {
  let bytes = 0
  for (const segment of segments) bytes += segment.bytes
  return bytes
}

const undrainedIn = (segment: Segment, cursor: number): number =>
  Math.max(0, segment.lastSeq - Math.max(cursor, segment.firstSeq - 1))

/** Durable records behind the cursor. */
export const undrained = (segments: readonly Segment[], cursor: number): number => {
  let records = 0
  for (const segment of segments) records += undrainedIn(segment, cursor)
  return records
}

/** Receive time of the last mark not behind record `seq`: at most this late, by a mark's distance. */
const timeOf = (segment: Segment, seq: number): number =>
  segment.marks.findLast((mark) => mark.seq <= seq)?.at ?? segment.openedAt

/** How old the oldest record behind the cursor is; undefined without one. */
export const oldestAt = (segments: readonly Segment[], cursor: number): number | undefined => {
  const segment = segments.find((one) => one.lastSeq > cursor)
  return segment && timeOf(segment, cursor + 1)
}

/** Takes the oldest segments that end at or before `passedSeq` out of the list; never the newest, it is written on. */
export const takePassed = (segments: Segment[], passedSeq: number): { segment: Segment; sealedAt: number }[] => {
  const passed: { segment: Segment; sealedAt: number }[] = []
  for (;;) {
    const [oldest, next] = segments
    if (oldest === undefined || next === undefined || oldest.lastSeq > passedSeq) return passed
    segments.shift()
    passed.push({ segment: oldest, sealedAt: next.openedAt })
  }
}

/** Takes the oldest segment out of the list, whoever still needs it; undefined when only the newest is left. */
export const takeOldest = (
  segments: Segment[],
  cursor: number,
  reason: Loss['reason'],
): { segment: Segment; loss: Loss } | undefined => {
  const [segment, next] = segments
  if (segment === undefined || next === undefined) return undefined
  segments.shift()
  const loss = {
    records: undrainedIn(segment, cursor),
    fromAt: timeOf(segment, cursor + 1),
    toAt: next.openedAt,
    reason,
  }
  return { segment, loss }
}

/** Bytes made durable over the last hour, minute by minute. */
export interface Rate {
  total: number
  readonly marks: { readonly at: number; readonly total: number }[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export const addToRate = (rate: Rate, bytes: number, now: number): void => {
  const newest = rate.marks.at(-1)
  if (newest === undefined || now - newest.at >= MINUTE_MS) rate.marks.push({ at: now, total: rate.total })
  while (rate.marks.length > 1 && now - (rate.marks[0]?.at ?? now) > HOUR_MS) rate.marks.shift()
  rate.total += bytes
}

/** 0 as long as nothing can be said. */
export const bytesPerHour = (rate: Rate, now: number): number => {
  const [oldest] = rate.marks
  const elapsed = now - (oldest?.at ?? now)
  return oldest === undefined || elapsed <= 0 ? 0 : ((rate.total - oldest.total) / elapsed) * HOUR_MS
}
