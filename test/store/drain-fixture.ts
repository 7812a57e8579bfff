/** Virtual time, a spool in memory and a store that follows a script: the drain's world without a disk. */
import type { Bucket } from '../../src/catalogue/measurements.ts'
import { createCounters } from '../../src/counters.ts'
import { createDrain, type Drain, type DrainOptions } from '../../src/store/drain.ts'
import type { Lines, SpoolRecord } from '../../src/store/record.ts'
import type { Batch, RejectedLine, WriteAnswer } from '../../src/store/store.ts'

export interface VirtualTime {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Lets everything happen that is due within `ms`. */
  pass(ms: number): Promise<void>
}

/** Lets all promises that can settle do so. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const createTime = (): VirtualTime => {
  let now = 0
  let sleepers: { at: number; wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          sleepers = sleepers.filter((one) => one !== sleeper)
          signal?.removeEventListener('abort', end)
          resolve()
        }
        const sleeper = { at: now + ms, wake: end }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', end)
      }),
    pass: async (ms) => {
      const end = now + ms
      await settle()
      for (;;) {
        const next = sleepers.sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        now = Math.max(now, next.at)
        next.wake()
        await settle()
      }
      now = end
    },
  }
}

type DrainedSpool = DrainOptions['spool']

export interface MemorySpool extends DrainedSpool {
  readonly records: SpoolRecord[]
  add(...lines: Partial<Lines>[]): void
}

export const createMemorySpool = (): MemorySpool => {
  const records: SpoolRecord[] = []
  const listeners: ((seq: number) => void)[] = []
  let cursor = 0
  return {
    id: '00112233445566778899aabbccddeeff',
    records,
    get durableSeq() {
      return records.length
    },
    get cursor() {
      return cursor
    },
    onDurable: (listener) => void listeners.push(listener),
    read: async (afterSeq, maxBytes) => records.slice(afterSeq, afterSeq + Math.max(1, Math.floor(maxBytes / 50_000))),
    acknowledge: (seq) => {
      cursor = Math.max(cursor, Math.min(seq, records.length))
    },
    add: (...all) => {
      for (const lines of all) {
        const seq = records.length + 1
        const input = { at: seq, source: 'mqtt', topic: 't', bytes: Buffer.alloc(0) } as const
        records.push({ seq, input, lines: { raw: '', history: '', ...lines } })
      }
      for (const listener of listeners) listener(records.length)
    },
  }
}

/** What the store shall say to a batch, and after how long. Undefined: accepted, at once. */
export type Script = (batch: Batch, asked: number) => { answer: WriteAnswer; afterMs?: number } | undefined

export const keep = (retryAfterMs?: number): WriteAnswer => ({
  answer: 'kept',
  error: { code: 'store_unreachable', message: 'the store is away', help: 'bring it back' },
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

export interface World {
  readonly time: VirtualTime
  readonly spool: MemorySpool
  readonly drain: Drain
  /** Every batch asked for, in order, with the time. */
  readonly asked: { readonly at: number; readonly batch: Batch }[]
  /** Lines the store holds, in order of arrival. */
  readonly stored: Record<Bucket, string[]>
  readonly aside: RejectedLine[]
  readonly counters: Map<string, number>
  inFlight: Record<Bucket, number>
  mostInFlight: Record<Bucket, number>
}

export const createWorld = (
  script: Script = () => undefined,
  options: Partial<DrainOptions> = {},
  spool: MemorySpool = createMemorySpool(),
  marks?: Record<Bucket, number>,
): World => {
  const time = createTime()
  const counters = createCounters()
  const asked: World['asked'] = []
  const stored: World['stored'] = { raw: [], history: [] }
  const aside: RejectedLine[] = []
  const inFlight = { raw: 0, history: 0 }
  const mostInFlight = { raw: 0, history: 0 }
  const write = async (batch: Batch): Promise<WriteAnswer> => {
    asked.push({ at: time.now(), batch })
    inFlight[batch.bucket]++
    mostInFlight[batch.bucket] = Math.max(mostInFlight[batch.bucket], inFlight[batch.bucket])
    const said = script(batch, asked.length)
    if (said?.afterMs) await time.sleep(said.afterMs)
    inFlight[batch.bucket]--
    const answer = said?.answer ?? { answer: 'accepted' }
    const refused = answer.answer === 'rejected' ? answer.lines.map((one) => one.line) : []
    if (answer.answer !== 'kept') stored[batch.bucket].push(...batch.lines.filter((line) => !refused.includes(line)))
    return answer
  }
  const drain = createDrain({
    spool,
    store: { write, committed: async (_, bucket) => marks?.[bucket] },
    counters,
    now: time.now,
    sleep: time.sleep,
    random: () => 0.5,
    onRejected: async (lines) => void aside.push(...lines),
    ...options,
  })
  return { time, spool, drain, asked, stored, aside, counters, inFlight, mostInFlight }
}
