/**
 * Every counter of the collector: one table, one line each. Nothing vanishes without a counted, named reason.
 * A label (in the second argument of `count`) splits a counter by reason, kind or outcome.
 */
export const COUNTERS = {
  messages_received: 'messages and answers that reached the line',
  reports: 'messages understood, by kind of report',
  rejected: 'messages refused whole, by reason; their bytes stay in the recording',
  values:
    'wire values by what became of them: written, unchanged, withheld, sentinel, placeholder, quarantined, unknown',
  quarantined: 'values kept aside, by reason',
  reconciled: 'held values corrected by two agreeing polls',
  power_disagreements: 'records whose volts × amperes contradict their watts, by module kind',
  unknown_overflow: 'unknown or refused fields beyond the cap per module: counted, not written',
  spool_records: 'records made durable',
  spool_refused: 'inputs the spool did not take, by reason: full, too_long, closed; QoS 1 is sent again by the broker',
  spool_dropped: 'records dropped before they were drained, to make room, by reason: full, disk_full',
  spool_damaged: 'what could not be read back, by kind: record (records lost), stretch, torn_tail, snapshot',
  recordings_shortened: 'recordings that went before RECORD_DAYS to make room',
  drained: 'lines the store answered for, by bucket and outcome: accepted, rejected',
  drain_retries: 'batches the store kept, by bucket: sent again later',
  cloud_requests: 'requests sent to the cloud’s HTTP API, by what was asked; a repetition counts again',
  cloud_failures: 'requests to the cloud’s HTTP API that failed, by kind of failure; the others succeeded',
  commands: 'set commands asked for, by what was answered: taken, dry_run, or why it was refused',
  lines_rejected: 'rows that the store refused for good, by bucket; kept in rejected-lines.ndjson',
} as const

export type CounterName = keyof typeof COUNTERS

/** Counts by name and label, e.g. `rejected{not_json}`. */
export type Counters = Map<string, number>

export const createCounters = (): Counters => new Map()

/** Keys made once: a message counts several times, and joining texts would be the dearest part of it. */
const keys = new Map<CounterName, Map<string, string>>()

const keyOf = (name: CounterName, label: string): string => {
  if (label === '') return name
  const known = keys.get(name)?.get(label)
  if (known !== undefined) return known
  const key = `${name}{${label}}`
  keys.set(name, (keys.get(name) ?? new Map<string, string>()).set(label, key))
  return key
}

export const count = (counters: Counters, name: CounterName, label = '', by = 1): void => {
  const key = keyOf(name, label)
  counters.set(key, (counters.get(key) ?? 0) + by)
}

/** Sum over all labels of a counter. */
export const total = (counters: Counters, name: CounterName): number => {
  let sum = 0
  for (const [key, value] of counters) if (key === name || key.startsWith(`${name}{`)) sum += value
  return sum
}
