/** Sorts the months of a store, one after the other, and says when it begins and what it sorted, until it is killed. */
import { openEmbedded } from '../../../src/store/embedded/embedded.ts'

const [dir = ''] = process.argv.slice(2)
const store = await openEmbedded({ dir, memoryLimit: '128MB', threads: 1, timeoutMs: 10_000, now: () => 0 })
process.stdout.write('begins\n')
for (;;) {
  const month = await store.sort(4e12)
  if (month === undefined) break
  process.stdout.write(`${month.name}\n`)
}
await store.close()
process.stdout.write('ended\n')
