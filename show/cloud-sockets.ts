/** Every fault of the cloud once more over real sockets and in real time. */
import { runAtOnce } from '../test/faults/cloud-at-once.ts'
import { CLOUD_FAULTS } from '../test/faults/cloud-faults.ts'
import { holdLedger, printLedger } from '../test/faults/ledger.ts'

export const title = 'every fault of the cloud over real sockets: the ledger’s gaps are the faults (about 9 minutes)'

/**
 * Until a kit counts as silent a poll of it is believed, and they go every ten seconds; a session that waits for its
 * next try is woken by the first good one.
 */
const LIMITS = { startMs: 12_000, endMs: 30_000 }
const AROUND_MS = 40_000

export const run = async (): Promise<boolean> => {
  const { done, expected, gaps, messages } = await runAtOnce(CLOUD_FAULTS)
  const isHeld = printLedger(done, holdLedger(expected, done, gaps, LIMITS, AROUND_MS))
  console.log(`${messages} inputs`)
  return isHeld
}
