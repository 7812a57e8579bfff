/**
 * What the line costs without any I/O, beside parsing the same bytes, and what power flow, energy and hourly values add
 * to it. Every message is another one, received over MQTT on a topic of its own making, five a second; its lines are
 * flat text, since text that was only joined would leave its cost to the spool. Short turns of all, one after the other,
 * see the same machine.
 */
import { MODULES } from '../src/catalogue/modules.ts'
import { createCatalogue } from '../src/catalogue/vocabulary.ts'
import { type Counters, createCounters, total } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { holdHour, trackHour } from '../src/track/hourly.ts'
import { FRESHNESS } from '../src/track/numbers.ts'
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
/** What history may add (µs of CPU per message), and the part of it that hourly values may. */
const MOST_ADDED = 4
const MOST_HOURLY = 1.5
const STEP_MS = 200

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

const START = Date.UTC(2026, 5, 14)

const feeder = (track: Track) => {
  let at = START
  return ({ topic, bytes }: Message): string => {
    at += STEP_MS
    const { raw, history } = runLine(track, { at, source: 'mqtt', topic, bytes })
    // Looking at a character makes the text flat.
    raw.charCodeAt(raw.length - 1)
    history.charCodeAt(history.length - 1)
    return raw
  }
}

const trackOf = (keepsHistory: boolean, counters = createCounters()): Track =>
  createTrack(createState(FRESHNESS, keepsHistory), createCatalogue(MODULES), counters)

/** The hours of a pack alone, as its reports call them. */
const createHours = (): (() => void) => {
  const track = trackOf(true)
  feeder(track)(messagesOf(TURNS)[0]!)
  const [kit] = track.state.kits.values()
  const [module] = kit!.modules.values()
  const into = { raw: '', history: '' }
  let at = START + STEP_MS
  return () => {
    holdHour(module!)
    trackHour(kit!, module!, at, at + STEP_MS, into)
    at += STEP_MS
    into.history = ''
  }
}

/** Of a run: µs of CPU per message, turn by turn. */
const turnsOf = (counters: Counters) => {
  const [alone, toBytes] = [feeder(trackOf(false)), feeder(trackOf(false))]
  const withHistory = feeder(trackOf(true, counters))
  const hours = createHours()
  const written = Buffer.alloc(65_536)
  return Array.from({ length: TURNS }, (_, turn) => {
    const messages = messagesOf(turn)
    return {
      parse: cpuOf(messages, ({ bytes }) => JSON.parse(bytes.toString())),
      lines: cpuOf(messages, alone),
      history: cpuOf(messages, withHistory),
      hourly: cpuOf(messages, hours),
      bytes: cpuOf(messages, (message) => written.write(toBytes(message))),
    }
  }).slice(WARM_UP)
}

export const run = async (): Promise<boolean> => {
  const counters = createCounters()
  const turns = turnsOf(counters)
  const of = (what: keyof (typeof turns)[0]): string => median(turns.map((turn) => turn[what])).toFixed(2)
  const ratio = median(turns.map(({ lines, parse }) => lines / parse))
  const toTheSpool = median(turns.map(({ bytes, parse }) => bytes / parse))
  const added = median(turns.map(({ history, lines }) => history - lines))
  const hourly = median(turns.map((turn) => turn.hourly))
  const [reports, repeated] = [total(counters, 'reports'), total(counters, 'rejected')]
  const [first] = messagesOf(TURNS) as [Message]
  machine()
  console.log(
    `message                 ${first.bytes.length} B, 50 fields; its lines ${feeder(trackOf(false))(first).length} B`,
  )
  console.log(`messages                ${reports} through the whole line, ${repeated} refused`)
  console.log(`JSON.parse              ${of('parse')} µs of CPU`)
  console.log(`line, bytes to lines    ${of('lines')} µs of CPU, ${ratio.toFixed(2)} times as much (at most ${LIMIT})`)
  console.log(`the same and encoded    ${of('bytes')} µs of CPU, ${toTheSpool.toFixed(2)} times as much`)
  console.log(`the same with history   ${of('history')} µs of CPU, ${added.toFixed(2)} more (at most ${MOST_ADDED})`)
  console.log(`of it hourly values     ${hourly.toFixed(2)} µs of CPU (at most ${MOST_HOURLY})`)
  return ratio <= LIMIT && added <= MOST_ADDED && hourly <= MOST_HOURLY && repeated === 0
}
