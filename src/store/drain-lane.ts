/**
 * One bucket's way from the spool to the store: reads records in order, gathers their lines to batches of whole
 * records, and keeps each batch until the store has answered for it.
 * Promises: batches are made in spool order; at most `limit` are unanswered; with a limit of one the store sees them in
 * order. `answeredSeq` never passes a record with a line that is not answered. The spool is read when a batch is due and
 * not with each commit, which would cost more than what is read. Leaves the cursor to drain.ts.
 */
import type { Bucket } from '../catalogue/measurements.ts'
import type { SpoolLines } from './record.ts'
import type { Batch } from './store.ts'

export interface LaneOptions {
  readonly bucket: Bucket
  readonly spoolId: string
  /** Where the lane begins: all records up to here are answered. */
  readonly afterSeq: number
  readonly limit: number
  readonly batchLines: number
  readonly batchBytes: number
  readonly lingerMs: number
  readonly now: () => number
  /** Durable records behind the number, or none and the number up to which there is nothing to read. */
  readonly read: (afterSeq: number) => Promise<{ records: readonly SpoolLines[]; upTo: number }>
  /** Resolves after `ms`, or as soon as `isOver` after something happened: a commit, a moved cursor, hurry, the end. */
  readonly wait: (ms: number, isOver: () => boolean) => Promise<void>
  readonly durableSeq: () => number
  /** How far the lane may read now; beyond it the other lane is too far behind. */
  readonly horizon: () => number
  /** Somebody waits for the end: batches go as they are. */
  readonly isHurried: () => boolean
  readonly isStopped: () => boolean
  /** Resolves when the store has answered for the whole batch; rejects when the drain stops first. */
  readonly deliver: (batch: Batch) => Promise<void>
  /** `answeredSeq` may have risen. */
  readonly onProgress: () => void
}

export interface Lane {
  readonly bucket: Bucket
  /** All records up to this one have no unanswered line in this bucket. */
  answeredSeq(): number
  /** Up to where it has read the spool. */
  readSeq(): number
  inFlight(): number
  /** Runs until the drain stops and what is in flight has come back. */
  run(): Promise<void>
}

interface Gathering {
  readonly lines: string[]
  bytes: number
  firstSeq: number
  upTo: number
}

interface State {
  readonly options: LaneOptions
  /** Records read and not yet gathered. */
  page: readonly SpoolLines[]
  index: number
  readSeq: number
  gathering: Gathering | undefined
  /** Since when there is something to read or to send. */
  since: number | undefined
  /** First numbers of the batches that are not answered. */
  readonly unanswered: Set<number>
}

/** Lines of one record, each with its \n. */
const linesOf = (text: string): string[] => {
  if (text.indexOf('\n') === text.length - 1) return [text]
  return text.split('\n').flatMap((line) => (line === '' ? [] : [`${line}\n`]))
}

const gather = (state: State, seq: number, text: string): void => {
  state.gathering ??= { lines: [], bytes: 0, firstSeq: seq, upTo: seq }
  for (const line of linesOf(text)) state.gathering.lines.push(line)
  state.gathering.bytes += text.length
  state.gathering.upTo = seq
}

const isFull = ({ gathering, options }: State): boolean =>
  gathering !== undefined && (gathering.lines.length >= options.batchLines || gathering.bytes >= options.batchBytes)

/** Gathers from the page until the batch is full or the page is used up. */
const usePage = (state: State): void => {
  const { bucket } = state.options
  while (state.index < state.page.length && !isFull(state)) {
    const record = state.page[state.index++]
    if (record === undefined) return
    if (record.lines[bucket] !== '') gather(state, record.seq, record.lines[bucket])
    state.readSeq = record.seq
  }
  if (state.index >= state.page.length) state.page = []
}

/** False when nothing more can be read now. */
const readOn = async (state: State): Promise<boolean> => {
  const { options } = state
  if (state.index >= state.page.length) {
    if (state.readSeq >= options.horizon()) return false
    const { records, upTo } = await options.read(state.readSeq)
    state.page = records
    state.index = 0
    if (records.length === 0) {
      const isNews = upTo > state.readSeq
      state.readSeq = Math.max(state.readSeq, upTo)
      if (isNews) options.onProgress()
      return false
    }
  }
  usePage(state)
  options.onProgress()
  return true
}

const NOW = Number.NEGATIVE_INFINITY
const NEVER = Number.POSITIVE_INFINITY

/** When to read on, or to send what was gathered; by the lane's clock. */
const dueAt = (state: State): number => {
  const { options, readSeq, gathering } = state
  if (options.isStopped() || isFull(state)) return NOW
  const durableSeq = options.durableSeq()
  const isMore = state.index < state.page.length || (readSeq < durableSeq && readSeq < options.horizon())
  if (!isMore && gathering === undefined) return NEVER
  state.since ??= options.now()
  const isMuch = isMore && durableSeq - readSeq >= options.batchLines
  return isMuch || options.isHurried() ? NOW : state.since + options.lingerMs
}

/** Waits for a batch to be full or old enough; undefined when the drain stops first. */
const nextBatch = async (state: State): Promise<Gathering | undefined> => {
  const { options } = state
  while (!options.isStopped()) {
    const due = dueAt(state)
    if (due > options.now()) {
      await options.wait(Math.ceil(due - options.now()), () => dueAt(state) < due)
      continue
    }
    // Not beyond what is durable now: what comes while this is read waits for others again.
    const upTo = options.durableSeq()
    while (!isFull(state) && state.readSeq < upTo && (await readOn(state)));
    const { gathering } = state
    state.since = undefined
    if (gathering === undefined) continue
    // In one step, so that at no moment the batch is neither gathered nor unanswered.
    state.unanswered.add(gathering.firstSeq)
    state.gathering = undefined
    return gathering
  }
  return undefined
}

const run = async (state: State): Promise<void> => {
  const { options, unanswered } = state
  const { bucket, spoolId } = options
  const running = new Set<Promise<void>>()
  for (;;) {
    while (running.size >= options.limit) await Promise.race(running)
    const gathered = await nextBatch(state)
    if (gathered === undefined) break
    const { lines, upTo, firstSeq } = gathered
    const delivery = options
      .deliver({ bucket, lines, spoolId, upTo })
      .then(
        () => {
          unanswered.delete(firstSeq)
          options.onProgress()
        },
        // Stopped before an answer: the batch stays unanswered and is read again at the next start.
        (error: unknown) => {
          if (!options.isStopped()) throw error
        },
      )
      .finally(() => running.delete(delivery))
    running.add(delivery)
  }
  await Promise.all(running)
}

export const createLane = (options: LaneOptions): Lane => {
  const state: State = {
    options,
    page: [],
    index: 0,
    readSeq: options.afterSeq,
    gathering: undefined,
    since: undefined,
    unanswered: new Set(),
  }
  return {
    bucket: options.bucket,
    answeredSeq: () => {
      let answered = state.readSeq
      if (state.gathering !== undefined) answered = Math.min(answered, state.gathering.firstSeq - 1)
      for (const firstSeq of state.unanswered) answered = Math.min(answered, firstSeq - 1)
      return answered
    },
    readSeq: () => state.readSeq,
    inFlight: () => state.unanswered.size,
    run: () => run(state),
  }
}
