/** Counters that say that something was lost, refused or kept aside. */
export const TOLD_COUNTERS: readonly string[] = [
  'rejected',
  'quarantined',
  'unknown_overflow',
  'spool_refused',
  'spool_dropped',
  'spool_damaged',
  'lines_rejected',
]
