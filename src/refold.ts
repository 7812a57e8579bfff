/**
 * A stretch of the recorded past, folded once more: the inputs behind an early snapshot go through the line, and their
 * lines to a store. Where rows go that the stretch only goes on writing (its first hour, its year) is the caller's word.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bucket } from './catalogue/measurements.ts'
import type { Catalogue } from './catalogue/vocabulary.ts'
import { freshnessOf, type Settings } from './config.ts'
import { createCounters } from './counters.ts'
import { CollectorError } from './errors.ts'
import { runLine } from './pipeline.ts'
import { pastRecords, pastSnapshot } from './store/past.ts'
import type { RejectedLine, Store } from './store/store.ts'
import { restoreSnapshot } from './track/snapshot.ts'
import { createState, type TrackState } from './track/state.ts'
import { createTrack } from './track/track.ts'

/** What is known of the work while it goes on. */
export type Progress = (done: number, total: number) => void

export interface Refolded {
  readonly records: number
  readonly lines: number
  readonly rejected: readonly RejectedLine[]
}

export const BUCKETS: readonly Bucket[] = ['raw', 'history']
const LINES_AT_ONCE = 20_000
const TRY_AGAIN_MS = 2_000
const TRIES = 30
/** Stamps run ahead of their inputs by some seconds where much happens in one; rows so close behind are not removed. */
const MARGIN_MS = 600_000

const stampOf = (line: string): number => Number(line.slice(line.lastIndexOf(' ') + 1))

/** Writes one batch, waiting for a store that is busy. */
export const deliver = async (
  store: Pick<Store, 'write'>,
  bucket: Bucket,
  lines: readonly string[],
  upTo: number,
): Promise<readonly RejectedLine[]> => {
  for (let tries = 0; ; tries++) {
    const answer = await store.write({ bucket, lines, spoolId: 'renormalised', upTo })
    if (answer.answer === 'accepted') return []
    if (answer.answer === 'rejected') return answer.lines
    if (tries >= TRIES) throw new CollectorError('renormalise_store_behind', answer.error.message)
    await sleep(answer.retryAfterMs ?? TRY_AGAIN_MS)
  }
}

/** Where the fold begins; rows stamped from `fromAt` on come wholly out of it. */
export interface Start {
  readonly state: TrackState
  readonly seq: number
  readonly fromAt: number
}

/** The newest snapshot well before `fromAt`, or the very beginning. */
export const startBefore = async (
  dir: string,
  spoolId: string,
  fromAt: number,
  catalogue: Catalogue,
  settings: Settings,
): Promise<Start> => {
  const snapshot = await pastSnapshot(dir, spoolId, fromAt - MARGIN_MS)
  const state = snapshot && restoreSnapshot(snapshot.bytes, catalogue, freshnessOf(settings))
  if (!state) return { state: createState(freshnessOf(settings)), seq: 0, fromAt: 0 }
  return { state, seq: snapshot.seq, fromAt: state.lastAt + MARGIN_MS }
}

/** Where lines go: those of the range, and earlier ones that the range goes on writing (its first hour, its year). */
interface Destination {
  readonly main: Pick<Store, 'write'>
  readonly early: Pick<Store, 'write'>
}

export interface Work {
  readonly dir: string
  readonly start: Start
  readonly toAt: number
  readonly lastSeq: number
  readonly catalogue: Catalogue
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Folds all records since the start. Throws CollectorError `recording_incomplete` or `renormalise_store_behind`. */
export const fold = async (work: Work, { main, early }: Destination): Promise<Refolded> => {
  const { start, toAt, lastSeq, signal } = work
  const track = createTrack(start.state, work.catalogue, createCounters())
  const lanes = BUCKETS.flatMap((bucket) => [
    { bucket, store: main, lines: [] as string[], isOf: (at: number) => at >= start.fromAt && at < toAt },
    { bucket, store: early, lines: [] as string[], isOf: (at: number) => at < start.fromAt },
  ])
  const rejected: RejectedLine[] = []
  let [records, lines] = [0, 0]
  const hand = async (lane: (typeof lanes)[number], upTo: number): Promise<void> => {
    const batch = lane.lines.splice(0)
    lines += batch.length
    if (batch.length > 0) rejected.push(...(await deliver(lane.store, lane.bucket, batch, upTo)))
  }
  for await (const { seq, input } of pastRecords(work.dir, start.seq)) {
    signal.throwIfAborted()
    const made = runLine(track, input)
    for (const lane of lanes) {
      for (const line of made[lane.bucket].split('\n'))
        if (line !== '' && lane.isOf(stampOf(line))) lane.lines.push(line)
      if (lane.lines.length >= LINES_AT_ONCE) await hand(lane, seq)
    }
    if (++records % 1000 === 0) work.progress(seq - start.seq, lastSeq - start.seq)
  }
  for (const lane of lanes) await hand(lane, lastSeq)
  return { records, lines, rejected }
}
