/**
 * Weeks of a simulated kit through the real line, without sockets and disks: what the stores would have been given. The
 * kit speaks slower than real ones, is away for some hours, and the collector once was not running.
 */
import { minuteInput } from '../../src/intake.ts'
import { runLine } from '../../src/pipeline.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { createKits, createReporter } from '../../src/simulator/reporter.ts'
import type { Input } from '../../src/store/record.ts'
import type { TrackState } from '../../src/track/state.ts'
import { createEmpty } from '../http/van.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const START_AT = Date.UTC(2026, 5, 1, 4)
/** So many times slower than a real kit: weeks pass in a minute. */
const PACE = 15
const POLL_MINUTES = 30

export interface SimulatedWeeks {
  readonly state: TrackState
  readonly kitSn: string
  readonly fromAt: number
  readonly toAt: number
  /** Of the last `rawDays` only: older ones are past their time. */
  readonly raw: readonly string[]
  readonly history: readonly string[]
}

const bytes = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content))

/** Hours on which nothing comes, by the day on which they begin. */
const AWAY = { day: 1, hours: 7 }
const DOWN = { day: 2, hours: 5 }

const isIn = ({ day, hours }: typeof AWAY, at: number): boolean => {
  const from = START_AT + day * DAY_MS + 9 * HOUR_MS
  return at >= from && at < from + hours * HOUR_MS
}

/** `days` of them; the same every time. */
export const simulateWeeks = (days: number, rawDays: number): SimulatedWeeks => {
  const track = createEmpty()
  const kit = createKits(1, 11, START_AT)[0]!
  const kitSn = kit.plan.hubSn
  const reporter = createReporter([kit], { account: 'open-weeks', form: 'open', from: START_AT, paceOf: () => PACE })
  const toAt = START_AT + days * DAY_MS
  const raw: string[] = []
  const history: string[] = []
  let last = 0
  const feed = (input: Input): void => {
    last = Math.max(input.at, last + 1)
    const lines = runLine(track, { ...input, at: last })
    if (lines.history !== '') history.push(...lines.history.split('\n').filter(Boolean))
    if (lines.raw !== '' && last >= toAt - rawDays * DAY_MS) raw.push(...lines.raw.split('\n').filter(Boolean))
  }
  const tick = (at: number, topic: string, content?: unknown): void =>
    feed({ at, source: 'tick', topic, bytes: content === undefined ? new Uint8Array() : bytes(content) })
  const begin = (at: number): void => {
    tick(at, 'start')
    tick(at, 'fleet', { [kitSn]: { name: 'Van', timeZone: 'Europe/Berlin' } })
  }
  begin(START_AT)
  for (let at = START_AT + MINUTE_MS; at <= toAt; at += MINUTE_MS) {
    const isHeard = !isIn(AWAY, at) && !isIn(DOWN, at)
    if (isIn(DOWN, at - MINUTE_MS) && !isIn(DOWN, at)) begin(at - MINUTE_MS)
    while (reporter.nextAt() < at) {
      const message = reporter.take(reporter.nextAt())
      if (message && isHeard) feed({ at: message.at, source: 'mqtt', topic: message.topic, bytes: message.bytes })
    }
    if (isIn(DOWN, at)) continue
    last = Math.max(last, at - 1)
    feed(minuteInput(at, 0, 1))
    if (!isHeard || (at / MINUTE_MS) % POLL_MINUTES !== 0) continue
    kit.advance(at)
    feed({
      at: at + 1,
      source: 'http',
      topic: `/iot-open/sign/device/quota/all?sn=${kitSn}`,
      bytes: bytes(quotaAll(kit, 'C')),
    })
  }
  return { state: track.state, kitSn, fromAt: START_AT, toAt, raw, history }
}
