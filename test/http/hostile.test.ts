import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Attack, isRefused, type Refused, rowOf, startAttack } from './hostile-stage.ts'

let attack: Attack
beforeAll(async () => {
  attack = await startAttack()
})
afterAll(() => attack.end())

const tell = (rows: readonly Refused[]): void => console.log(rows.map(rowOf).join('\n'))

it('refuses every hostile request, each with its status, and sends nothing', async () => {
  const rows = await attack.single()
  tell(rows)
  expect(rows.length).toBeGreaterThanOrEqual(60)
  expect(new Set(rows.map(({ group, what }) => `${group} ${what}`)).size).toBe(rows.length)
  expect(rows.filter((row) => !isRefused(row)).map(rowOf)).toEqual([])
  expect(rows.filter(({ sent }) => sent > 0)).toEqual([])
})

it('sends a command once, whatever is made of having heard it', async () => {
  const rows = await attack.replayed()
  tell(rows)
  expect(rows.filter((row) => !isRefused(row)).map(rowOf)).toEqual([])
  const good = rows.findIndex(({ status }) => status === 202)
  expect(rows.map(({ sent }) => sent)).toEqual(
    rows.map((_, index) => (index < good ? 0 : index === good ? rows[good]!.sent : 1)),
  )
})

it('refuses floods, and lets nobody else suffer', async () => {
  const rows = await attack.flooded()
  tell(rows)
  expect(rows.filter((row) => !isRefused(row)).map(rowOf)).toEqual([])
  expect(rows.filter(({ sent }) => sent !== 1)).toEqual([])
})
