/** What a person should hear of the last minute: counts that rose where a value or message was refused. */
import type { CounterName, Counters } from './counters.ts'

/** Counters worth a line, what rose in a person's words, and where it can be found. */
const NOTEWORTHY: readonly (readonly [CounterName, string, string])[] = [
  ['rejected', 'messages were rejected', 'Their bytes are in the recording.'],
  ['quarantined', 'values were kept aside', 'They are in the measurement quarantine.'],
  ['unknown_overflow', 'values of unknown fields were not written', 'They are in the recording.'],
  ['spool_refused', 'messages found no room in the spool', 'Free disk space, or raise SPOOL_MAX_BYTES.'],
  ['spool_dropped', 'records were dropped from the full spool', 'They are a row of the measurement gap.'],
]

/** Told twice is what brokers do after a reconnect: nothing to tell a person. */
const ORDINARY = new Set(['rejected{duplicate}'])

const labelOf = (key: string): string => /\{(.*)\}$/.exec(key)?.[1] ?? ''

/** One sentence per counter that rose between two looks. */
export const noteworthy = (before: Counters, now: Counters): string[] =>
  NOTEWORTHY.flatMap(([name, what, where]) => {
    const risen = [...now]
      .filter(([key]) => (key === name || key.startsWith(`${name}{`)) && !ORDINARY.has(key))
      .map(([key, count]) => [labelOf(key), count - (before.get(key) ?? 0)] as const)
      .filter(([, by]) => by > 0)
    if (risen.length === 0) return []
    const reasons = risen.map(([label, by]) => (label === '' ? '' : `${label} ${by}`)).filter((text) => text !== '')
    const total = risen.reduce((sum, [, by]) => sum + by, 0)
    return [`In the last minute ${total} ${what}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}. ${where}`]
  })
