/** The numbers by which freshness is judged: settings of the collector, and what they are when nothing is set. */

export interface FreshnessNumbers {
  /** A kit is silent when it pushed nothing for so many of its usual intervals … */
  readonly silentCadences: number
  /** … but not before so many ms. */
  readonly silentMs: number
  /** A stretch without values of so many usual intervals is a gap … */
  readonly gapCadences: number
  /** … but not before two and a half polls: how often each kit is polled (ms). */
  readonly pollMs: number
  /** Answers that stand still so long (ms), while power flows, come from an old snapshot. */
  readonly frozenMs: number
  /** The same while no power flows (ms). */
  readonly frozenIdleMs: number
  /** Power from which values must be seen to move (W). */
  readonly movingW: number
}

export const FRESHNESS: FreshnessNumbers = {
  silentCadences: 5,
  silentMs: 15_000,
  gapCadences: 5,
  pollMs: 60_000,
  frozenMs: 150_000,
  frozenIdleMs: 3_600_000,
  movingW: 20,
}

/** Polls fill in; one missed poll is no gap. */
const POLLS_OF_A_GAP = 2.5

/** The shortest stretch without values that is a gap (ms). */
export const gapFloorMs = ({ pollMs }: FreshnessNumbers): number => POLLS_OF_A_GAP * pollMs
