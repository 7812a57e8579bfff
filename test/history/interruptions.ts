/** What interrupts a scenario: the collector is down, or the kit says nothing, at known times. */

export interface Interruption {
  readonly kind: 'collector down' | 'kit silent' | 'restart'
  /** Epoch ms. */
  readonly fromAt: number
  readonly toAt: number
}

const MINUTE_MS = 60_000

/** Outages last no larger share of the whole time than this. */
const LONGEST = 0.06

/** Where in the whole time each one lies, and how long it lasts (ms): outages and restarts. */
const PLAN = [
  [0.08, 'restart', 3_000],
  [0.17, 'collector down', 200 * MINUTE_MS],
  [0.29, 'restart', 9_000],
  [0.37, 'restart', 22_000],
  [0.46, 'kit silent', 395 * MINUTE_MS],
  [0.58, 'restart', 45_000],
  [0.83, 'restart', 90_000],
  [0.91, 'collector down', 14 * MINUTE_MS],
] as const

/** Three outages and five restarts, spread over the time from `from` to `until`. */
export const interruptionsOf = (from: number, until: number): Interruption[] =>
  PLAN.map(([share, kind, ms]) => {
    const fromAt = Math.floor(from + share * (until - from))
    return { kind, fromAt, toAt: fromAt + Math.min(ms, Math.floor(LONGEST * (until - from))) }
  })
