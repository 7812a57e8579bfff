/** A counter split by its label. */
import type { CounterName, Counters } from '../counters.ts'

/** `[label, counted]` for each label that counted something; a count without a label is left out. */
export const labelledCounts = (counters: Counters, name: CounterName): [label: string, counted: number][] => {
  const prefix = `${name}{`
  return [...counters]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, counted]) => [key.slice(prefix.length, -1), counted])
}
