/** The line in figures: what waits on disk, and whether the store takes it. */
import type { DrainStatus } from '../../store/drain.ts'
import type { CollectorStatus, SpoolView } from '../status.ts'
import { gauge, type Metric } from './exposition.ts'

const seconds = (since: number | undefined, at: number): number =>
  since === undefined ? 0 : Math.max(0, (at - since) / 1000)

const spoolMetrics = (spool: SpoolView, at: number): Metric[] => [
  gauge('powerkits_spool_records', 'records that are not in the store yet', spool.records),
  gauge('powerkits_spool_bytes', 'what they take on disk', spool.bytes),
  gauge('powerkits_spool_oldest_age_seconds', 'age of the oldest of them; 0 with none', seconds(spool.oldestAt, at)),
  gauge('powerkits_spool_hours_left', 'until the spool is full with the store away, at this rate', spool.hoursLeft),
  gauge('powerkits_spool_refusing', '1 while new messages are refused for want of room', Number(spool.isRefusing)),
  gauge('powerkits_recording_bytes', 'recorded messages that the store has', spool.recordingBytes),
]

const storeMetrics = (drain: DrainStatus, at: number): Metric[] => [
  gauge('powerkits_store_taking', '0 while the store takes nothing', Number(drain.problem === undefined)),
  gauge('powerkits_store_refusing_seconds', 'for how long a batch has been tried again', seconds(drain.keptSince, at)),
  gauge(
    'powerkits_store_latency_seconds',
    'how long the store took for its last answer',
    drain.latencyMs === undefined ? undefined : drain.latencyMs / 1000,
  ),
  gauge('powerkits_store_batches_in_flight', 'batches that the store has not answered', drain.inFlight),
]

export const lineMetrics = (status: CollectorStatus, at: number): Metric[] => [
  {
    name: 'powerkits_build_info',
    type: 'gauge',
    help: 'what runs here, and which store it writes to',
    readings: [{ labels: { version: status.version, node: process.version, store: status.store }, value: 1 }],
  },
  gauge('powerkits_uptime_seconds', 'since the collector started', seconds(status.startedAt, at)),
  ...spoolMetrics(status.spool, at),
  ...storeMetrics(status.drain, at),
]
