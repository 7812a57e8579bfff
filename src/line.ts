/**
 * The line with what it stands on: the locked data directory, store, spool, recalled state, drain. Used alike by the
 * running collector and by `replay`; who feeds it and when is theirs.
 */
import { statfs } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { MODULES } from './catalogue/modules.ts'
import { createCatalogue } from './catalogue/vocabulary.ts'
import { type Clock, createClock } from './clock.ts'
import { freshnessOf, type Settings } from './config.ts'
import { type Counters, count, createCounters } from './counters.ts'
import { makeDataDir } from './data-dir.ts'
import { ERRORS } from './errors.ts'
import { createIntake, type Intake } from './intake.ts'
import { lockDataDir } from './lock.ts'
import type { Log } from './log.ts'
import { recall } from './recall.ts'
import { createDrain, type Drain } from './store/drain.ts'
import { type OpenedStore, openStore } from './store/open-store.ts'
import { keepRejected } from './store/rejected-lines.ts'
import { openSpool, type Spool } from './store/spool.ts'
import { createWriteGate, type WriteGate } from './store/write-gate.ts'
import { sentence, tellChanges } from './store-news.ts'
import { takeSnapshot } from './track/snapshot.ts'
import { releasePages } from './track/snapshot-pages.ts'
import { createTrack } from './track/track.ts'

/** What the machine's clocks say. `wall` is epoch ms, `monotonic` ms since any start. */
export interface Time {
  wall(): number
  monotonic(): number
}

export const MACHINE_TIME: Time = { wall: Date.now, monotonic: () => performance.now() }

export interface Line {
  readonly intake: Intake
  readonly spool: Spool
  readonly drain: Drain
  readonly opened: OpenedStore
  readonly counters: Counters
  readonly clock: Clock
  /** Records folded again at the start. */
  readonly folded: number
  /** Keeps the state of `track`, so that a restart need not fold what is older. */
  saveSnapshot(): Promise<void>
  /** Keeps batches from the store until the result is called, so that its files can be copied. Not beyond `close`. */
  holdStore(): Promise<() => void>
  /** Waits at most this long for the store to take what is left, then closes everything. */
  close(drainMs: number): Promise<void>
}

const FREE_SHARE = 0.2
const MIN_SPOOL_BYTES = 64 * 1024 * 1024
/** A spool more than half full is freed of what is drained by a snapshot at once, not in minutes. */
const RELIEF_SHARE = 0.5
const RELIEF_EVERY_MS = 2_000
const NOTHING = new Uint8Array(0)
const AHEAD_MS = 60_000
/** The embedded store wants few large commits; a server wants values soon, and small requests cost it little more. */
const BATCHES = {
  embedded: { lingerMs: 1_000, batchBytes: 4_000_000 },
  influx: { lingerMs: 250, batchBytes: 1_000_000 },
} as const

const spoolRoom = async (settings: Settings): Promise<number> => {
  if (settings.SPOOL_MAX_BYTES !== undefined) return settings.SPOOL_MAX_BYTES
  const { bavail, bsize } = await statfs(settings.DATA_DIR)
  return Math.max(MIN_SPOOL_BYTES, Math.floor(bavail * bsize * FREE_SHARE))
}

const openLineSpool = async (
  settings: Settings,
  log: Log,
  counters: Counters,
  opened: OpenedStore,
  maxBytes: number,
  time: Time,
  onLoss: (loss: { records: number; fromAt: number; toAt: number }) => void,
): Promise<Spool> => {
  const marks = async (spoolId: string): Promise<number> => {
    const [raw, history] = [
      await opened.store.committed(spoolId, 'raw'),
      await opened.store.committed(spoolId, 'history'),
    ]
    return Math.max(raw ?? 0, history ?? 0)
  }
  return openSpool({
    dir: join(settings.DATA_DIR, 'spool'),
    maxBytes,
    whenFull: settings.SPOOL_WHEN_FULL,
    recordDays: settings.RECORD_DAYS,
    now: time.wall,
    counters,
    knownSeq: marks,
    onDropped: onLoss,
    onProblem: (code, message) =>
      log.error({ code }, `${sentence(message)} ${ERRORS[code].effect} ${ERRORS[code].help}`),
  })
}

const openLineDrain = (
  settings: Settings,
  log: Log,
  counters: Counters,
  opened: OpenedStore,
  gate: WriteGate,
  spool: Spool,
  now: () => number,
): Drain =>
  createDrain({
    spool,
    store: { committed: opened.store.committed, write: gate.write },
    counters,
    now,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    random: Math.random,
    ...BATCHES[opened.store.name],
    onRejected: async (lines, bucket) => {
      count(counters, 'lines_rejected', bucket, lines.length)
      log.error(
        { bucket, reason: lines[0]?.reason },
        `The store refused ${lines.length} rows for good; they are kept in ${join(settings.DATA_DIR, 'rejected-lines.ndjson')}.`,
      )
      await keepRejected(join(settings.DATA_DIR, 'rejected-lines.ndjson'), bucket, lines, now())
    },
    onStatus: tellChanges(log),
  })

/** Segments go when a snapshot has passed them: a spool that fills up is not left waiting for the next one. */
const relieve = (
  spool: Spool,
  maxBytes: number,
  now: () => number,
  saveSnapshot: () => Promise<void>,
): (() => void) => {
  let drainedTo = 0
  let taken = 0
  const timer = setInterval(() => {
    if (spool.cursor !== drainedTo) taken = 0
    drainedTo = spool.cursor
    // A segment goes when the newest two snapshots have passed it.
    if (taken === 2 || spool.stats().bytes <= RELIEF_SHARE * maxBytes) return
    taken++
    // Snapshots of one record are one file: a record of its own sets the second apart, though nothing else finds room.
    spool.append({ at: now(), source: 'tick', topic: 'relief', bytes: NOTHING }, { raw: '', history: '' }, true)
    void saveSnapshot()
  }, RELIEF_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/** The clock of the line; a step of it is an input before anything is stamped behind it. */
const lineClock = (time: Time, lastAt: number, log: Log, intake: () => Intake | undefined): Clock => {
  const clock = createClock(time.wall, time.monotonic, lastAt, (ms) => {
    log.warn(
      `The clock of this machine was ${ms > 0 ? 'behind, or it slept,' : 'ahead'} by ${Math.abs(Math.round(ms / 1000))} s; ` +
        'stamps go on without a jump backwards.',
    )
    intake()?.accept({ at: clock.now(), source: 'tick', topic: `clock/${ms}`, bytes: NOTHING })
  })
  if (lastAt - time.wall() > AHEAD_MS)
    log.warn(
      `The newest value here is of ${new Date(lastAt).toISOString()}, ahead of the system clock: stamps go on from ` +
        'there until the clock has caught up. If that is not right, correct the clock, or start in another DATA_DIR.',
    )
  return clock
}

/** The line over an open store, in a directory that is ours until it is closed. */
const openOver = async (
  opened: OpenedStore,
  unlock: () => Promise<void>,
  settings: Settings,
  log: Log,
  time: Time,
): Promise<Line> => {
  const counters = createCounters()
  const maxBytes = await spoolRoom(settings)
  let intake: Intake | undefined
  const spool = await openLineSpool(settings, log, counters, opened, maxBytes, time, (loss) => intake?.lose(loss))
  const catalogue = createCatalogue(MODULES)
  const { state, folded } = await recall(spool, catalogue, freshnessOf(settings))
  const clock = lineClock(time, state.lastAt, log, () => intake)
  intake = createIntake(createTrack(state, catalogue, counters), spool, clock.now)
  const gate = createWriteGate(opened.store.write)
  const drain = openLineDrain(settings, log, counters, opened, gate, spool, time.wall)
  drain.start()
  const saveSnapshot = async (): Promise<void> => {
    const [seq, pieces] = [spool.lastSeq, takeSnapshot(state, catalogue)]
    await spool.saveSnapshot(pieces, seq).catch((error: Error) => log.warn(error.message))
    releasePages(pieces)
  }
  const stopRelief = relieve(spool, maxBytes, clock.now, saveSnapshot)
  log.debug({ dir: resolve(settings.DATA_DIR), folded }, 'The line is open.')
  const close = async (drainMs: number): Promise<void> => {
    stopRelief()
    await spool.flush()
    await saveSnapshot()
    await Promise.race([drain.idle(), sleep(drainMs, undefined, { ref: false })])
    await drain.stop()
    await spool.close()
    await opened.store.close()
    await unlock()
  }
  return { intake, spool, drain, opened, counters, clock, folded, saveSnapshot, holdStore: gate.hold, close }
}

/**
 * Opens the line; `others` answers what other commands ask through the lock. Throws CollectorError where it cannot work,
 * and has given back the directory then; a store that is down is no error.
 */
export const openLine = async (
  settings: Settings,
  log: Log,
  time: Time = MACHINE_TIME,
  others?: RequestListener,
): Promise<Line> => {
  await makeDataDir(settings.DATA_DIR)
  const unlock = await lockDataDir(settings.DATA_DIR, others)
  let opened: OpenedStore | undefined
  try {
    opened = await openStore(settings, log, time.monotonic)
    return await openOver(opened, unlock, settings, log, time)
  } catch (error) {
    await opened?.store.close()
    await unlock()
    throw error
  }
}
