/**
 * History made anew after a fix of the catalogue: the recorded inputs of a range go through the line once more, and
 * what comes of them takes the place of the range's rows. Identical when nothing was fixed. The collector must not run
 * meanwhile: the range, and the state it goes on from, are its own.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MODULES } from './catalogue/modules.ts'
import { createCatalogue } from './catalogue/vocabulary.ts'
import type { Settings } from './config.ts'
import { createCounters } from './counters.ts'
import { CollectorError } from './errors.ts'
import { openLine } from './line.ts'
import { lockDataDir } from './lock.ts'
import type { Log } from './log.ts'
import { BUCKETS, deliver, fold, type Progress, type Refolded, startBefore, type Work } from './refold.ts'
import { openEmbedded } from './store/embedded/embedded.ts'
import { openStore } from './store/open-store.ts'
import { openSpool } from './store/spool.ts'
import type { Store } from './store/store.ts'
import { takeSnapshot } from './track/snapshot.ts'

/** Epoch ms; the end does not belong to it. */
export interface Range {
  readonly fromAt: number
  readonly toAt: number
}

const DRAIN_MS = 600_000
/** Written beside the line: the inputs do not tell them. */
const UNTOUCHED = ['collector']

/** Everything recorded so far is in the store, and the newest state is saved. */
const settle = async (settings: Settings, log: Log): Promise<void> => {
  const line = await openLine(settings, log)
  const { spool, drain } = line
  await line.close(DRAIN_MS)
  if (spool.cursor < spool.lastSeq)
    throw new CollectorError(
      'renormalise_store_behind',
      `The store has not taken ${spool.lastSeq - spool.cursor} records yet${problemOf(drain.status().problem)}.`,
    )
}

const problemOf = (problem: { readonly message: string } | undefined): string =>
  problem === undefined ? '' : `: ${problem.message}`

/** Early rows wait until the range is replaced: they are revised in place. */
const held = (): { store: Pick<Store, 'write'>; batches: Parameters<Store['write']>[0][] } => {
  const batches: Parameters<Store['write']>[0][] = []
  return {
    batches,
    store: {
      write: async (batch) => {
        batches.push(batch)
        return { answer: 'accepted' }
      },
    },
  }
}

/** The embedded store takes the range over as a whole, from a store of its own beside it. */
const intoEmbedded = async (settings: Settings, work: Work): Promise<Refolded> => {
  const options = {
    memoryLimit: `${settings.EMBEDDED_MEMORY_MB}MB`,
    threads: settings.EMBEDDED_THREADS,
    timeoutMs: DRAIN_MS,
    now: Date.now,
  }
  const dir = join(settings.DATA_DIR, 'renormalised')
  await rm(dir, { recursive: true, force: true })
  const early = held()
  try {
    const beside = await openEmbedded({ ...options, dir })
    const done = await fold(work, { main: beside, early: early.store }).finally(() => beside.close())
    const store = await openEmbedded({ ...options, dir: join(settings.DATA_DIR, 'store') })
    try {
      const range = { dir, fromAt: work.start.fromAt, toAt: work.toAt, untouched: UNTOUCHED }
      for (const bucket of BUCKETS) await store.replace(bucket, range)
      for (const { bucket, lines, upTo } of early.batches) await deliver(store, bucket, lines, upTo)
    } finally {
      await store.close()
    }
    return done
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** A server's rows are written over, field by field: what is no longer written stays there. */
const intoServer = async (settings: Settings, log: Log, work: Work): Promise<Refolded> => {
  const { store } = await openStore(settings, log, Date.now)
  try {
    return await fold(work, { main: store, early: store })
  } finally {
    await store.close()
  }
}

/**
 * Renews the rows stamped within the range, from the snapshot before it on. Throws CollectorError `data_dir_in_use`,
 * `recording_incomplete`, `renormalise_store_behind`; what is aborted before the end changes nothing of an embedded
 * store.
 */
export const renormalise = async (
  range: Range,
  settings: Settings,
  log: Log,
  signal: AbortSignal,
  progress: Progress = () => undefined,
): Promise<Refolded & Range> => {
  await settle(settings, log)
  const unlock = await lockDataDir(settings.DATA_DIR)
  const dir = join(settings.DATA_DIR, 'spool')
  const spool = await openSpool({
    ...{ dir, maxBytes: Number.MAX_SAFE_INTEGER, whenFull: 'refuse', recordDays: settings.RECORD_DAYS },
    ...{ now: Date.now, counters: createCounters() },
    onDropped: () => undefined,
    onProblem: (code, message) => log.error({ code }, message),
  })
  try {
    const catalogue = createCatalogue(MODULES)
    const start = await startBefore(dir, spool.id, range.fromAt, catalogue, settings)
    const work = { dir, start, toAt: range.toAt, lastSeq: spool.lastSeq, catalogue, progress, signal }
    const done = settings.INFLUX_URL ? await intoServer(settings, log, work) : await intoEmbedded(settings, work)
    // What is summed up since the start of a day or a year goes on from the renewed values.
    await spool.saveSnapshot(takeSnapshot(start.state, catalogue), spool.lastSeq)
    return { ...done, fromAt: start.fromAt, toAt: range.toAt }
  } finally {
    await spool.close()
    await unlock()
  }
}
