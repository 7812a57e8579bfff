/** What of a kit's state is no value: what speaks for and against its values being current, and what is missing of it. */
import type { GapCause } from './causes.ts'
import type { Verdict } from './verdict.ts'

/** A piece of a hole that goes on, as it was last written. */
export interface OpenGap {
  /** Stamp of its row: a whole second. */
  readonly startAt: number
  cause: GapCause
  text: string
  /** When the cause ended although nothing was heard yet; 0 while it goes on. */
  endedAt: number
  writtenAt: number
}

/** What besides values tells how a kit is doing. */
export interface Evidence {
  /** When the cloud first said that the kit is connected; when it last began to say that it is not. */
  onlineAt: number
  offlineAt: number
  /** Since when its cloud cannot be reached, and why. */
  downAt: number
  downText: string
  /** Last poll that proved that the snapshot moves without pushes. */
  movedAt: number
  /** Last poll that was an old snapshot. */
  staleAt: number
  /** Last poll while nothing was pushed: what differs from it moved by itself, if no push came since. */
  referenceAt: number
  /** Last poll that was answered, and last one that was so after polls had not been for longer than a gap. */
  answeredAt: number
  unansweredAt: number
  /** Whether the last poll could not be told from an old snapshot. */
  isUnproven: boolean
  /** Last message of which nothing could be used. */
  refusedAt: number
  /** When its session was last connected anew because nothing was pushed. */
  renewedAt: number
}

/** What is missing of a kit, and what was told of it. */
export interface Ledger {
  gap: OpenGap | undefined
  /** What is missing before this is told elsewhere. */
  explainedAt: number
  /** First believed report ever. */
  firstAt: number
  /** The local day in which `missingMs` of closed pieces lie. */
  dayAt: number
  dayEndAt: number
  missingMs: number
  /** The verdict that the last event told. */
  told: Verdict | ''
}

export const createEvidence = (): Evidence => ({
  onlineAt: 0,
  offlineAt: 0,
  downAt: 0,
  downText: '',
  movedAt: 0,
  staleAt: 0,
  referenceAt: 0,
  answeredAt: 0,
  unansweredAt: 0,
  isUnproven: false,
  refusedAt: 0,
  renewedAt: 0,
})

export const createLedger = (): Ledger => ({
  gap: undefined,
  explainedAt: 0,
  firstAt: 0,
  dayAt: 0,
  dayEndAt: 0,
  missingMs: 0,
  told: '',
})
