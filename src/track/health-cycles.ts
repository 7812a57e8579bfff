/**
 * The efficiency of a pack: what came out, of what went in, over whole cycles. A cycle ends with the state of charge it
 * began with, after one full charge or more went in, and has no gap in it.
 */
import type { Cycles } from './health-state.ts'

const DAYS_MS = 30 * 86_400_000
const KEPT = 40

const begin = (soc: number, kept: Cycles['kept']): Cycles => ({ startSoc: soc, inWh: 0, outWh: 0, inAh: 0, kept })

/** The state of charge goes over `soc` (%) at `at` (epoch ms). `fullAh`: charge when full; NaN where not known. */
export const noteCycle = (cycles: Cycles | undefined, soc: number, fullAh: number, at: number): Cycles => {
  if (cycles === undefined || cycles.startSoc < 0) return begin(soc, cycles?.kept ?? [])
  const isWhole = Math.abs(soc - cycles.startSoc) <= 0.5 && cycles.inAh >= fullAh && cycles.inWh > 0
  if (!isWhole) return cycles
  const kept = [...cycles.kept, [at, Math.round(cycles.inWh), Math.round(cycles.outWh)] as const]
  return begin(soc, kept.slice(-KEPT))
}

/** Nothing is known of what comes next. */
export const breakCycle = (cycles: Cycles | undefined): Cycles | undefined =>
  cycles === undefined || cycles.kept.length === 0 ? undefined : begin(-1, cycles.kept)

/** Over the whole cycles that ended in the 30 days before `at`; NaN where there was none. */
export const efficiencyOf = (cycles: Cycles | undefined, at: number): number => {
  const recent = (cycles?.kept ?? []).filter(([endAt]) => at - endAt <= DAYS_MS)
  const sum = (place: 1 | 2): number => recent.reduce((total, cycle) => total + cycle[place], 0)
  return sum(2) / sum(1)
}
