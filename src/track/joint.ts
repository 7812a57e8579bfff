/**
 * The sum of what several modules ramp, each with reports at its own moments: what goes in and out of all packs together
 * is not what goes in and out of each, where current runs from one into the other. Ramps wait until all modules have
 * reported; a module that tells nothing of a time adds nothing to it.
 */
import type { Joint } from './energy-state.ts'
import { areaAbove, spanAbove } from './ramp.ts'

/** Start, end, and the power at both. */
const NUMBERS = 4
/** So many ramps wait for a module that is late, then they are summed up without it. */
const MOST = 4_000

/** Area of the sum above and below zero, and for how long (ms) it was at the floor or above. */
export interface Totals {
  above: number
  below: number
  highMs: number
}

/** Whether there is no room for another ramp. */
export const isFull = ({ ramps }: Joint): boolean => ramps.length >= MOST * NUMBERS

export const addRamp = (joint: Joint, fromAt: number, toAt: number, from: number, to: number): void => {
  joint.ramps.push(fromAt, toAt, from, to)
}

/** Start of the earliest ramp that waits; Infinity where none does. */
export const earliest = ({ ramps }: Joint): number => {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < ramps.length; i += NUMBERS) least = Math.min(least, ramps[i]!)
  return least
}

/** The first moment behind `at`, at most `toAt`, at which a ramp begins or ends. */
const nextEdge = (ramps: readonly number[], at: number, toAt: number): number => {
  let edge = toAt
  for (let i = 0; i < ramps.length; i += NUMBERS) {
    const [start, end] = [ramps[i]!, ramps[i + 1]!]
    if (start > at && start < edge) edge = start
    if (end > at && end < edge) edge = end
  }
  return edge
}

const addSpan = (ramps: readonly number[], at: number, edge: number, floor: number, totals: Totals): void => {
  let [a, b] = [0, 0]
  for (let i = 0; i < ramps.length; i += NUMBERS) {
    const start = ramps[i]!
    const end = ramps[i + 1]!
    if (start > at || end < edge) continue
    const from = ramps[i + 2]!
    const slope = (ramps[i + 3]! - from) / (end - start)
    a += from + slope * (at - start)
    b += from + slope * (edge - start)
  }
  totals.above += areaAbove(a, b, edge - at)
  totals.below += areaAbove(-a, -b, edge - at)
  totals.highMs += spanAbove(a, b, edge - at, floor)
}

/** Sums up from `joint.at` to `toAt`, into `totals` which it sets first, and forgets ramps that lie behind. */
export const sumUp = (joint: Joint, toAt: number, floor: number, totals: Totals): void => {
  const { ramps } = joint
  totals.above = totals.below = totals.highMs = 0
  for (let at = joint.at; at < toAt; ) {
    const edge = nextEdge(ramps, at, toAt)
    addSpan(ramps, at, edge, floor, totals)
    at = edge
  }
  joint.at = toAt
  let kept = 0
  for (let i = 0; i < ramps.length; i += NUMBERS) {
    if (ramps[i + 1]! <= toAt) continue
    for (let j = 0; j < NUMBERS; j++) ramps[kept++] = ramps[i + j]!
  }
  ramps.length = kept
}
