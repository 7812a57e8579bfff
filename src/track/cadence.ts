/** How often a module reports, learnt from its reports, and from when on its silence is a gap. */
import type { ModuleState } from './state.ts'

/** Polls fill in every 60 s by default; one missed poll is no gap. */
const MIN_TOLERANCE_MS = 150_000
const TOLERANCE_CADENCES = 5
const WEIGHT = 0.1

/** How long this module may be quiet before what is held of it counts as not known. */
const toleranceOf = (module: ModuleState): number => Math.max(MIN_TOLERANCE_MS, TOLERANCE_CADENCES * module.cadenceMs)

export const isFresh = (module: ModuleState, at: number): boolean =>
  module.heardAt > 0 && at - module.heardAt <= toleranceOf(module)

/** Learns from a report at `at`; intervals longer than the tolerance are gaps and teach nothing. */
export const learnCadence = (module: ModuleState, at: number): void => {
  const interval = at - module.heardAt
  if (module.heardAt === 0 || interval <= 0 || interval > toleranceOf(module)) return
  module.cadenceMs = module.cadenceMs === 0 ? interval : module.cadenceMs + WEIGHT * (interval - module.cadenceMs)
}
