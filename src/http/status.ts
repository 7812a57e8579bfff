/** What the collector tells about itself: collected by whoever runs it, shown by the read API. Times are epoch ms. */
import type { AccountStatus } from '../cloud/account-status.ts'
import type { Counters } from '../counters.ts'
import type { DrainStatus } from '../store/drain.ts'
import type { SpoolStats } from '../store/spool-state.ts'
import type { Store } from '../store/store.ts'

export type SpoolView = Pick<
  SpoolStats,
  'bytes' | 'recordingBytes' | 'records' | 'oldestAt' | 'hoursLeft' | 'isRefusing'
>

export interface CollectorStatus {
  readonly version: string
  readonly startedAt: number
  readonly store: Store['name']
  readonly spool: SpoolView
  readonly drain: DrainStatus
  /** Where reports come from; empty when only the read API runs. */
  readonly accounts: readonly AccountStatus[]
  readonly counters: Counters
}
