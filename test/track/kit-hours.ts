/** Hours of a kit in virtual time, for tests: stretches with pushes, polls, both or neither, and what is written. */
import type { Point } from '../../src/store/line-protocol.ts'
import type { Input } from '../../src/store/record.ts'
import { createLine, DCOU, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

interface Stretch {
  /** Seconds between pushes; absent: none. */
  readonly pushes?: number
  /** Seconds between polls; absent: none. */
  readonly polls?: number
  /** The second after START whose snapshot every poll repeats; absent: the present one. */
  readonly frozenAt?: number
  /** Power into the pack; absent: 300 W. */
  readonly watts?: number
  /** Modules that push; absent: both. */
  readonly modules?: readonly string[]
}

export interface KitHours {
  readonly line: VirtualLine
  readonly rows: Point[]
  /** From one second after START to another, both whole; the first one belongs to it. */
  stretch(from: number, to: number, what: Stretch): void
  tell(seconds: number, topic: string, content?: unknown): void
  run(input: Input): void
}

/** What the cloud's snapshot says of that second: power flows, so it moves, unless it is told that none does. */
const snapshotOf = (seconds: number, watts: number): object => ({
  bp5000: { [PACK]: { soc: 70, inWatts: watts, vol: watts < 20 ? 53_000 : 53_000 + seconds } },
  bbcout: { [DCOU]: { ldOutVol: 26_000, hs1Temp: 30 } },
})

const pushed: Readonly<Record<string, (seconds: number) => object>> = {
  [PACK]: (seconds) => ({ soc: 70, vol: 53_000 + (seconds % 400) }),
  [DCOU]: (seconds) => ({ ldOutVol: 26_000 + (seconds % 100) }),
}

export const createHours = (): KitHours => {
  const line = createLine()
  const rows: Point[] = []
  const run = (input: Input): void => void rows.push(...line.run(input))
  const tell = (seconds: number, topic: string, content: unknown = ''): void =>
    run({ at: START + seconds * 1000, source: 'tick', topic, bytes: Buffer.from(JSON.stringify(content)) })
  const second = (at: number, what: Stretch): void => {
    if (at % 60 === 0) rows.push(...line.minute(at))
    if (what.pushes !== undefined && at % what.pushes === 0)
      for (const sn of what.modules ?? [PACK, DCOU]) rows.push(...line.push(at, sn, pushed[sn]!(at)))
    if (what.polls !== undefined && at % what.polls === what.polls / 2)
      rows.push(...line.poll(at, snapshotOf(what.frozenAt ?? at, what.watts ?? 300)))
  }
  return {
    line,
    rows,
    stretch: (from, to, what) => {
      for (let at = from; at < to; at++) second(at, what)
    },
    tell,
    run,
  }
}

/** The gaps of a series as the store has them in the end: start and end in seconds after START, the cause, whether open. */
export const gapsOf = (rows: readonly Point[], moduleSn = 'all'): [number, number, unknown, unknown][] => {
  const last = new Map<number, [number, number, unknown, unknown]>()
  for (const { measurement, tags, fields, at } of rows)
    if (measurement === 'gap' && tags.module_sn === moduleSn)
      last.set(at, [
        (at - START) / 1000,
        (Number(fields.end_ms) - START) / 1000,
        fields.cause,
        fields.is_open === 1 ? 'open' : 'over',
      ])
  return [...last.values()].sort(([a], [b]) => a - b)
}

/** Changes of the verdict as told: the second after START in which they were noticed, and what changed. */
export const changesOf = (rows: readonly Point[], moduleSn = 'all'): [number, unknown][] =>
  rows
    .filter(
      ({ measurement, tags, fields }) =>
        measurement === 'event' && tags.module_sn === moduleSn && fields.kind === 'verdict_changed',
    )
    .map(({ fields }) => [(Number(fields.end_ms) - START) / 1000, fields.details])

/** Stamps of rows that carry values, in seconds after START. */
export const valuesAt = (rows: readonly Point[]): number[] =>
  rows
    .filter(({ measurement }) => measurement === 'battery' || measurement === 'dc_output')
    .map(({ at }) => (at - START) / 1000)

/** A message of the kit that nobody can read. */
export const garbage = (seconds: number): Input => ({
  at: START + seconds * 1000,
  source: 'mqtt',
  topic: `/open/account/${KIT}/quota`,
  bytes: Buffer.from('{"params":'),
})

/** The cloud's word on whether the kit is connected. */
export const statusWord = (seconds: number, status: 0 | 1): Input => ({
  at: START + seconds * 1000,
  source: 'mqtt',
  topic: `/open/account/${KIT}/status`,
  bytes: Buffer.from(JSON.stringify({ params: { status } })),
})
