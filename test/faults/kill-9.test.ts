import { expect, it } from 'vitest'
import { compareDumps, type Dump, killAtRandom } from './kills.ts'

it('leaves the store as an undisturbed run does, killed at random points', async () => {
  const found = await killAtRandom(4, { kits: 1, minutes: 12, seed: 5 }, Math.random, [250, 1_200])
  expect(found.rows).toBeGreaterThan(1_000)
  expect(found).toMatchObject({ lost: [], invented: [], changed: [] })
}, 120_000)

it('would notice a lost, an invented and a changed row', () => {
  const row = (value: number) => ({ tags: {}, at: 1, values: { value } })
  const expected: Dump = new Map([
    ['a', row(1)],
    ['b', row(2)],
  ])
  const actual: Dump = new Map([
    ['b', row(3)],
    ['c', row(4)],
  ])
  expect(compareDumps(expected, actual)).toEqual({ lost: ['a'], invented: ['c'], changed: ['b'] })
})
