/**
 * The line: one input in, its lines out. Bytes become a report, the report samples, the samples lines of the two
 * buckets. What is refused is counted by its reason; nothing here waits, throws, or reads a clock.
 */
import { count } from './counters.ts'
import { decode } from './report/decode.ts'
import type { Decoded } from './report/report.ts'
import type { Input, Lines } from './store/record.ts'
import type { LineBuilder } from './track/encode.ts'
import { isRepeated } from './track/identity.ts'
import { type Fleet, trackClock, trackFleet, trackLoss } from './track/notes.ts'
import { trackTick } from './track/tick.ts'
import { type Track, trackReport } from './track/track.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Ticks are inputs of our own: a minute (in turns), the kits that settings name, records that the spool had to drop,
 * and a clock that was set. */
const tick = (track: Track, input: Input, into: LineBuilder): void => {
  const [what, part = '0', parts = '1'] = input.topic.split('/')
  if (what === 'minute') trackTick(track.state, input.at, Number(part), Number(parts), into)
  else if (what === 'fleet') trackFleet(track.state, JSON.parse(text(input.bytes)) as Fleet)
  else if (what === 'loss') trackLoss(track.state, JSON.parse(text(input.bytes)), into)
  else if (what === 'clock') trackClock(track.state, Number(part), input.at, into)
}

const identified = (track: Track, input: Input): Decoded => {
  const decoded = decode(input.topic, input.bytes, track.kinds)
  if (!('report' in decoded) || input.source === 'file') return decoded
  const isIdentified = decoded.report.type === 'quota' && decoded.report.isIdentified
  return isRepeated(track.state, input.topic, input.bytes, isIdentified || input.isDuplicate === true)
    ? { rejected: 'duplicate', detail: '' }
    : decoded
}

/** Brings one input through the line. */
export const runLine = (track: Track, input: Input): Lines => {
  const into: LineBuilder = { raw: '', history: '' }
  track.state.lastAt = Math.max(track.state.lastAt, input.at)
  if (input.source === 'tick') {
    tick(track, input, into)
    return into
  }
  count(track.counters, 'messages_received')
  const decoded = identified(track, input)
  if ('report' in decoded) trackReport(track, decoded.report, input.at, into)
  else count(track.counters, 'rejected', decoded.rejected)
  return into
}
