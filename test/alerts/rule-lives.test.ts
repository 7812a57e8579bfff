import { expect, it } from 'vitest'
import { ALERTS } from '../../src/catalogue/alerts.ts'
import { liveOf, rulesLives } from './rule-lives.ts'

const lives = rulesLives()

it('every rule has a life', () => {
  expect(Object.keys(lives).sort()).toEqual(ALERTS.map(({ id }) => id).sort())
})

it.each(Object.keys(lives))('%s fires once while it holds, and is over once', (id) => {
  const life = lives[id]!
  const found = liveOf(id, life)
  expect(found.map(({ what }) => what)).toEqual(['fired', 'cleared'])
  expect(found[0]!.minute).toBeGreaterThan(0)
})

it.each(Object.keys(lives))('%s does not fire while all is well', (id) => {
  expect(
    liveOf(id, { is: 'nothing goes wrong', wrong: 30, after: 1, ...(lives[id]!.well && { well: lives[id]!.well }) }),
  ).toEqual([])
})
