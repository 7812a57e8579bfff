/** Every counter of the collector as a metric `powerkits_<counter>_total`. */
import { COUNTERS, type CounterName, type Counters } from '../../counters.ts'
import { labelledCounts } from '../labelled-counts.ts'
import type { Metric } from './exposition.ts'

/** What the labels of a counter tell, in their order: none, or where nothing is said a `kind`. */
const LABELS: Partial<Record<CounterName, readonly string[]>> = {
  messages_received: [],
  rejected: ['reason'],
  values: ['outcome'],
  quarantined: ['reason'],
  reconciled: [],
  unknown_overflow: [],
  spool_records: [],
  spool_refused: ['reason'],
  spool_dropped: ['reason'],
  recordings_shortened: [],
  drained: ['bucket', 'outcome'],
  drain_retries: ['bucket'],
  lines_rejected: ['bucket'],
  cloud_requests: ['call'],
}

const labelsOf = (keys: readonly string[], label: string): Record<string, string> => {
  const parts = keys.length === 1 ? [label] : label.split(',')
  return Object.fromEntries(keys.map((key, i) => [key, parts[i] ?? '']))
}

const readingsOf = (counters: Counters, name: CounterName): Metric['readings'] => {
  const keys = LABELS[name] ?? ['kind']
  if (keys.length === 0) return [{ value: counters.get(name) ?? 0 }]
  return labelledCounts(counters, name).map(([label, value]) => ({ labels: labelsOf(keys, label), value }))
}

export const counterMetrics = (counters: Counters): Metric[] =>
  (Object.keys(COUNTERS) as CounterName[]).map((name) => ({
    name: `powerkits_${name}_total`,
    type: 'counter',
    help: COUNTERS[name],
    readings: readingsOf(counters, name),
  }))
