/**
 * Counts the charge of a pack by its stretches, and holds it against what its state of charge says: swings tell how much
 * can be used, cycles how much comes back.
 */

import { breakCycle, noteCycle } from './health-cycles.ts'
import { slotsOf } from './health-slots.ts'
import type { PackHealth } from './health-state.ts'
import { breakSwings, noteTurn } from './health-swings.ts'
import { areaAbove } from './ramp.ts'
import { amperesBeforeOf, amperesOf, wattsBeforeOf, wattsOf } from './readings.ts'
import type { ModuleState } from './state.ts'

const MS_PER_HOUR = 3_600_000
/** A state of charge that jumps was corrected, and counts no longer from where it stood. */
const JUMP_POINTS = 5

/** Nothing is known of the time since the report before: whatever counts charge begins anew. */
const breakCount = (pack: PackHealth, soc: number): void => {
  breakSwings(pack.swings)
  const cycles = breakCycle(pack.cycles)
  if (cycles) pack.cycles = cycles
  else delete pack.cycles
  pack.ah = 0
  pack.soc = Number.isNaN(soc) ? -1 : soc
}

/** Call after each report of a pack, the stretch of which began at `fromAt` (epoch ms; 0 = after a gap). */
export const countCharge = (pack: PackHealth, module: ModuleState, fromAt: number, at: number): void => {
  const { readings } = module
  const slots = slotsOf(module.table)
  const soc = module.values[slots.soc]!
  const before = amperesBeforeOf(readings, 0)
  const now = amperesOf(readings, 0)
  const wattsBefore = wattsBeforeOf(readings, 0)
  const watts = wattsOf(readings, 0)
  const isKnown = fromAt > 0 && !Number.isNaN(before + now + wattsBefore + watts)
  if (!isKnown || Math.abs(soc - pack.soc) > JUMP_POINTS) return breakCount(pack, soc)
  const hours = (at - fromAt) / MS_PER_HOUR
  pack.ah += ((before + now) / 2) * hours
  if (pack.cycles) {
    pack.cycles.inAh += areaAbove(before, now, hours)
    pack.cycles.inWh += areaAbove(wattsBefore, watts, hours)
    pack.cycles.outWh += areaAbove(-wattsBefore, -watts, hours)
  }
  if (Number.isNaN(soc) || soc === pack.soc) return
  if (pack.soc >= 0) {
    const turn = { soc: (soc + pack.soc) / 2, ah: pack.ah }
    noteTurn(pack.swings, turn)
    pack.cycles = noteCycle(pack.cycles, turn.soc, module.values[slots.full]!, at)
  }
  pack.soc = soc
}
