/** Writes batches of 200 rows to the embedded store for ever, and says which were accepted, until it is killed. */
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'

const [dir = ''] = process.argv.slice(2)
const store = await openEmbedded({ dir, memoryLimit: '128MB', threads: 1, timeoutMs: 10_000, now: Date.now })
const border = Date.UTC(2026, 11, 1)
const first = (await store.committed('spool', 'raw')) ?? 0
for (let upTo = first + 1; ; upTo++) {
  // each batch lies in two months, and repeats half of the one before
  const lines = Array.from({ length: 200 }, (_, index) => {
    const n = (upTo - 1) * 100 + index
    return `battery,kit_sn=M109ZAB4C00000${n % 2} n=${n} ${border + (n % 2 === 0 ? n : -1 - n)}\n`
  })
  const answer = await store.write({ bucket: 'raw', lines, spoolId: 'spool', upTo })
  if (answer.answer !== 'accepted') throw new Error(JSON.stringify(answer))
  process.stdout.write(`${upTo}\n`)
}
