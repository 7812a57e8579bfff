/**
 * Whether an account's cloud can be reached: decided from the outcomes of its requests. A refusal of one kit is an
 * answer like any other; while kits push, the cloud is there however its HTTP API fails.
 */
import { FAILURES } from './failures.ts'
import type { Failure } from './outcome.ts'

export interface Outage {
  /** A request was answered well, or failed. */
  note(failure: Failure | undefined, at: number): void
  /** Looks again whether it is down at `at`: also when nothing was asked meanwhile. */
  look(at: number): void
  isDown(): boolean
  /** Why requests fail, in a sentence; empty when they do not. */
  problem(): string
  /** When a request was last answered well (epoch ms). */
  lastOkAt(): number | undefined
}

/** One lost answer is no outage. */
const LEAST_FAILURES = 2
const LEAST_MS = 30_000

/**
 * `isPushing` says whether any kit of the account pushes at that time; `onChange` hears of each change once, with the
 * reason in a few words, and with since when requests fail (epoch ms).
 */
export const createOutage = (
  isPushing: (at: number) => boolean,
  onChange: (isDown: boolean, reason: string, sinceAt: number) => void,
): Outage => {
  let [failures, failingSince, problem, reason, isDown] = [0, 0, '', '', false]
  let lastOkAt: number | undefined
  const change = (now: boolean): void => {
    if (now === isDown) return
    isDown = now
    onChange(now, now ? reason : '', failingSince)
  }
  const look = (at: number): void => {
    const hasFailed = failures >= LEAST_FAILURES && at - failingSince >= LEAST_MS
    if (isDown || hasFailed) change(hasFailed && !isPushing(at))
  }
  return {
    note: (failure, at) => {
      if (failure === undefined || FAILURES[failure.kind].concerns === 'kit') {
        if (failure === undefined) lastOkAt = at
        ;[failures, problem] = [0, '']
        change(false)
        return
      }
      if (failures === 0) failingSince = at
      failures++
      problem = failure.text
      reason = `Why: ${FAILURES[failure.kind].is}.`
      look(at)
    },
    look,
    isDown: () => isDown,
    problem: () => problem,
    lastOkAt: () => lastOkAt,
  }
}
