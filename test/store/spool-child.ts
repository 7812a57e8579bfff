/** A process that appends until it is killed, and says on its standard output what it was told: see spool-kill.test.ts. */
import { writeSync } from 'node:fs'
import { createCounters } from '../../src/counters.ts'
import { openSpool } from '../../src/store/spool.ts'
import { inputOf, linesOf, START } from './spool-records.ts'

const [dir = '', first = '1'] = process.argv.slice(2)
const spool = await openSpool({
  dir,
  maxBytes: 100_000_000,
  segmentBytes: 20_000,
  whenFull: 'refuse',
  recordDays: 1,
  lingerMs: 1,
  now: () => START,
  counters: createCounters(),
})
spool.onDurable((seq) => writeSync(1, `durable ${seq}\n`))
for (let id = Number(first); ; id++) {
  const seq = spool.append(inputOf(id, 300), linesOf(id))
  writeSync(1, `appended ${seq} ${id}\n`)
  if (id % 7 === 0) await new Promise((resolve) => setImmediate(resolve))
}
