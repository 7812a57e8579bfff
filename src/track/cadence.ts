/** How often a module and a kit report, learnt from their reports, and from when on their silence counts. */
import { gapFloorMs } from './numbers.ts'
import type { KitState, ModuleState } from './state.ts'

const WEIGHT = 0.1
/** By what share a kit's longest pause is forgotten with each push. */
const DECAY = 0.01
/** A pause that is longer than this is none that a cadence could have. */
const MOST_MS = 3_600_000
/** How many of the pauses that a module makes while it idles are a gap. */
const IDLE_PAUSES = 2
/** A burst of reports between two pauses is shorter than this share of them. */
const BURST_SHARE = 0.2
/** What is pushed so soon behind a new connection shows that the session was silent, and not the kit. */
const HEALED_MS = 30_000

/** How long this module may be unheard before what is held of it counts as not known (ms). */
export const toleranceOf = ({ numbers, cadenceMs, idleMs }: ModuleState): number =>
  Math.max(gapFloorMs(numbers), numbers.gapCadences * cadenceMs, IDLE_PAUSES * idleMs)

export const isFresh = (module: ModuleState, at: number): boolean =>
  module.heardAt > 0 && at - module.heardAt <= toleranceOf(module)

/**
 * Whether what is held of the module counts as known at `at` (epoch ms): it is fresh, and was heard since the last hole of
 * its kit. In such a hole a module that reports seldom may have changed like any other.
 */
export const isKnownNow = (kit: KitState, module: ModuleState, at: number): boolean =>
  kit.ledger.gap === undefined && module.heardAt >= kit.ledger.explainedAt && isFresh(module, at)

/** How long a kit may push nothing before it is silent (ms). */
export const silenceOf = ({ numbers, pushCadenceMs }: KitState): number =>
  Math.max(numbers.silentMs, numbers.silentCadences * pushCadenceMs)

/** How long nothing may be heard of the kit before that is a gap: as long as of its most frequent module (ms). */
export const kitToleranceMs = (kit: KitState): number => {
  let least = Number.POSITIVE_INFINITY
  for (const { cadenceMs } of kit.modules.values()) if (cadenceMs > 0) least = Math.min(least, cadenceMs)
  const { numbers } = kit
  const learnt = Number.isFinite(least) ? numbers.gapCadences * least : 0
  return Math.max(gapFloorMs(numbers), learnt, silenceOf(kit))
}

interface Pauses {
  pauseMs: number
  pauseEndAt: number
}

const isAlike = ({ pauseMs }: Pauses, pause: number): boolean =>
  pause <= MOST_MS && pause < 2 * pauseMs && pauseMs < 2 * pause

/** Whether a pause that ends at `at` follows the one before it, with no more than a burst between them. */
const isNext = ({ pauseEndAt }: Pauses, pause: number, at: number): boolean =>
  at - pause - pauseEndAt <= BURST_SHARE * pause

const remember = (known: Pauses, pause: number, at: number): void => {
  known.pauseMs = pause
  known.pauseEndAt = at
}

/**
 * Learns from a report at `at`, the one before it at `beforeAt` (0 = none). Call before the module is heard. A pause
 * that is too long for the cadence is a gap, unless it is the second of its length: one right behind the other is the
 * cadence of something that reports seldom; of a module whose kit went on (`isOwn`) any two are how it idles, since
 * reports carry only what changed. src: "slow trickle", tolwi/hassio-ecoflow-cloud #208
 */
export const learnCadence = (module: ModuleState, beforeAt: number, isOwn: boolean, at: number): void => {
  const interval = at - beforeAt
  if (beforeAt === 0 || interval <= 0) return
  if (interval <= toleranceOf(module)) {
    module.cadenceMs = module.cadenceMs === 0 ? interval : module.cadenceMs + WEIGHT * (interval - module.cadenceMs)
  } else if (!isFresh(module, at)) {
    if (isAlike(module, interval) && isNext(module, interval, at)) module.cadenceMs = interval
    if (isAlike(module, interval) && isOwn) module.idleMs = Math.max(module.pauseMs, interval)
    remember(module, interval, at)
  }
}

const isHealed = ({ evidence, pushedAt }: KitState, at: number): boolean =>
  evidence.renewedAt > pushedAt && at - evidence.renewedAt <= HEALED_MS

/**
 * Learns the longest pause between a kit's pushes: they may come in bursts. A pause that a new connection ended was the
 * session's, and no rhythm of the kit. Call before the push is noted.
 */
export const learnPushCadence = (kit: KitState, at: number): void => {
  const interval = at - kit.pushedAt
  if (kit.pushedAt === 0 || interval <= 0 || isHealed(kit, at)) return
  const { pushCadenceMs } = kit
  const limit = pushCadenceMs === 0 ? gapFloorMs(kit.numbers) : silenceOf(kit)
  const isLearnt = interval <= limit || (isAlike(kit, interval) && isNext(kit, interval, at))
  if (interval > limit) remember(kit, interval, at)
  if (!isLearnt) return
  kit.pushCadenceMs = interval > pushCadenceMs ? interval : pushCadenceMs + DECAY * (interval - pushCadenceMs)
}
