/**
 * What the line costs without any I/O, beside parsing the same bytes. Every message is another one, received over
 * MQTT, and its lines are written out as bytes: text that was only joined would leave its cost to the spool.
 */
import { MODULES } from '../src/catalogue/modules.ts'
import { createCatalogue } from '../src/catalogue/vocabulary.ts'
import { createCounters, total } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { createState } from '../src/track/state.ts'
import { createTrack, type Track } from '../src/track/track.ts'
import { machine, median } from './fixture/measure.ts'
import { packMessage } from './fixture/messages.ts'

export const title = 'the line without I/O (bytes to bytes of lines, 50 fields), beside JSON.parse of the same bytes'

const MESSAGES = 20_000
const ROUNDS = 11
/** Rounds in which the engine still learns what is hot. */
const WARM_UP = 2
const LIMIT = 4

const topic = '/open/open-bench/M109ZAB4Z000001F/quota'
const messages = Array.from({ length: MESSAGES }, (_, i) => packMessage('M109ZAB4Z000001F', 'M102Z3B4ZE6H0009', i))

/** CPU microseconds per message of `work` over all messages. */
const cpuOf = (work: (bytes: Buffer) => void): number => {
  const before = process.cpuUsage()
  for (const bytes of messages) work(bytes)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / MESSAGES
}

/** Brings messages through the line; `length` is that of the last one's lines. */
const feeder = (track: Track) => {
  const written = Buffer.alloc(65_536)
  let at = Date.UTC(2026, 5, 14)
  return (bytes: Buffer): number => {
    at += 10
    return written.write(runLine(track, { at, source: 'mqtt', topic, bytes }).raw)
  }
}

export const run = async (): Promise<boolean> => {
  const counters = createCounters()
  const feed = feeder(createTrack(createState(), createCatalogue(MODULES), counters))
  const rounds = Array.from({ length: ROUNDS }, () => ({
    parse: cpuOf((bytes) => JSON.parse(bytes.toString())),
    line: cpuOf(feed),
  })).slice(WARM_UP)
  const ratio = median(rounds.map((round) => round.line / round.parse))
  const [reports, repeated] = [total(counters, 'reports'), total(counters, 'rejected')]
  machine()
  console.log(`message                 ${messages[0]!.length} B, 50 fields; its lines ${feed(messages[0]!)} B`)
  console.log(`messages                ${reports} through the whole line, ${repeated} refused`)
  console.log(`JSON.parse              ${median(rounds.map((round) => round.parse)).toFixed(2)} µs of CPU`)
  console.log(`line, bytes to bytes    ${median(rounds.map((round) => round.line)).toFixed(2)} µs of CPU`)
  console.log(`ratio                   ${ratio.toFixed(2)} (at most ${LIMIT})`)
  return ratio <= LIMIT && repeated === 0
}
