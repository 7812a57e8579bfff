/** The collector's own row of the minute: what it received, holds and could not deliver. */
import type { AccountStatus } from './cloud/account-status.ts'
import { total } from './counters.ts'
import type { Line } from './line.ts'
import { encodePoint } from './store/line-protocol.ts'

/** What the sources say of their sessions; of several the one that is worst off. */
const sourceFields = (accounts: readonly AccountStatus[]): Record<string, number> => {
  const connected = accounts.filter(({ session }) => session.isConnected).length
  const spent = accounts.flatMap(({ session: { connects, ids } }) => (connects && ids ? [{ connects, ids }] : []))
  const offset = accounts.find(({ clockOffsetMs }) => clockOffsetMs !== undefined)?.clockOffsetMs
  return {
    is_connected: accounts.length > 0 && connected === accounts.length ? 1 : 0,
    sessions_count: accounts.length,
    sessions_connected_count: connected,
    ...(spent.length === 0
      ? {}
      : {
          connects_left_count: Math.min(...spent.map(({ connects }) => connects.limit - connects.today)),
          client_ids_left_count: Math.min(...spent.map(({ ids }) => ids.limit - ids.today)),
        }),
    ...(offset === undefined ? {} : { clock_offset_ms: offset, clock_skew_s: Math.abs(offset) / 1000 }),
  }
}

/** What the row needs to know beyond the line: since when it stands (epoch ms), and what was kept aside (ratio). */
export interface Observed {
  readonly startedAt: number
  readonly quarantinedRatio: number
}

/** When any kit was last heard; not before the collector started where none ever was. */
const heardAt = ({ intake }: Line, startedAt: number): number => {
  const heard = [...intake.track.state.kits.values()].reduce((last, kit) => Math.max(last, kit.heardAt), 0)
  return heard === 0 ? startedAt : heard
}

/** The fields of `collector` as of the minute `at` (epoch ms). */
export const collectorFields = (
  line: Line,
  accounts: readonly AccountStatus[],
  { startedAt, quarantinedRatio }: Observed,
  at: number,
): Record<string, number> => {
  const { counters, spool, drain } = line
  const { bytes, maxBytes, records, oldestAt, recordingBytes } = spool.stats()
  const { problem, latencyMs } = drain.status()
  return {
    messages_count: total(counters, 'messages_received'),
    rejected_count: total(counters, 'rejected'),
    quarantined_count: total(counters, 'quarantined'),
    quarantined_ratio: quarantinedRatio,
    heard_age_s: Math.max(0, Math.round((at - heardAt(line, startedAt)) / 1000)),
    spool_bytes: bytes,
    spool_used_ratio: bytes / maxBytes,
    recording_bytes: recordingBytes,
    spool_records_count: records,
    spool_age_s: oldestAt === undefined ? 0 : Math.max(0, (at - oldestAt) / 1000),
    ...(latencyMs === undefined ? {} : { store_latency_ms: latencyMs }),
    is_store_taking: problem ? 0 : 1,
    ...sourceFields(accounts),
    memory_bytes: process.memoryUsage.rss(),
  }
}

/** One line of `collector`, stamped with the minute `at` (epoch ms). */
export const collectorRow = (name: string, fields: Readonly<Record<string, number>>, at: number): string =>
  encodePoint({ measurement: 'collector', tags: { collector: name }, fields, at })
