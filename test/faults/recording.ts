/** A fixed recording in virtual time: pushes of simulated kits, a poll a minute of each, and the whole minutes. */
import { minuteInput } from '../../src/intake.ts'
import { quotaAll } from '../../src/simulator/quota-all.ts'
import { createKits, createReporter } from '../../src/simulator/reporter.ts'
import type { Input } from '../../src/store/record.ts'

const MINUTE_MS = 60_000
const SHAPES = ['A', 'B', 'C', 'double'] as const

export interface RecordingOptions {
  readonly kits: number
  readonly minutes: number
  readonly seed: number
  /** How many times slower than they would the kits speak; 1 when left out. */
  readonly pace?: number
  /** Minutes between two polls; 1 when left out. */
  readonly pollMinutes?: number
  /** Minutes in which nothing comes of any kit. */
  readonly isAway?: (minute: number) => boolean
}

const START_AT = Date.UTC(2026, 5, 14, 11, 58)

/** Inputs in the order of time; no two at the same instant. */
export const makeRecording = (options: RecordingOptions): Input[] => {
  const { kits: count, minutes, seed, pace = 1, pollMinutes = 1, isAway = () => false } = options
  const kits = createKits(count, seed, START_AT)
  const reporter = createReporter(kits, {
    account: 'open-recording',
    form: seed % 2 === 0 ? 'open' : 'app',
    from: START_AT,
    paceOf: () => pace,
  })
  const inputs: Input[] = []
  let last = 0
  const add = (input: Input): void => {
    last = Math.max(input.at, last + 1)
    inputs.push({ ...input, at: last })
  }
  for (let minute = 1; minute <= minutes; minute++) {
    const until = START_AT + minute * MINUTE_MS
    while (reporter.nextAt() < until) {
      const message = reporter.take(reporter.nextAt())
      if (message && !isAway(minute))
        add({ at: message.at, source: 'mqtt', topic: message.topic, bytes: message.bytes })
    }
    last = Math.max(last, until - 1)
    add(minuteInput(until, 0, 1))
    for (const kit of minute % pollMinutes === 0 && !isAway(minute) ? kits : []) {
      kit.advance(until)
      const answer = quotaAll(kit, SHAPES[minute % SHAPES.length]!)
      const topic = `/iot-open/sign/device/quota/all?sn=${kit.plan.hubSn}`
      add({ at: until + 1, source: 'http', topic, bytes: new TextEncoder().encode(JSON.stringify(answer)) })
    }
  }
  return inputs
}
