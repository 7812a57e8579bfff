/**
 * How long a session waits before it connects again. Pure: what happened so far in, milliseconds out. The vendor locks
 * out who connects too often, so each kind of failure has a pace of its own.
 */

const MINUTE_MS = 60_000
const FIRST_MS = 2_000
const LONGEST_MS = 5 * MINUTE_MS
/** src: VENDOR-FACTS §2: credentials may be fetched again every 5 minutes. */
const SPACING_MS = 5 * MINUTE_MS
const WIDEST_SPACING_MS = 60 * MINUTE_MS

/** A connection closed sooner than this after it came up was pushed out, most likely. */
export const KICKED_WITHIN_MS = 10_000
/** So many times in a row, and somebody else wants the account's one session. */
export const KICKS = 3
const KICKED_MS = 10 * MINUTE_MS
/** A connection that lived so long shows that all is well again. */
export const PROVEN_MS = MINUTE_MS

/** After so many failures in a row: 2 s doubling to 5 min, each between half and whole, so that many do not come at once. */
export const backoffMs = (failures: number, random: () => number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (0.5 + random() / 2)

/** After a failure that only a person or much time can mend. */
export const stubbornMs = (random: () => number): number => LONGEST_MS * (1 + random() / 10)

/** After others pushed this session out: coming back at once would push them out. */
export const kickedMs = (random: () => number): number => KICKED_MS * (1 + random() / 10)

/** Between what must be rare, the nth time in a row: 5, 10, 20, 40, 60 min. */
export const spacingMs = (times: number): number =>
  Math.min(WIDEST_SPACING_MS, SPACING_MS * 2 ** Math.max(0, times - 1))
