/** Which causes a day's missing time has. Pure. */
import type { MessageKey } from '../../language.ts'
import type { CoveredPeriod } from './collector-shapes.ts'

const CAUSES = {
  missing_collector_down_s: 'health.cause.collector_down',
  missing_mqtt_silent_s: 'health.cause.mqtt_silent',
  missing_cloud_down_s: 'health.cause.cloud_down',
  missing_device_offline_s: 'health.cause.device_offline',
  missing_spool_full_s: 'health.cause.spool_full',
  missing_quarantined_s: 'health.cause.quarantined',
  missing_clock_s: 'health.cause.clock',
  missing_other_s: 'health.cause.other',
} as const satisfies Record<string, MessageKey>

export interface MissingCause {
  readonly key: MessageKey
  readonly seconds: number
}

const LEAST_S = 1

/** The longest first. */
export const causesOf = (period: CoveredPeriod): MissingCause[] =>
  Object.entries(CAUSES)
    .flatMap(([field, key]) => {
      const seconds = period[field]
      return typeof seconds === 'number' && seconds >= LEAST_S ? [{ key, seconds }] : []
    })
    .sort((a, b) => b.seconds - a.seconds)

/** The causes of several days together. */
export const causesOfAll = (periods: readonly CoveredPeriod[]): MissingCause[] => {
  const sums = new Map<MessageKey, number>()
  for (const { key, seconds } of periods.flatMap(causesOf)) sums.set(key, (sums.get(key) ?? 0) + seconds)
  return [...sums].map(([key, seconds]) => ({ key, seconds })).sort((a, b) => b.seconds - a.seconds)
}
