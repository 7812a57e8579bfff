/** What the line costs without any I/O, beside parsing the same bytes. */
import { MODULES } from '../src/catalogue/modules.ts'
import { createCatalogue } from '../src/catalogue/vocabulary.ts'
import { createCounters } from '../src/counters.ts'
import { runLine } from '../src/pipeline.ts'
import { createState } from '../src/track/state.ts'
import { createTrack } from '../src/track/track.ts'
import { machine, median } from './fixture/measure.ts'
import { packMessage } from './fixture/messages.ts'

export const title = 'the line without I/O (bytes to lines, 50 fields), beside JSON.parse of the same bytes'

const MESSAGES = 2_000
const ROUNDS = 9
const TURNS = 10
const LIMIT = 4

const topic = '/open/open-bench/M109ZAB4Z000001F/quota'
const messages = Array.from({ length: MESSAGES }, (_, i) => packMessage('M109ZAB4Z000001F', 'M102Z3B4ZE6H0009', i))

/** CPU microseconds per message of `work` over all messages, `TURNS` times. */
const cpuOf = (work: (bytes: Buffer, i: number) => void): number => {
  const before = process.cpuUsage()
  for (let turn = 0; turn < TURNS; turn++) for (let i = 0; i < MESSAGES; i++) work(messages[i]!, turn * MESSAGES + i)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / (MESSAGES * TURNS)
}

export const run = async (): Promise<boolean> => {
  const track = createTrack(createState(), createCatalogue(MODULES), createCounters())
  let at = Date.UTC(2026, 5, 14)
  let characters = 0
  const feed =
    (source: 'file' | 'mqtt') =>
    (bytes: Buffer): void => {
      at += 10
      characters = runLine(track, { at, source, topic, bytes }).raw.length
    }
  const rounds = Array.from({ length: ROUNDS }, () => ({
    parse: cpuOf((bytes) => JSON.parse(bytes.toString())),
    line: cpuOf(feed('file')),
    again: cpuOf(feed('mqtt')),
  })).slice(2)
  const parse = median(rounds.map((round) => round.parse))
  const whole = median(rounds.map((round) => round.line))
  const ratio = median(rounds.map((round) => round.line / round.parse))
  machine()
  console.log(
    `message                 ${messages[0]!.length} B, 50 fields; lines made of it ${characters || 'none (told twice)'}`,
  )
  console.log(`JSON.parse              ${parse.toFixed(2)} µs`)
  console.log(`line, bytes to lines    ${whole.toFixed(2)} µs`)
  console.log(`a message told twice    ${median(rounds.map((round) => round.again)).toFixed(2)} µs`)
  console.log(`ratio                   ${ratio.toFixed(2)} (at most ${LIMIT})`)
  return ratio <= LIMIT
}
