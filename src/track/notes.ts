/**
 * Inputs of our own making: which kits there are, that the collector started, that a cloud cannot be reached, what the
 * spool had to drop, and that the clock was set.
 */

import { kitToleranceMs } from './cadence.ts'
import { GAP_CAUSES } from './causes.ts'
import { noteCircuitNames } from './circuit-names.ts'
import type { LineBuilder } from './encode.ts'
import { ALL, writeEvent } from './events.ts'
import { explain, missAll } from './gaps.ts'
import { noteDown } from './hearing.ts'
import { gapFloorMs } from './numbers.ts'
import { noteSite } from './site.ts'
import type { Site } from './site-state.ts'
import { type CircuitNames, createKit, type KitState, type TrackState } from './state.ts'

interface NamedKit {
  readonly name?: string
  readonly timeZone?: string
  readonly circuits?: CircuitNames
  readonly site?: Site
  /** The collector's name of the account or broker that brings it. */
  readonly account?: string
}

/** What is said of kits by serial number: a name, or name and time zone. `*` is said of all others. */
export type NamedKits = Readonly<Record<string, string | NamedKit>>

const OTHERS = '*'

/** Records dropped unread because the spool was full. Times are epoch ms. */
export interface Loss {
  readonly records: number
  readonly fromAt: number
  readonly toAt: number
}

/** Kits of an account whose cloud cannot be reached, or can again. */
export interface CloudNews {
  readonly kits: readonly string[]
  /** Why not, as a sentence. */
  readonly text?: string
  /** Since when (epoch ms): that is noticed later. */
  readonly sinceAt?: number
}

/** A pause of the collector that is shorter is none. */
const SHORTEST_MISS_MS = 10_000

/** Makes the kits of the settings known, heard of or not; one that was only named, and is no longer, is forgotten. */
export const trackFleet = (state: TrackState, named: NamedKits): void => {
  for (const kit of state.kits.values())
    if (kit.heardAt === 0 && kit.modules.size === 0 && !(kit.sn in named)) state.kits.delete(kit.sn)
  const { [OTHERS]: others, ...kits } = named
  if (typeof others === 'object') state.timeZone = others.timeZone ?? state.timeZone
  for (const kit of state.kits.values()) {
    kit.timeZone = state.timeZone
    noteSite(kit, {}, undefined)
  }
  for (const [sn, said] of Object.entries(kits)) {
    const {
      name = '',
      timeZone = state.timeZone,
      circuits = {},
      site = {},
      account,
    }: NamedKit = typeof said === 'string' ? { name: said } : said
    const kit = state.kits.get(sn) ?? createKit(sn, state)
    kit.name = name
    kit.timeZone = timeZone
    noteCircuitNames(kit, circuits)
    noteSite(kit, site, account)
    state.kits.set(sn, kit)
  }
}

/** How long the collector may have been away without missing anything of the kit (ms). */
const leastMissMs = (kit: KitState): number =>
  kit.pushedAt > 0
    ? Math.max(SHORTEST_MISS_MS, kit.numbers.silentCadences * kit.pushCadenceMs)
    : gapFloorMs(kit.numbers)

/** The collector starts at `at`; its last input before was at `lastAt` (epoch ms, 0 = none). */
export const trackStart = (state: TrackState, lastAt: number, at: number, into: LineBuilder): void => {
  if (lastAt === 0) return
  for (const kit of state.kits.values())
    if (at - lastAt > leastMissMs(kit)) missAll(kit, 'collector_down', lastAt, at, into)
}

/** The cloud of these kits went down, or is up again. */
export const trackCloud = (
  state: TrackState,
  isDown: boolean,
  { kits, text = '', sinceAt }: CloudNews,
  at: number,
  into: LineBuilder,
): void => {
  for (const sn of kits) {
    const kit = state.kits.get(sn)
    if (kit) noteDown(kit, isDown ? text.slice(0, 300) : undefined, Math.min(sinceAt ?? at, at), at, into)
  }
}

/** The session of these kits was silent, and is connected anew. */
export const trackRenewal = (state: TrackState, { kits }: Pick<CloudNews, 'kits'>, at: number): void => {
  for (const sn of kits) {
    const kit = state.kits.get(sn)
    if (kit) kit.evidence.renewedAt = at
  }
}

/** A gap row of every kit: which of them the lost records spoke of, nobody can say any more. */
export const trackLoss = (state: TrackState, loss: Loss, into: LineBuilder): void => {
  const text = `${GAP_CAUSES.spool_full} ${loss.records} of them are gone.`
  for (const kit of state.kits.values()) explain(kit, { cause: 'spool_full', text }, loss.fromAt, loss.toAt, into)
}

/** The system clock was set by so many ms; what is set forward leaves a stretch in which no report can lie. */
export const trackClock = (state: TrackState, stepMs: number, at: number, into: LineBuilder): void => {
  for (const kit of state.kits.values()) {
    writeEvent(kit, ALL, 'clock_stepped', `${Math.round(stepMs / 1000)} s`, at, into)
    if (stepMs > kitToleranceMs(kit)) missAll(kit, 'clock', at - stepMs, at, into)
  }
}
