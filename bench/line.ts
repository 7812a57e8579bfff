/**
 * What the line costs without any I/O, beside parsing the same bytes. Every message is another one, received over MQTT
 * on a topic of its own making; its lines are flat text, since text that was only joined would leave its cost to the
 * spool. Short turns of both, one after the other, see the same machine.
 */
import { MODULES } from '../src/catalogue/modules.ts'
import { createCatalogue } from '../src/catalogue/vocabulary.ts'
import { createCounters, total } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { createState } from '../src/track/state.ts'
import { createTrack, type Track } from '../src/track/track.ts'
import { machine, median } from './fixture/measure.ts'
import { packMessage } from './fixture/messages.ts'

export const title = 'the line without I/O (bytes to lines, 50 fields), beside JSON.parse of the same bytes'

const TURNS = 300
const MESSAGES = 1000
/** Turns in which the engine still learns what is hot. */
const WARM_UP = 60
const LIMIT = 4

const TOPIC = Buffer.from('/open/open-bench/M109ZAB4Z000001F/quota')

interface Message {
  readonly topic: string
  readonly bytes: Buffer
}

/** The messages of a turn: no two of a run are alike. */
const messagesOf = (turn: number): Message[] =>
  Array.from({ length: MESSAGES }, (_, i) => ({
    topic: TOPIC.toString(),
    bytes: packMessage('M109ZAB4Z000001F', 'M102Z3B4ZE6H0009', turn * MESSAGES + i),
  }))

/** CPU microseconds per message of `work`. */
const cpuOf = (messages: readonly Message[], work: (message: Message) => unknown): number => {
  const before = process.cpuUsage()
  for (const message of messages) work(message)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / messages.length
}

const feeder = (track: Track) => {
  let at = Date.UTC(2026, 5, 14)
  return ({ topic, bytes }: Message): string => {
    at += 10
    const { raw } = runLine(track, { at, source: 'mqtt', topic, bytes })
    // Looking at a character makes the text flat.
    raw.charCodeAt(raw.length - 1)
    return raw
  }
}

export const run = async (): Promise<boolean> => {
  const counters = createCounters()
  const [toLines, toBytes] = [counters, createCounters()].map((each) =>
    feeder(createTrack(createState(), createCatalogue(MODULES), each)),
  ) as [(message: Message) => string, (message: Message) => string]
  const written = Buffer.alloc(65_536)
  const turns = Array.from({ length: TURNS }, (_, turn) => {
    const messages = messagesOf(turn)
    return {
      parse: cpuOf(messages, ({ bytes }) => JSON.parse(bytes.toString())),
      lines: cpuOf(messages, toLines),
      bytes: cpuOf(messages, (message) => written.write(toBytes(message))),
    }
  }).slice(WARM_UP)
  const of = (what: 'parse' | 'lines' | 'bytes'): string => median(turns.map((turn) => turn[what])).toFixed(2)
  const ratio = median(turns.map(({ lines, parse }) => lines / parse))
  const toTheSpool = median(turns.map(({ bytes, parse }) => bytes / parse))
  const [reports, repeated] = [total(counters, 'reports'), total(counters, 'rejected')]
  const [first] = messagesOf(TURNS) as [Message]
  machine()
  console.log(`message                 ${first.bytes.length} B, 50 fields; its lines ${toLines(first).length} B`)
  console.log(`messages                ${reports} through the whole line, ${repeated} refused`)
  console.log(`JSON.parse              ${of('parse')} µs of CPU`)
  console.log(`line, bytes to lines    ${of('lines')} µs of CPU, ${ratio.toFixed(2)} times as much (at most ${LIMIT})`)
  console.log(`the same and encoded    ${of('bytes')} µs of CPU, ${toTheSpool.toFixed(2)} times as much`)
  return ratio <= LIMIT && repeated === 0
}
