/**
 * The efficiency of a pack: what came out, of what went in, over whole cycles. A cycle ends with the state of charge it
 * began with, after one full charge or more went in, and has no gap in it.
 */
import type { Cycles } from './health-state.ts'

const DAYS_MS = 30 * 86_400_000
/** Numbers of a cycle, and how many cycles are kept. */
const NUMBERS = 3
const KEPT = 15

const begin = (soc: number, kept: Cycles['kept']): Cycles => ({ startSoc: soc, inWh: 0, outWh: 0, inAh: 0, kept })

/** The state of charge goes over `soc` (%) at `at` (epoch ms). `fullAh`: charge when full; NaN where not known. */
export const noteCycle = (cycles: Cycles | undefined, soc: number, fullAh: number, at: number): Cycles => {
  if (cycles === undefined || cycles.startSoc < 0) return begin(soc, cycles?.kept ?? [])
  const isWhole = Math.abs(soc - cycles.startSoc) <= 0.5 && cycles.inAh >= fullAh && cycles.inWh > 0
  if (!isWhole) return cycles
  const kept = [...cycles.kept, at, Math.round(cycles.inWh), Math.round(cycles.outWh)]
  return begin(soc, kept.slice(-KEPT * NUMBERS))
}

/** Nothing is known of what comes next. */
export const breakCycle = (cycles: Cycles | undefined): Cycles | undefined =>
  cycles === undefined || cycles.kept.length === 0 ? undefined : begin(-1, cycles.kept)

/**
 * Over the whole cycles that ended in the 30 days before `at`; NaN where there was none, and where more came out than went
 * in: no pack does that, so the cycles were none.
 */
export const efficiencyOf = (cycles: Cycles | undefined, at: number): number => {
  const kept = cycles?.kept ?? []
  let inWh = 0
  let outWh = 0
  for (let i = 0; i < kept.length; i += NUMBERS) {
    if (at - kept[i]! > DAYS_MS) continue
    inWh += kept[i + 1]!
    outWh += kept[i + 2]!
  }
  return outWh <= inWh ? outWh / inWh : Number.NaN
}
