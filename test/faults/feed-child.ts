/**
 * A process to be killed: opens the line in DATA_DIR and feeds it a fixed recording from where the spool left off.
 * Arguments: kits, minutes and seed of the recording. Says `done` when the store holds everything.
 */
import { readSettings } from '../../src/config.ts'
import { openLine } from '../../src/line.ts'
import { createLog } from '../../src/log.ts'
import { makeRecording } from './recording.ts'

const FLUSH_EVERY = 20
const SNAPSHOT_EVERY = 400

const [kits, minutes, seed] = process.argv.slice(2).map(Number) as [number, number, number]
const line = await openLine(readSettings(process.env), createLog('error', 'text'))
const seen = line.intake.track.state.lastAt
let fed = 0
for (const input of makeRecording({ kits, minutes, seed })) {
  if (input.at <= seen) continue
  if (line.intake.accept(input) === undefined) throw new Error('the spool refused a record')
  if (++fed % FLUSH_EVERY === 0) await line.spool.flush()
  if (fed % SNAPSHOT_EVERY === 0) await line.saveSnapshot()
}
await line.spool.flush()
await line.drain.idle()
await line.close(60_000)
process.stdout.write('done\n')
process.exit()
