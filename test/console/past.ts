/**
 * Days that a simulated kit has behind it, brought to a data directory by the real line: a collector that is started
 * there goes on with them. The kit was away for some hours, and the collector once was not running.
 */
import { readSettings } from '../../src/config.ts'
import { minuteInput } from '../../src/intake.ts'
import { openLine } from '../../src/line.ts'
import { createLog } from '../../src/log.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { createKits, createReporter } from '../../src/simulator/reporter.ts'
import type { Input } from '../../src/store/record.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const POLL_MINUTES = 30
const FLUSH_EVERY = 500

/** Hours without a value, counted back from the end. */
const AWAY = { from: 9, to: 7.5 }
const DOWN = { from: 4, to: 3 }

export interface PastOptions {
  readonly dataDir: string
  readonly seed: number
  readonly days: number
  /** So many times slower than a real kit. */
  readonly pace: number
  /** Epoch ms. */
  readonly until: number
  readonly timeZone: string
  /** The kits' sun time less UTC, in ms. */
  readonly offsetMs: number
  /** What the settings say of the kits: the record `fleet` of the line. */
  readonly fleet: object
}

const bytes = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content))

const isIn = ({ from, to }: typeof AWAY, at: number, until: number): boolean =>
  at >= until - from * HOUR_MS && at < until - to * HOUR_MS

/** All that came and passed, in order of time. */
function* inputsOf({ seed, days, pace, until, offsetMs, fleet }: PastOptions): Generator<Input> {
  const startAt = Math.floor((until - days * DAY_MS) / MINUTE_MS) * MINUTE_MS
  const kit = createKits(1, seed, startAt + offsetMs)[0]!
  const from = startAt + offsetMs
  const reporter = createReporter([kit], { account: 'open-past', form: 'open', from, paceOf: () => pace })
  const tick = (at: number, topic: string, content?: unknown): Input => ({
    at,
    source: 'tick',
    topic,
    bytes: content === undefined ? new Uint8Array() : bytes(content),
  })
  const begin = (at: number): Input[] => [tick(at, 'start'), tick(at + 1, 'fleet', fleet)]
  yield* begin(startAt)
  for (let at = startAt + MINUTE_MS; at <= until; at += MINUTE_MS) {
    const isDown = isIn(DOWN, at, until)
    const isHeard = !isDown && !isIn(AWAY, at, until)
    if (!isDown && isIn(DOWN, at - MINUTE_MS, until)) yield* begin(at - MINUTE_MS)
    while (reporter.nextAt() < at + offsetMs) {
      const message = reporter.take(reporter.nextAt())
      if (message && isHeard)
        yield { at: message.at - offsetMs, source: 'mqtt', topic: message.topic, bytes: message.bytes }
    }
    if (isDown) continue
    yield minuteInput(at, 0, 1)
    if (!isHeard || (at / MINUTE_MS) % POLL_MINUTES !== 0) continue
    kit.advance(at + offsetMs)
    const topic = `/iot-open/sign/device/quota/all?sn=${kit.plan.hubSn}`
    yield { at: at + 1, source: 'http', topic, bytes: bytes(quotaAll(kit, 'C')) }
  }
}

/** Resolves when the store holds all of it and the directory is free for a collector. */
export const layPast = async (options: PastOptions): Promise<void> => {
  const { dataDir, timeZone } = options
  const log = createLog('error', 'text')
  const line = await openLine(readSettings({ DATA_DIR: dataDir, TIME_ZONE: timeZone }), log)
  let last = 0
  let fed = 0
  for (const input of inputsOf(options)) {
    last = Math.max(input.at, last + 1)
    if (line.intake.accept({ ...input, at: last }) === undefined) throw new Error('the spool refused a record')
    if (++fed % FLUSH_EVERY === 0) await line.spool.flush()
  }
  await line.spool.flush()
  await line.saveSnapshot()
  await line.drain.idle()
  await line.close(60_000)
}
