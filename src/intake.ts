/**
 * The one door of the line: an input comes in, goes through the line, and its record goes to the spool. What finds no
 * room is refused before the line sees it, so that `track` never knows a value that is not recorded; what is lost for
 * good is counted and becomes a gap row as soon as there is room for one.
 */
import { runLine } from './pipeline.ts'
import type { Input, Lines } from './store/record.ts'
import type { Spool } from './store/spool.ts'
import type { Loss } from './track/notes.ts'
import type { Track } from './track/track.ts'

export interface Intake {
  readonly track: Track
  /** The record's sequence number; undefined when there was no room. `more` are further raw lines of the record. */
  accept(input: Input, more?: string): number | undefined
  /** Tells of records that are lost for good. */
  lose(loss: Loss): void
}

const NOTHING = new Uint8Array(0)

/** Records of our own that must find room: they say what is missing. */
const isVital = (input: Input): boolean => input.source === 'tick' && !input.topic.startsWith('minute')

const joined = (a: Loss | undefined, b: Loss): Loss =>
  a === undefined
    ? b
    : { records: a.records + b.records, fromAt: Math.min(a.fromAt, b.fromAt), toAt: Math.max(a.toAt, b.toAt) }

export const createIntake = (track: Track, spool: Spool, now: () => number): Intake => {
  let lost: Loss | undefined

  const record = (input: Input, more: string): number | undefined => {
    if (!spool.hasRoom(input, isVital(input))) return undefined
    const lines: Lines = runLine(track, input)
    return spool.append(input, more === '' ? lines : { ...lines, raw: lines.raw + more }, isVital(input))
  }
  const tellLoss = (): void => {
    if (lost === undefined) return
    const bytes = new TextEncoder().encode(JSON.stringify(lost))
    if (record({ at: now(), source: 'tick', topic: 'loss', bytes }, '') !== undefined) lost = undefined
  }
  return {
    track,
    accept: (input, more = '') => {
      // Before the first report behind it: that would end a hole whose cause is not told yet.
      if (lost !== undefined && spool.hasRoom(input, isVital(input))) tellLoss()
      return record(input, more)
    },
    lose: (loss) => {
      lost = joined(lost, loss)
    },
  }
}

/** A whole minute of the line, in `parts` turns so that a large fleet never blocks for long. */
export const minuteInput = (at: number, part: number, parts: number): Input => ({
  at,
  source: 'tick',
  topic: `minute/${part}/${parts}`,
  bytes: NOTHING,
})
