/**
 * How far the cloud's clock is from this machine's, learnt from the `Date` of its answers: boxes off the grid have no
 * clock chip, and a request signed with a wrong time is refused. The times given to `learn` must come from a clock
 * that this offset does not correct, or it would be learnt again as nothing.
 */

export interface ClockOffset {
  /** `serverAt` in whole seconds as `Date` has it; `sentAt` and `receivedAt` by the local clock; all epoch ms. */
  learn(serverAt: number, sentAt: number, receivedAt: number): void
  /** Server minus local; 0 until learnt, and while the two agree within 2 s. */
  offsetMs(): number
  isKnown(): boolean
}

interface Reading {
  readonly offsetMs: number
  /** The truth lies within this much of it. */
  readonly errorMs: number
}

/** Smaller changes are the coarseness of `Date` and of the way: following them would make time flutter. */
const WORTHWHILE_MS = 2_000
const KEPT = 8
/** An answer that took longer says too little. */
const MAX_ROUND_TRIP_MS = 10_000
/** `Date` drops the fraction of its second: on average half of one. */
const HALF_SECOND_MS = 500

const contradict = (one: Reading, other: Reading): boolean =>
  Math.abs(one.offsetMs - other.offsetMs) > one.errorMs + other.errorMs

const surest = (readings: readonly Reading[]): Reading =>
  readings.reduce((best, reading) => (reading.errorMs <= best.errorMs ? reading : best))

/** Nothing known yet. */
export const createClockOffset = (): ClockOffset => {
  let readings: readonly Reading[] = []
  let odd: Reading | undefined
  let offsetMs = 0

  /** A clock that was set contradicts all that came before, twice; a single wrong `Date` is let pass. */
  const take = (reading: Reading): void => {
    const isOdd = readings.length > 0 && contradict(reading, surest(readings))
    const isSet = isOdd && odd !== undefined && !contradict(reading, odd)
    if (!isOdd) readings = [...readings, reading].slice(-KEPT)
    if (isSet) readings = [odd as Reading, reading]
    odd = isOdd && !isSet ? reading : undefined
  }
  return {
    learn: (serverAt, sentAt, receivedAt) => {
      const roundTripMs = receivedAt - sentAt
      if (!Number.isFinite(serverAt) || roundTripMs < 0 || roundTripMs > MAX_ROUND_TRIP_MS) return
      const half = roundTripMs / 2
      take({ offsetMs: serverAt + HALF_SECOND_MS - (sentAt + half), errorMs: HALF_SECOND_MS + half })
      const learnt = Math.round(surest(readings).offsetMs)
      if (Math.abs(learnt - offsetMs) >= WORTHWHILE_MS) offsetMs = learnt
    },
    offsetMs: () => offsetMs,
    isKnown: () => readings.length > 0,
  }
}
