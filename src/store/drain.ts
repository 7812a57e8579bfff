/**
 * Brings what the spool holds to the store. The only place that retries.
 * Two lanes (drain-lane.ts): raw rows, two batches in flight because their order does not matter, and history rows,
 * whose later writing wins, one batch at a time. A store that keeps a mark of its own gets one batch of raw at a time
 * too: its mark would otherwise pass a batch that is still on its way.
 *
 * Promises: every line is delivered at least once; the spool's cursor moves only over records all of whose lines are
 * answered; rejected lines are handed on before it does; a batch that is kept comes again, the same, after 1 s to 60 s
 * or when the store asked for it. A lane that stands still holds the other up only when it is `windowRecords` behind.
 * After a restart records behind the cursor come again; the store takes equal rows once.
 */
import type { Bucket } from '../catalogue/measurements.ts'
import type { Counters } from '../counters.ts'
import { ERRORS } from '../errors.ts'
import { type Delivery, deliver, pause } from './drain-delivery.ts'
import { createLane, type Lane } from './drain-lane.ts'
import { createPages, type Page } from './drain-pages.ts'
import type { Spool } from './spool.ts'
import type { RejectedLine, Store, StoreProblem, WriteAnswer } from './store.ts'

export interface DrainOptions {
  readonly spool: Pick<Spool, 'id' | 'durableSeq' | 'cursor' | 'onDurable' | 'read' | 'acknowledge'>
  readonly store: Pick<Store, 'write' | 'committed'>
  readonly counters: Counters
  readonly now: () => number
  /** Ends early, by resolving or rejecting, when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1. */
  readonly random: () => number
  /** Keeps the lines aside, durably; when it rejects it is asked again. */
  readonly onRejected: (lines: readonly RejectedLine[], bucket: Bucket) => Promise<void>
  /** After each answer of the store. */
  readonly onStatus?: (status: DrainStatus) => void
  /** How long the first line of a batch waits for others: 200 ms, or 1 s and more for a store with dear commits. */
  readonly lingerMs?: number
  readonly batchLines?: number
  readonly batchBytes?: number
  /** How many records one lane may be ahead of the cursor. */
  readonly windowRecords?: number
}

export interface DrainStatus {
  readonly cursor: number
  /** Batches the store has not answered for. */
  readonly inFlight: number
  readonly lastAnswer?: WriteAnswer['answer']
  /** Since when a batch is kept; epoch ms. */
  readonly keptSince?: number
  /** Why it is kept, or why nothing can be read. */
  readonly problem?: StoreProblem
  /** Of the last answer. */
  readonly latencyMs?: number
}

export interface Drain {
  start(): void
  /** Resolves when what is in flight has come back. Batches that are kept stay in the spool. */
  stop(): Promise<void>
  /** Everything that is durable now is answered; resolves also when the drain stops first. */
  idle(): Promise<void>
  status(): DrainStatus
}

interface State {
  readonly options: DrainOptions
  readonly stopping: AbortController
  lanes: readonly Lane[]
  running: Promise<void> | undefined
  readonly read: (afterSeq: number) => Promise<Page>
  /** Lanes that wait for something to do. */
  sleeping: { readonly isOver: () => boolean; readonly wake: () => void }[]
  idlers: { readonly upTo: number; readonly resolve: () => void }[]
  readonly delivery: Delivery
  readProblem: StoreProblem | undefined
}

const statusOf = (state: State): DrainStatus => {
  const { lastAnswer, latencyMs, kept } = state.delivery
  const [oldest] = kept.values()
  const problem = oldest?.problem ?? state.readProblem
  return {
    cursor: state.options.spool.cursor,
    inFlight: state.lanes.reduce((sum, lane) => sum + lane.inFlight(), 0),
    ...(lastAnswer !== undefined && { lastAnswer }),
    ...(oldest !== undefined && { keptSince: oldest.since }),
    ...(problem !== undefined && { problem }),
    ...(latencyMs !== undefined && { latencyMs }),
  }
}

const isStopped = ({ stopping }: State): boolean => stopping.signal.aborted

/** After what may give the lanes something to do: a commit, a moved cursor, hurry, the end. */
const wake = (state: State): void => {
  for (const one of state.sleeping) if (one.isOver()) one.wake()
}

const answeredSeq = ({ lanes, options }: State): number =>
  lanes.length === 0 ? options.spool.cursor : Math.min(...lanes.map((lane) => lane.answeredSeq()))

const settleIdlers = (state: State): void => {
  const answered = isStopped(state) ? Number.POSITIVE_INFINITY : answeredSeq(state)
  for (const one of state.idlers) if (one.upTo <= answered) one.resolve()
  state.idlers = state.idlers.filter((one) => one.upTo > answered)
}

const progress = (state: State): void => {
  const { spool } = state.options
  const before = spool.cursor
  spool.acknowledge(answeredSeq(state))
  settleIdlers(state)
  if (spool.cursor !== before) wake(state)
}

const readPage = async (state: State, afterSeq: number): Promise<Page> => {
  for (let attempt = 0; ; attempt++) {
    try {
      const page = await state.read(afterSeq)
      state.readProblem = undefined
      return page
    } catch (error) {
      const { help } = ERRORS.spool_unreadable
      state.readProblem = { code: 'spool_unreadable', message: `the spool cannot be read: ${error}`, help }
      await pause(state.delivery, attempt)
    }
  }
}

const waitFor = async (state: State, ms: number, isOver: () => boolean): Promise<void> => {
  if (isOver()) return
  const awake = new AbortController()
  const sleeper = { isOver, wake: () => awake.abort() }
  state.sleeping.push(sleeper)
  if (ms === Number.POSITIVE_INFINITY) await new Promise((resolve) => awake.signal.addEventListener('abort', resolve))
  else await state.options.sleep(ms, awake.signal).catch(() => {})
  state.sleeping = state.sleeping.filter((one) => one !== sleeper)
}

/** A store's own mark is the truth about it, also behind the cursor (restored from a copy); one above all is useless. */
const beginOf = (state: State, mark: number | undefined): number => {
  const { cursor, durableSeq } = state.options.spool
  return mark === undefined || mark > durableSeq ? cursor : mark
}

const markOf = async (state: State, bucket: Bucket): Promise<number | undefined> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await state.options.store.committed(state.options.spool.id, bucket)
    } catch {
      await pause(state.delivery, attempt)
    }
  }
}

const openLane = (state: State, bucket: Bucket, mark: number | undefined): Lane => {
  const { options } = state
  return createLane({
    bucket,
    spoolId: options.spool.id,
    afterSeq: beginOf(state, mark),
    limit: bucket === 'raw' && mark === undefined ? 2 : 1,
    batchLines: options.batchLines ?? 5000,
    batchBytes: options.batchBytes ?? 1_000_000,
    lingerMs: options.lingerMs ?? 200,
    now: options.now,
    read: (afterSeq) => readPage(state, afterSeq),
    wait: (ms, isOver) => waitFor(state, ms, isOver),
    durableSeq: () => options.spool.durableSeq,
    horizon: () => options.spool.cursor + (options.windowRecords ?? 200_000),
    isHurried: () => state.idlers.length > 0,
    isStopped: () => isStopped(state),
    deliver: (batch) => deliver(state.delivery, batch),
    onProgress: () => progress(state),
  })
}

const run = async (state: State): Promise<void> => {
  try {
    const marks = [await markOf(state, 'raw'), await markOf(state, 'history')] as const
    state.lanes = [openLane(state, 'raw', marks[0]), openLane(state, 'history', marks[1])]
    // the store may hold everything already: whoever waits then waits for nothing more
    progress(state)
    await Promise.all(state.lanes.map((lane) => lane.run()))
  } catch (error) {
    if (!isStopped(state)) throw error
  }
}

const idle = (state: State): Promise<void> =>
  new Promise((resolve) => {
    state.idlers.push({ upTo: state.options.spool.durableSeq, resolve })
    settleIdlers(state)
    wake(state)
  })

export const createDrain = (options: DrainOptions): Drain => {
  const stopping = new AbortController()
  const onAnswer = (): void => options.onStatus?.(statusOf(state))
  const deliveryOptions = { ...options, signal: stopping.signal, onAnswer }
  const state: State = {
    options,
    stopping,
    lanes: [],
    running: undefined,
    read: createPages(options.spool, () => Math.min(...state.lanes.map((lane) => lane.readSeq()))),
    sleeping: [],
    idlers: [],
    delivery: { options: deliveryOptions, kept: new Map(), lastAnswer: undefined, latencyMs: undefined },
    readProblem: undefined,
  }
  options.spool.onDurable(() => wake(state))
  return {
    start: () => {
      state.running ??= run(state)
    },
    stop: async () => {
      state.stopping.abort()
      wake(state)
      await state.running
      settleIdlers(state)
    },
    idle: () => idle(state),
    status: () => statusOf(state),
  }
}
