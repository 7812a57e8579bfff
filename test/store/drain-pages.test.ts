import { expect, it } from 'vitest'
import { createPages } from '../../src/store/drain-pages.ts'
import { createMemorySpool } from './drain-fixture.ts'

const filled = (records: number) => {
  const spool = createMemorySpool()
  spool.add(...Array.from({ length: records }, (_, i) => ({ raw: `m v=${i} ${i}\n` })))
  const asked: number[] = []
  const counted = {
    durableSeq: spool.durableSeq,
    read: async (afterSeq: number) => {
      asked.push(afterSeq)
      return spool.records.filter(({ seq }) => seq > afterSeq).slice(0, 10)
    },
  }
  return { counted, asked }
}

it('reads a page once for two lanes, at the same time or one behind the other, from its middle too', async () => {
  const { counted, asked } = filled(30)
  const read = createPages(counted, () => 0)
  const [first, second] = await Promise.all([read(0), read(0)])
  expect(second).toEqual(first)
  await read(10)
  expect((await read(13)).records.map(({ seq }) => seq)).toEqual([14, 15, 16, 17, 18, 19, 20])
  expect(asked).toEqual([0, 10])
})

it('forgets a page that both have passed, keeps a few when one stands still, and asks anew for an empty one', async () => {
  const { counted, asked } = filled(200)
  let passed = 0
  const read = createPages(counted, () => passed)
  for (let seq = 0; seq <= 200; seq += 10) await read(seq)
  await read(200)
  await read(0)
  expect(asked.slice(-3)).toEqual([200, 200, 0])
  passed = 10
  await read(0)
  expect(asked.at(-1)).toBe(0)
  expect(asked.filter((seq) => seq === 0)).toHaveLength(3)
})
