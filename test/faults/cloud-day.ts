/**
 * A scripted day: every fault of the cloud, one after another, with the real collector in virtual time; at its end what
 * the ledger in the store says against what was done.
 */
import type { Row } from '../../src/store/store.ts'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'
import type { CloudFault } from './cloud-faults.ts'

/** A hole that must stand in the ledger of a kit. Times are epoch ms by the collector's clock. */
export interface Expected {
  readonly fault: string
  readonly kitSn: string
  readonly cause: string
  readonly fromAt: number
  readonly toAt: number
}

/** What happened when. */
export interface Done {
  readonly fault: string
  readonly fromAt: number
  readonly toAt: number
}

export interface CloudDay {
  readonly done: readonly Done[]
  readonly expected: readonly Expected[]
  /** Rows of `gap`, of all kits and modules. */
  readonly gaps: readonly Row[]
  readonly kitSns: readonly string[]
  readonly connects: number
  readonly messages: number
  /** Rows of a kit's battery bank: what was written while frozen. */
  rowsOf(measurement: string, kitSn: string, fromAt: number, toAt: number): Promise<Row[]>
}

const MINUTE_MS = 60_000
const REST_MS = 10 * MINUTE_MS
const WARM_UP_MS = 20 * MINUTE_MS
const DOWN_MS = 20 * MINUTE_MS
const SKEW_MS = 180_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Two kits on one account: what happens to one must not touch the other. */
const KITS = 2

export interface DayOptions {
  readonly faults: readonly CloudFault[]
  readonly seed: number
  /** Whether the collector stops for a while, and the cloud's clock is off for a while. */
  readonly withOwn: boolean
  /** Ends the day at midnight. */
  readonly isWhole: boolean
}

const runFault = async (day: VirtualCollector, fault: CloudFault, kitSns: readonly string[], told: Told) => {
  const [account] = day.cloud.accounts
  await day.advance(REST_MS)
  const fromAt = clockOf(day)
  const end = fault.begin(day.cloud, account!, kitSns[0]!)
  await day.advance(fault.lastsMs)
  const toAt = clockOf(day)
  end?.()
  note(told, fault.name, fault.misses === 'nobody' ? [] : kitSns.slice(0, fault.misses === 'the kit' ? 1 : KITS), {
    cause: fault.cause ?? '',
    fromAt,
    toAt,
  })
}

interface Told {
  readonly done: Done[]
  readonly expected: Expected[]
}

const clockOf = (day: VirtualCollector): number => day.collector().line.clock.now()

const note = (
  { done, expected }: Told,
  fault: string,
  kitSns: readonly string[],
  hole: Pick<Expected, 'cause' | 'fromAt' | 'toAt'>,
): void => {
  done.push({ fault, fromAt: hole.fromAt, toAt: hole.toAt })
  expected.push(...kitSns.map((kitSn) => ({ fault, kitSn, ...hole })))
}

const restart = async (day: VirtualCollector, kitSns: readonly string[], told: Told): Promise<void> => {
  await day.advance(REST_MS)
  const fromAt = clockOf(day)
  await day.stop()
  await day.advance(DOWN_MS)
  await day.start()
  note(told, 'collector stopped', kitSns, { cause: 'collector_down', fromAt, toAt: clockOf(day) })
}

/** The clock follows the cloud's: forward by a jump, which is a hole, and back by running slower, which is none. */
const skew = async (day: VirtualCollector, kitSns: readonly string[], told: Told): Promise<void> => {
  await day.advance(REST_MS)
  const end = day.cloud.faults.skewClock(SKEW_MS)
  const before = clockOf(day) - day.time.now()
  let fromAt = clockOf(day)
  while (clockOf(day) - day.time.now() < before + SKEW_MS / 2) {
    fromAt = clockOf(day)
    await day.advance(1_000)
  }
  note(told, 'clock three minutes off', kitSns, { cause: 'clock', fromAt, toAt: clockOf(day) })
  await day.advance(REST_MS)
  end()
}

const ledgerOf = async (day: VirtualCollector): Promise<Row[]> => {
  await day.drained()
  return day.collector().line.opened.store.rows({ bucket: 'history', measurement: 'gap', from: 0, to: 1e14 })
}

/** Runs the day; `read` sees it while its store is open. */
export const runCloudDay = async <T>(options: DayOptions, read: (day: CloudDay) => Promise<T>): Promise<T> => {
  const startAt = Date.UTC(2026, 5, 14)
  const day = createVirtualCollector({ kits: KITS, seed: options.seed, startAt })
  const told: Told = { done: [], expected: [] }
  const kitSns = day.cloud.kits.map(({ plan }) => plan.hubSn)
  await day.start()
  await day.advance(WARM_UP_MS)
  for (const fault of options.faults) await runFault(day, fault, kitSns, told)
  if (options.withOwn) await restart(day, kitSns, told)
  if (options.withOwn) await skew(day, kitSns, told)
  await day.advance(options.isWhole ? Math.max(REST_MS, startAt + DAY_MS - day.time.now()) : 2 * REST_MS)
  const { store } = day.collector().line.opened
  const gaps = await ledgerOf(day)
  const { session } = day.collector().status().accounts[0]!
  const answer = await read({
    ...told,
    gaps,
    kitSns,
    connects: session.connects?.today ?? 0,
    messages: day.collector().line.spool.lastSeq,
    rowsOf: (measurement, kitSn, from, to) =>
      store.rows({ bucket: 'raw', measurement, tags: { kit_sn: kitSn }, from, to }),
  })
  await day.end()
  return answer
}
