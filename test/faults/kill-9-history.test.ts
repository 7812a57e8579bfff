import { expect, it } from 'vitest'
import { killHistory } from './history-kills.ts'

it('leaves the history as an undisturbed run does, killed while it works', async () => {
  const found = await killHistory(8, 240, Math.random, 300)
  expect(found.rows).toBeGreaterThan(150)
  expect(found).toMatchObject({ kills: 8, lost: [], invented: [], changed: [] })
}, 120_000)
