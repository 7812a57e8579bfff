/**
 * What is still to be told on one way (webhook or mail): plain data that survives a restart. Bounded: of more than so
 * many the oldest are given up and counted. A way that does not take them is tried again, more and more seldom.
 */
import type { Notice } from './notice.ts'

export interface Outbox {
  readonly waiting: readonly Notice[]
  /** Given up since the last message that went. */
  readonly dropped: number
  /** Failed tries in a row. */
  readonly failures: number
  /** Not to be tried before (epoch ms). */
  readonly notBefore: number
}

export const EMPTY: Outbox = { waiting: [], dropped: 0, failures: 0, notBefore: 0 }

const MOST_WAITING = 500
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 3_600_000

export const put = (box: Outbox, notices: readonly Notice[]): Outbox => {
  const all = [...box.waiting, ...notices]
  const tooMany = Math.max(0, all.length - MOST_WAITING)
  return { ...box, waiting: all.slice(tooMany), dropped: box.dropped + tooMany }
}

/** What may go now: nothing while the way is to be left alone; of the rest what no quiet hour holds back. */
export const due = (box: Outbox, isHeldBack: (notice: Notice) => boolean, at: number): Notice[] =>
  at < box.notBefore ? [] : box.waiting.filter((notice) => !isHeldBack(notice))

/** These went, with the word of what was given up before. */
export const sent = (box: Outbox, gone: readonly Notice[], dropped: number): Outbox => {
  const told = new Set(gone)
  return {
    waiting: box.waiting.filter((notice) => !told.has(notice)),
    dropped: box.dropped - dropped,
    failures: 0,
    notBefore: 0,
  }
}

export const failed = (box: Outbox, at: number): Outbox => {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** box.failures)
  return { ...box, failures: box.failures + 1, notBefore: at + pauseMs }
}
