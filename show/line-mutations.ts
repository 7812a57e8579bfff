/** Show 4 of the line: 100,000 broken messages, no exception, and what became of every message and every wire value. */
import { seeded } from '../test/break-text.ts'
import { faultsOf, mutate } from '../test/line-mutation.ts'
import { wholeMessages } from '../test/mutation-messages.ts'

export const title = '100,000 broken messages: nothing thrown, every message and every wire value accounted for'

const MESSAGES = 100_000

const print = (text: string): boolean => process.stdout.write(`${text}\n`)

const row = (name: string, value: number): boolean =>
  print(`${name.padEnd(44)}${value.toLocaleString('en').padStart(12)}`)

/** Prints the table; false if anything was thrown or a sum does not close. */
export const run = async (): Promise<boolean> => {
  const outcome = mutate(wholeMessages(), MESSAGES, seeded(2026))
  const { counters, leaves, lines } = outcome
  row('messages sent', MESSAGES)
  for (const name of ['messages_received', 'reports', 'rejected'])
    for (const [key, value] of [...counters].sort())
      if (key === name || key.startsWith(`${name}{`)) row(`  ${key}`, value)
  row('wire values, counted apart from the line', leaves)
  for (const [key, value] of [...counters].sort()) if (key.startsWith('values{')) row(`  ${key}`, value)
  row('rows written, each parsed back', lines)
  const faults = faultsOf(outcome, MESSAGES)
  print(faults.length === 0 ? 'Nothing was thrown, and both sums close.' : faults.join('\n'))
  return faults.length === 0
}
