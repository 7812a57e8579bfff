/**
 * One batch on its way to the store: asked again as long as the store keeps it, its rejected lines handed on.
 * Promises: a kept batch comes again, the same, after 1 s to 60 s with jitter, or when the store asked for it; a batch
 * counts as answered only when its rejected lines are kept aside.
 */
import type { Bucket } from '../catalogue/measurements.ts'
import { type Counters, count } from '../counters.ts'
import { ERRORS } from '../errors.ts'
import type { Batch, RejectedLine, Store, StoreProblem, WriteAnswer } from './store.ts'

export interface DeliveryOptions {
  readonly store: Pick<Store, 'write'>
  readonly counters: Counters
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly random: () => number
  readonly onRejected: (lines: readonly RejectedLine[], bucket: Bucket) => Promise<void>
  /** Aborts when the drain stops. */
  readonly signal: AbortSignal
  readonly onAnswer: () => void
}

/** What the drain knows of its batches; `deliver` writes it. */
export interface Delivery {
  readonly options: DeliveryOptions
  readonly kept: Map<Batch, { readonly since: number; readonly problem: StoreProblem }>
  lastAnswer: WriteAnswer['answer'] | undefined
  latencyMs: number | undefined
}

const LEAST_PAUSE_MS = 1000
const MOST_PAUSE_MS = 60_000
/** A store that asks for more than this is asked earlier. */
const MOST_RETRY_AFTER_MS = 3_600_000

/** Between half and all of 1 s, 2 s, 4 s … 60 s, at least 1 s, or what the store asked for when that is longer. */
const pauseMs = (attempt: number, random: number, retryAfterMs = 0): number => {
  const most = Math.min(MOST_PAUSE_MS, LEAST_PAUSE_MS * 2 ** Math.min(attempt, 10))
  const own = Math.max(LEAST_PAUSE_MS, most * (0.5 + random / 2))
  return Math.max(own, Math.min(retryAfterMs, MOST_RETRY_AFTER_MS))
}

/** Rejects when the drain stops. */
export const pause = async ({ options }: Delivery, attempt: number, retryAfterMs?: number): Promise<void> => {
  options.signal.throwIfAborted()
  await options.sleep(pauseMs(attempt, options.random(), retryAfterMs), options.signal).catch(() => {})
  options.signal.throwIfAborted()
}

const keptBecause = (error: unknown): WriteAnswer => {
  const { help } = ERRORS.store_failing
  return { answer: 'kept', error: { code: 'store_failing', message: `the store failed: ${error}`, help } }
}

const ask = async (delivery: Delivery, batch: Batch): Promise<WriteAnswer> => {
  const { store, now } = delivery.options
  const askedAt = now()
  const answer = await store.write(batch).catch(keptBecause)
  delivery.lastAnswer = answer.answer
  delivery.latencyMs = now() - askedAt
  if (answer.answer === 'kept') {
    const since = delivery.kept.get(batch)?.since ?? askedAt
    delivery.kept.set(batch, { since, problem: answer.error })
  } else delivery.kept.delete(batch)
  delivery.options.onAnswer()
  return answer
}

/** Hands rejected lines on, as often as it takes: the cursor must not pass them before they are kept aside. */
const handOn = async (delivery: Delivery, lines: readonly RejectedLine[], bucket: Bucket): Promise<void> => {
  for (let attempt = 0; ; attempt++) {
    try {
      await delivery.options.onRejected(lines, bucket)
      return
    } catch {
      await pause(delivery, attempt)
    }
  }
}

/** Resolves when the store has answered for every line of the batch; rejects when the drain stops first. */
export const deliver = async (delivery: Delivery, batch: Batch): Promise<void> => {
  const { counters } = delivery.options
  const { bucket, lines } = batch
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(delivery, batch)
    if (answer.answer === 'kept') {
      count(counters, 'drain_retries', bucket)
      await pause(delivery, attempt, answer.retryAfterMs)
      continue
    }
    const rejected = answer.answer === 'rejected' ? answer.lines : []
    if (rejected.length > 0) {
      await handOn(delivery, rejected, bucket)
      count(counters, 'drained', `${bucket},rejected`, rejected.length)
    }
    count(counters, 'drained', `${bucket},accepted`, lines.length - rejected.length)
    return
  }
}
