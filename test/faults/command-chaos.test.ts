import { expect, it } from 'vitest'
import { runChaos } from './command-chaos.ts'

it('a hundred random commands to kits with every quirk end as they did, each sent at most once', async () => {
  const chaos = await runChaos({ seed: 5, commands: 100, kits: 6, accounts: 2, perLife: 25 })
  expect(chaos.records.length).toBeGreaterThanOrEqual(100)
  expect(chaos.kills).toBeGreaterThan(0)
  expect(chaos.quirks).toBeGreaterThan(20)
  expect(chaos.judged.filter(({ wrong }) => wrong !== '')).toEqual([])
  expect([chaos.undecided, chaos.twice, chaos.unrecorded, chaos.unstored]).toEqual([[], [], [], []])
}, 120_000)
