/** The collector's own row of the minute: what it received, holds and could not deliver. */
import { total } from './counters.ts'
import type { Line } from './line.ts'
import { encodePoint } from './store/line-protocol.ts'

/** One line of `collector`, stamped with the minute `at` (epoch ms). */
export const collectorRow = (line: Line, name: string, isConnected: boolean, at: number): string => {
  const { counters, spool, drain } = line
  const { bytes, records, oldestAt, recordingBytes } = spool.stats()
  const { problem, latencyMs } = drain.status()
  return encodePoint({
    measurement: 'collector',
    tags: { collector: name },
    fields: {
      messages_count: total(counters, 'messages_received'),
      rejected_count: total(counters, 'rejected'),
      quarantined_count: total(counters, 'quarantined'),
      spool_bytes: bytes,
      recording_bytes: recordingBytes,
      spool_records_count: records,
      spool_age_s: oldestAt === undefined ? 0 : Math.max(0, (at - oldestAt) / 1000),
      ...(latencyMs === undefined ? {} : { store_latency_ms: latencyMs }),
      is_store_taking: problem ? 0 : 1,
      is_connected: isConnected ? 1 : 0,
      memory_bytes: process.memoryUsage.rss(),
    },
    at,
  })
}
