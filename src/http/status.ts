/** What the collector tells about itself: collected by whoever runs it, shown by the read API. Times are epoch ms. */
import type { SessionStatus } from '../cloud/session.ts'
import type { Counters } from '../counters.ts'
import type { DrainStatus } from '../store/drain.ts'
import type { SpoolStats } from '../store/spool-state.ts'
import type { Store } from '../store/store.ts'

export type SpoolView = Pick<SpoolStats, 'bytes' | 'records' | 'oldestAt' | 'hoursLeft'>
export type SessionView = Pick<SessionStatus, 'isConnected' | 'sinceAt' | 'granted' | 'problem'>

export interface CollectorStatus {
  readonly version: string
  readonly startedAt: number
  readonly store: Store['name']
  readonly spool: SpoolView
  readonly drain: DrainStatus
  /** Absent when nothing is subscribed to. */
  readonly session?: SessionView | undefined
  readonly counters: Counters
}
