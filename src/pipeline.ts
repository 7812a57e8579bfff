/**
 * The line: one input in, its lines out. Bytes become a report, the report samples, the samples lines of the two
 * buckets. What is refused is counted by its reason; nothing here waits, throws, or reads a clock.
 */
import type { CommandRecord } from './control/command-record.ts'
import { count } from './counters.ts'
import { decode } from './report/decode.ts'
import type { Decoded } from './report/report.ts'
import type { Input, Lines } from './store/record.ts'
import { type AlertNews, trackAlert } from './track/alert-events.ts'
import { trackCommand } from './track/commands.ts'
import type { LineBuilder } from './track/encode.ts'
import { isRepeated } from './track/identity.ts'
import {
  type CloudNews,
  type NamedKits,
  trackClock,
  trackCloud,
  trackFleet,
  trackLoss,
  trackRenewal,
  trackStart,
} from './track/notes.ts'
import { trackTick } from './track/tick.ts'
import { type Track, trackRejected, trackReport } from './track/track.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Inputs of our own: a minute (in turns), which kits there are, a start of the collector (the last input before it was
 * at `lastAt`), clouds that went down or are up again, sessions connected anew, records that the spool had to drop, a clock that was set, alerts, and what becomes of a
 * set command. */
const tick = ({ state }: Track, { topic, bytes, at }: Input, lastAt: number, into: LineBuilder): void => {
  const [what, part = '0', parts = '1'] = topic.split('/')
  if (what === 'minute') trackTick(state, at, Number(part), Number(parts), into)
  else if (what === 'fleet') trackFleet(state, JSON.parse(text(bytes)) as NamedKits)
  else if (what === 'start') trackStart(state, lastAt, at, into)
  else if (what === 'cloud') trackCloud(state, part === 'down', JSON.parse(text(bytes)) as CloudNews, at, into)
  else if (what === 'session') trackRenewal(state, JSON.parse(text(bytes)) as CloudNews, at)
  else if (what === 'loss') trackLoss(state, JSON.parse(text(bytes)), into)
  else if (what === 'command') trackCommand(state, JSON.parse(text(bytes)) as CommandRecord, into)
  else if (what === 'alert') trackAlert(state, JSON.parse(text(bytes)) as AlertNews, at, into)
  else if (what === 'clock') trackClock(state, Number(part), at, into)
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
  const { lastAt } = track.state
  track.state.lastAt = Math.max(lastAt, input.at)
  if (input.source === 'tick') {
    tick(track, input, lastAt, into)
    return into
  }
  count(track.counters, 'messages_received')
  const decoded = identified(track, input)
  if ('report' in decoded) trackReport(track, decoded.report, input.at, into, input.source === 'file')
  else {
    count(track.counters, 'rejected', decoded.rejected)
    if (input.source === 'mqtt') trackRejected(track.state, input.topic, decoded.rejected, input.at)
  }
  return into
}
