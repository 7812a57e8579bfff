/**
 * The time that stamps are made of: the wall clock, but never running backwards. When the wall clock is set back, this
 * clock stays ahead of it and comes back by running slower; when it is set forward, this one follows. Either way the
 * step is told before anything is stamped behind it.
 */
export interface Clock {
  /** Epoch ms, whole, never less than before. */
  now(): number
}

const STEP_MS = 2_000
/** Share of the time by which a clock that is ahead runs slower. */
const SLEW = 0.05

/**
 * A clock over `wall` (epoch ms) and `monotonic` (ms since any start). It begins at `notBefore`, the stamp of the last
 * thing recorded, if the wall clock is behind that. `onStep` hears by how many ms the stamps jumped forward, or, below
 * zero, by how many the wall clock was set back. A machine that slept looks like one whose clock was set forward.
 */
export const createClock = (
  wall: () => number,
  monotonic: () => number,
  notBefore: number,
  onStep: (ms: number) => void,
): Clock => {
  let lastWall = wall()
  let lastMonotonic = monotonic()
  let ahead = Math.max(0, notBefore - lastWall)
  let last = Math.floor(lastWall + ahead)
  const now = (): number => {
    const [nowWall, nowMonotonic] = [wall(), monotonic()]
    const elapsed = nowMonotonic - lastMonotonic
    const moved = nowWall - lastWall - elapsed
    lastWall = nowWall
    lastMonotonic = nowMonotonic
    ahead = Math.max(0, ahead - SLEW * elapsed)
    const isSet = Math.abs(moved) >= STEP_MS
    if (isSet) ahead = Math.max(0, ahead - moved)
    const before = last
    last = Math.max(last, Math.floor(nowWall + ahead))
    const jumped = moved < 0 ? moved : last - before - elapsed
    if (isSet && Math.abs(jumped) >= STEP_MS) onStep(Math.round(jumped))
    return last
  }
  return { now }
}
