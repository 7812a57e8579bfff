/**
 * The usable charge of a pack from its swings: the Ah that went in or out on balance, by the change of the state of
 * charge. A swing goes from one turning point to the next, is 50 points or more, and has no gap in it. Both ends are taken
 * at moments at which the state of charge goes from one whole number to the next, so that rounding cancels out.
 */
import type { Swings, Turn } from './health-state.ts'

const LEAST_POINTS = 50
/** So many points back are a turning point; less is noise. */
const TURN_POINTS = 5
const KEPT = 10
const LEAST_SWINGS = 3
/** A scatter of so much of the median leaves no confidence. */
const MOST_SCATTER = 0.1

const keep = (swings: Swings, from: Turn, far: Turn): void => {
  const points = Math.abs(far.soc - from.soc)
  if (points < LEAST_POINTS) return
  swings.kept.push(Math.round((Math.abs(far.ah - from.ah) / points) * 100_000) / 1000)
  if (swings.kept.length > KEPT) swings.kept.shift()
  swings.seen++
}

/** The state of charge went over `turn`. */
export const noteTurn = (swings: Swings, turn: Turn): void => {
  const { from, far } = swings
  if (from === undefined || far === undefined) {
    swings.from = swings.far = turn
    return
  }
  const direction = Math.sign(far.soc - from.soc)
  if (direction === 0 || (turn.soc - far.soc) * direction > 0) swings.far = turn
  else if ((far.soc - turn.soc) * direction >= TURN_POINTS) {
    keep(swings, from, far)
    swings.from = far
    swings.far = turn
  }
}

/** Nothing is known of what comes next: what was seen counts, and a new swing begins. */
export const breakSwings = (swings: Swings): void => {
  if (swings.from && swings.far) keep(swings, swings.from, swings.far)
  delete swings.from
  delete swings.far
}

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * The median of the last ten swings, once there are three, and how far it can be trusted: n / (n + 2) of n swings, less
 * what they scatter: their median deviation, where a tenth of the median leaves nothing.
 */
export const usableOf = ({ kept, seen }: Swings): Readonly<Record<string, number>> => {
  if (kept.length < LEAST_SWINGS) return { swings_count: seen }
  const usable = medianOf(kept)
  const scatter = medianOf(kept.map((one) => Math.abs(one - usable))) / usable
  const trust = (kept.length / (kept.length + 2)) * Math.max(0, 1 - scatter / MOST_SCATTER)
  return {
    swings_count: seen,
    usable_ah: Math.round(usable * 100) / 100,
    usable_confidence_ratio: Math.round(trust * 1000) / 1000,
  }
}
