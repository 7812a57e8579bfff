/**
 * The time that stamps are made of: the wall clock, but never running backwards. When the wall clock is set back, this
 * clock stays ahead of it and comes back by running slower; when it is set forward, this one follows. Either way the
 * step is reported.
 */
export interface Clock {
  /** Epoch ms, whole, never less than before. */
  now(): number
  /** How far the wall clock was set since the last call, in ms; 0 when it was not. */
  takeStep(): number
}

const STEP_MS = 2_000
/** Share of the time by which a clock that is ahead runs slower. */
const SLEW = 0.05

/**
 * A clock over `wall` (epoch ms) and `monotonic` (ms since any start). It begins at `notBefore`, the stamp of the last
 * thing recorded, if the wall clock is behind that.
 */
export const createClock = (wall: () => number, monotonic: () => number, notBefore: number): Clock => {
  let lastWall = wall()
  let lastMonotonic = monotonic()
  let ahead = Math.max(0, notBefore - lastWall)
  let last = 0
  let step = 0
  const look = (): number => {
    const [nowWall, nowMonotonic] = [wall(), monotonic()]
    const elapsed = nowMonotonic - lastMonotonic
    const moved = nowWall - lastWall - elapsed
    lastWall = nowWall
    lastMonotonic = nowMonotonic
    ahead = Math.max(0, ahead - SLEW * elapsed)
    if (Math.abs(moved) >= STEP_MS) {
      step += moved
      ahead = Math.max(0, ahead - moved)
    }
    last = Math.max(last, Math.floor(nowWall + ahead))
    return last
  }
  return {
    now: look,
    takeStep: () => {
      look()
      const taken = step
      step = 0
      return taken
    },
  }
}
