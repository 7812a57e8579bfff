/**
 * A process to be killed: opens the line in DATA_DIR and feeds it the recording in a file, a line of JSON per input, from
 * where the spool left off. Says `begun` when it starts to, and `done` when the store holds everything.
 */
import { readFileSync } from 'node:fs'
import { readSettings } from '../../src/config.ts'
import { openLine } from '../../src/line.ts'
import { createLog } from '../../src/log.ts'
import type { InputSource } from '../../src/store/record.ts'

const FLUSH_EVERY = 20
const SNAPSHOT_EVERY = 400

interface Recorded {
  readonly at: number
  readonly source: InputSource
  readonly topic: string
  readonly text: string
}

const recorded = readFileSync(process.argv[2]!, 'utf8').split('\n').filter(Boolean)
const line = await openLine(readSettings(process.env), createLog('error', 'text'))
const seen = line.intake.track.state.lastAt
process.stdout.write('begun\n')
let fed = 0
for (const one of recorded) {
  const { at, source, topic, text } = JSON.parse(one) as Recorded
  if (at <= seen) continue
  if (line.intake.accept({ at, source, topic, bytes: Buffer.from(text) }) === undefined)
    throw new Error('the spool refused a record')
  if (++fed % FLUSH_EVERY === 0) await line.spool.flush()
  if (fed % SNAPSHOT_EVERY === 0) await line.saveSnapshot()
}
await line.spool.flush()
await line.drain.idle()
await line.close(60_000)
process.stdout.write('done\n')
process.exit()
