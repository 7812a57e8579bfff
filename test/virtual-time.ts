/**
 * Time that passes only when told to: a Timers whose clock jumps from one due call to the next. Between two calls it
 * lets promises settle, so that what a call began has come to rest before the next one. No call is due while nobody
 * advances; work outside of promises (disk, sockets) needs a `settle` of the caller's that waits for it.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Timers } from '../src/timers.ts'

export interface VirtualTime extends Timers {
  /** Passes so many ms, making every call that falls due, in order. */
  advance(ms: number): Promise<void>
  /** Calls that wait for their time. */
  pending(): number
}

interface Due {
  readonly at: number
  readonly call: () => void
}

/** A clock that stands at `startAt` (epoch ms). */
export const createVirtualTime = (startAt: number, settle: () => Promise<unknown> = () => turn()): VirtualTime => {
  // By time; of the same time those asked for first.
  const waiting: Due[] = []
  let at = startAt
  const after = (ms: number, call: () => void): (() => void) => {
    const due: Due = { at: at + Math.max(0, ms), call }
    let place = waiting.length
    while (place > 0 && waiting[place - 1]!.at > due.at) place--
    waiting.splice(place, 0, due)
    return () => {
      const where = waiting.indexOf(due)
      if (where >= 0) waiting.splice(where, 1)
    }
  }
  const advance = async (ms: number): Promise<void> => {
    const until = at + ms
    await settle()
    for (let next = waiting[0]; next !== undefined && next.at <= until; next = waiting[0]) {
      waiting.shift()
      at = next.at
      next.call()
      await settle()
    }
    at = until
  }
  return { now: () => at, after, advance, pending: () => waiting.length }
}
