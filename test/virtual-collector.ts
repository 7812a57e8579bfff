/**
 * The real collector, with spool and embedded store on disk, around a simulated cloud, both in virtual time: a day
 * passes in as long as its work takes. Nothing is faked but clocks and sockets.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { type Collector, startCollector } from '../src/collector.ts'
import { type Cloud, type CloudOptions, createCloud } from '../src/simulator/cloud.ts'
import { mix } from '../src/simulator/noise.ts'
import type { World } from '../src/world.ts'
import { collectorParts, type LogOrMaker } from './collector-parts.ts'
import { createMortalWorld, type MortalWorld } from './mortal-world.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

export interface VirtualCollectorOptions extends Omit<CloudOptions, 'timers'> {
  /** Epoch ms. */
  readonly startAt: number
  readonly env?: Readonly<Record<string, string>>
  readonly log?: LogOrMaker
  /** Stands between the collector and its world. */
  readonly between?: (world: World) => World
}

export interface VirtualCollector {
  readonly time: VirtualTime
  readonly cloud: Cloud
  /** Another one after each `kill`. */
  dataDir(): string
  /** The one that runs, or ran last. */
  collector(): Collector
  start(): Promise<void>
  stop(): Promise<void>
  /** As kill -9: nothing is said, closed or written any more; `start` goes on with what the disk holds at this instant. */
  kill(): Promise<void>
  advance(ms: number): Promise<void>
  /** Resolves when the store has taken everything. */
  drained(): Promise<void>
  /** Stops everything and removes the directory. */
  end(): Promise<void>
}

/** Records that may wait for the disk before virtual time waits too. */
const MOST_PENDING = 400
/** While disk is waited for, virtual time passes in steps of this, four times as fast as real time. */
const STEP_MS = 20

const fleetOf = ({ accounts }: Cloud): string =>
  JSON.stringify({
    accounts: accounts.map(({ name, accessKey, secretKey, region }) => ({
      name,
      access_key: accessKey,
      secret_key: secretKey,
      region,
    })),
  })

const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-virtual-'))

/**
 * What a killed collector leaves: its files as they stand when this is called, in another directory. The store is
 * copied when its last request has ended, since within one process its engine cannot be killed; nothing new begins.
 */
const leave = async ({ line }: Collector, from: string): Promise<string> => {
  const to = newDir()
  const store = join(from, 'store')
  const stopped = line.drain.stop()
  cpSync(from, to, { recursive: true, filter: (path) => path !== store && basename(path) !== 'collector.sock' })
  await stopped
  await line.opened.store.close()
  cpSync(store, join(to, 'store'), { recursive: true })
  return to
}

/** The cloud lives at once; the collector runs after `start`. */
export const createVirtualCollector = (options: VirtualCollectorOptions): VirtualCollector => {
  let collector: Collector | undefined
  let mortal: MortalWorld | undefined
  const buried: Promise<unknown>[] = []
  const dirs = [newDir()]
  const dataDir = (): string => dirs.at(-1)!
  const settle = async (): Promise<void> => {
    await turn()
    const spool = collector?.line.spool
    if (spool && spool.lastSeq - spool.durableSeq > MOST_PENDING) await spool.flush()
  }
  const time = createVirtualTime(options.startAt, settle)
  const cloud = createCloud({ ...options, timers: time })
  let drawn = 0
  const world: World = {
    time: { wall: time.now, monotonic: time.now },
    timers: (now) => ({ now, after: time.after }),
    random: () => (mix(options.seed, drawn++) % 1_000_000) / 1_000_000,
    fetch: cloud.fetch,
    openLink: cloud.openLink,
  }
  /** Time goes on while something is waited for that may need it. */
  const through = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false
    const done = work.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await sleep(STEP_MS / 4)
      await time.advance(STEP_MS)
    }
    return done
  }
  const stop = async (): Promise<void> => {
    const running = collector
    if (running) await through(running.stop())
  }
  return {
    time,
    cloud,
    dataDir,
    collector: () => collector!,
    start: async () => {
      const { log } = options
      const parts = collectorParts(
        { DATA_DIR: dataDir(), TIME_ZONE: 'UTC', ...options.env },
        { fleetFile: fleetOf(cloud), ...(log && { log }) },
      )
      const { between = (direct: World) => direct } = options
      mortal = createMortalWorld(between(world))
      collector = await through(startCollector({ ...parts, world: mortal.world }))
    },
    stop,
    kill: async () => {
      const killed = collector!
      collector = undefined
      mortal!.kill()
      dirs.push(await leave(killed, dataDir()))
      // What is left of it in this process goes in its own time; nobody cares how.
      buried.push(killed.stop().catch(() => undefined))
    },
    advance: (ms) => time.advance(ms),
    drained: async () => {
      await collector!.line.spool.flush()
      await collector!.line.drain.idle()
    },
    end: async () => {
      await stop()
      cloud.stop()
      await Promise.all(buried)
      for (const dir of dirs) rmSync(dir, { recursive: true })
    },
  }
}
