/** How often a module and a kit report, learnt from their reports, and from when on their silence counts. */
import { gapFloorMs } from './numbers.ts'
import type { KitState, ModuleState } from './state.ts'

const WEIGHT = 0.1
/** By what share a kit's longest pause is forgotten with each push. */
const DECAY = 0.01
/** A pause that is longer than this is none that a cadence could have. */
const MOST_MS = 3_600_000
/** A burst of reports between two pauses is shorter than this share of them. */
const BURST_SHARE = 0.2

/** How long this module may be unheard before what is held of it counts as not known (ms). */
export const toleranceOf = ({ numbers, cadenceMs }: ModuleState): number =>
  Math.max(gapFloorMs(numbers), numbers.gapCadences * cadenceMs)

export const isFresh = (module: ModuleState, at: number): boolean =>
  module.heardAt > 0 && at - module.heardAt <= toleranceOf(module)

/** How long a kit may push nothing before it is silent (ms). */
export const silenceOf = ({ numbers, pushCadenceMs }: KitState): number =>
  Math.max(numbers.silentMs, numbers.silentCadences * pushCadenceMs)

interface Pauses {
  pauseMs: number
  pauseEndAt: number
}

/**
 * Whether a pause that is too long for the cadence, ending at `at`, is the second of its length in a row: not a gap but
 * something that reports seldom, one by one or in bursts. src: "slow trickle", tolwi/hassio-ecoflow-cloud #208
 */
const isRegular = (known: Pauses, pause: number, at: number): boolean => {
  const isAlike = pause < 2 * known.pauseMs && known.pauseMs < 2 * pause
  const isNext = at - pause - known.pauseEndAt <= BURST_SHARE * pause
  known.pauseMs = pause
  known.pauseEndAt = at
  return isAlike && isNext && pause <= MOST_MS
}

/** Learns from a report at `at`, the one before it at `beforeAt` (0 = none). Call before the module is heard. */
export const learnCadence = (module: ModuleState, beforeAt: number, at: number): void => {
  const interval = at - beforeAt
  if (beforeAt === 0 || interval <= 0) return
  if (interval <= toleranceOf(module)) {
    module.cadenceMs = module.cadenceMs === 0 ? interval : module.cadenceMs + WEIGHT * (interval - module.cadenceMs)
  } else if (!isFresh(module, at) && isRegular(module, interval, at)) module.cadenceMs = interval
}

/** Learns the longest pause between a kit's pushes: they may come in bursts. Call before the push is noted. */
export const learnPushCadence = (kit: KitState, at: number): void => {
  const interval = at - kit.pushedAt
  if (kit.pushedAt === 0 || interval <= 0) return
  const { pushCadenceMs } = kit
  const limit = pushCadenceMs === 0 ? gapFloorMs(kit.numbers) : silenceOf(kit)
  const isLearnt = interval <= limit || isRegular(kit, interval, at)
  if (!isLearnt) return
  kit.pushCadenceMs = interval > pushCadenceMs ? interval : pushCadenceMs + DECAY * (interval - pushCadenceMs)
}
