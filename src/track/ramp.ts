/** Powers that go in a straight line from one report to the next: what lies above zero, and for how long above a floor. */

/**
 * A module reports what changed, within ten seconds while it is in a hurry: what it held before counts until so long
 * before its report (ms). A ramp over all the time of silence would let a load that is just switched on run for minutes.
 */
const RAMP_MS = 10_000

/** When the ramp to a report at `at` begins: not before the report before, at `fromAt`. */
export const rampStart = (fromAt: number, at: number): number => Math.max(fromAt, at - RAMP_MS)

/** Area above zero under the line from `a` to `b` over `span`; the area below is that of `-a` to `-b`. */
export const areaAbove = (a: number, b: number, span: number): number => {
  if (a >= 0 && b >= 0) return ((a + b) / 2) * span
  if (a <= 0 && b <= 0) return 0
  const top = Math.max(a, b)
  return ((top * top) / (2 * Math.abs(a - b))) * span
}

/** For how much of `span` the line from `a` to `b` is at `floor` or above. */
export const spanAbove = (a: number, b: number, span: number, floor: number): number => {
  if (a >= floor && b >= floor) return span
  if (a < floor && b < floor) return 0
  return ((Math.max(a, b) - floor) / Math.abs(a - b)) * span
}

/** Where the line from `a` to `b` is after this share of its way. */
export const between = (a: number, b: number, share: number): number => a + (b - a) * share
