/**
 * A session that stays connected and hears nothing more, in virtual time around the real collector: when values come
 * again by polls, when pushes come again by a new connection, what that costs, and whether the ledger misses anything.
 */

import { silenceOf } from '../../src/track/cadence.ts'
import { kitVerdict } from '../../src/track/freshness.ts'
import type { KitState } from '../../src/track/state.ts'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'

/**
 * `healed`: the next connection hears again. `relapsing`: the next one does too, and falls silent within half a minute.
 * `mute`: no connection hears anything, while the cloud's snapshot moves on.
 */
export type Silence = 'healed' | 'relapsing' | 'mute'

export interface SilenceOptions {
  /** How many times slower than with the app open the kit pushes. */
  readonly pace: number
  /** For how long the collector hears the kit before. */
  readonly learnMs: number
  readonly seed?: number
}

/** In ms after the silence began; undefined: not within the time. */
export interface Recovery {
  /** The kit is no longer called live. */
  readonly noticedMs: number | undefined
  /** A poll was believed: current values again. */
  readonly valuesMs: number | undefined
  readonly pushesMs: number | undefined
}

const START_AT = Date.UTC(2026, 5, 1, 6)
const LOOK_MS = 1_000
const RELAPSE_MS = 30_000

/** A collector that has learnt how often its one kit pushes. */
export const openListening = async ({ pace, learnMs, seed = 7 }: SilenceOptions): Promise<VirtualCollector> => {
  const virtual = createVirtualCollector({ startAt: START_AT, kits: 1, seed })
  virtual.cloud.faults.trickle(virtual.cloud.accounts[0]!.kitSns[0]!, pace)
  await virtual.start()
  await virtual.advance(learnMs)
  return virtual
}

export const kitOf = (virtual: VirtualCollector): KitState =>
  [...virtual.collector().line.intake.track.state.kits.values()][0]!

/** Connects of the last 24 hours. */
export const connectsOf = (virtual: VirtualCollector): { today: number; limit: number } =>
  virtual.collector().status().accounts[0]!.session.connects!

/** What the ledger holds: rows of `gap`, as cause and seconds. */
export const gapsOf = async (virtual: VirtualCollector): Promise<string[]> => {
  await virtual.drained()
  const { store } = virtual.collector().line.opened
  const rows = await store.rows({ bucket: 'history', measurement: 'gap', from: 0, to: 4e12 })
  return rows.map(({ tags, at, values }) => {
    const whose = tags.module_sn === 'all' ? tags.kit_sn : tags.module_sn
    return `${new Date(at).toISOString()} ${whose} ${values.cause} ${values.duration_s} s`
  })
}

/** Lets the session fall silent, and watches for `forMs` or until pushes are back. */
export const fallSilent = async (virtual: VirtualCollector, forMs: number): Promise<Recovery> => {
  virtual.cloud.faults.silence(virtual.cloud.accounts[0]!.name)
  const [silentAt, kit] = [virtual.time.now(), kitOf(virtual)]
  let [noticedMs, valuesMs]: (number | undefined)[] = []
  for (let passedMs = LOOK_MS; passedMs <= forMs; passedMs += LOOK_MS) {
    await virtual.advance(LOOK_MS)
    if (kit.pushedAt > silentAt) return { noticedMs, valuesMs, pushesMs: kit.pushedAt - silentAt }
    if (kit.heardAt > silentAt) valuesMs ??= kit.heardAt - silentAt
    if (kitVerdict(kit, virtual.time.now()) !== 'live') noticedMs ??= passedMs
  }
  return { noticedMs, valuesMs, pushesMs: undefined }
}

export interface Endured {
  /** The longest stretch without a believed sign of life. */
  readonly longestMs: number
  /** For how long it was called live though it had pushed nothing for five of the pauses that were usual before. */
  readonly liveMs: number
  readonly connects: number
}

/** Keeps the kit silent for `forMs`. */
export const staySilent = async (
  virtual: VirtualCollector,
  silence: Exclude<Silence, 'healed'>,
  forMs: number,
): Promise<Endured> => {
  const { faults, accounts } = virtual.cloud
  const { name, kitSns } = accounts[0]!
  if (silence === 'mute') faults.mute(kitSns[0]!)
  const kit = kitOf(virtual)
  const before = connectsOf(virtual).today
  const usualMs = silenceOf(kit)
  let [longestMs, liveMs] = [0, 0]
  for (let passedMs = 0; passedMs < forMs; passedMs += RELAPSE_MS) {
    if (silence === 'relapsing') faults.silence(name)
    for (let within = 0; within < RELAPSE_MS; within += LOOK_MS) {
      await virtual.advance(LOOK_MS)
      const at = virtual.time.now()
      longestMs = Math.max(longestMs, at - kit.heardAt)
      if (at - kit.pushedAt > usualMs && kitVerdict(kit, at) === 'live') liveMs += LOOK_MS
    }
  }
  return { longestMs, liveMs, connects: connectsOf(virtual).today - before }
}
