import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type BudgetLimits, budgetName, openBudget } from '../../src/cloud/budget.ts'
import { createFaultyFiles } from '../fakes/faulty-files.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const HOUR = 3_600_000
const LIMITS: BudgetLimits = { connects: 3, ids: 2 }

const folder = (): string => mkdtempSync(join(tmpdir(), 'powerkits-budget-'))
const open = (dir: string, at = NOON, limits = LIMITS) => openBudget(dir, 'van', limits, () => at)
const fileOf = (dir: string): string => join(dir, 'accounts', 'van.json')

it('keeps one client id for ever, and none of its files is for others to read', async () => {
  const dir = folder()
  const { clientId } = await open(dir)
  expect(clientId).toMatch(/^powerkits-[0-9a-f]{16}$/)
  expect((await open(dir, NOON + 400 * HOUR)).clientId).toBe(clientId)
  expect(statSync(fileOf(dir)).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(dir, 'accounts'))).toEqual(['van.json'])
})

it('allows so many connects in any 24 hours, over restarts, and says when there is room again', async () => {
  const dir = folder()
  const budget = await open(dir)
  for (const hours of [0, 1, 5]) {
    expect(budget.mayConnect(NOON + hours * HOUR)).toEqual({ isAllowed: true })
    await budget.noteConnect(NOON + hours * HOUR)
  }
  const again = await open(dir, NOON + 6 * HOUR)
  expect(again.status(NOON + 6 * HOUR).connects).toEqual({ today: 3, limit: 3 })
  expect(again.mayConnect(NOON + 6 * HOUR)).toEqual({ isAllowed: false, untilAt: NOON + 24 * HOUR })
  expect(again.mayConnect(NOON + 24 * HOUR - 1).isAllowed).toBe(false)
  expect(again.mayConnect(NOON + 24 * HOUR).isAllowed).toBe(true)
  await again.noteConnect(NOON + 24 * HOUR)
  expect(again.mayConnect(NOON + 24 * HOUR)).toEqual({ isAllowed: false, untilAt: NOON + 25 * HOUR })
})

it('a limit that was lowered below what is spent holds until enough of it has passed', async () => {
  const dir = folder()
  const budget = await open(dir)
  for (const hours of [0, 1, 2]) await budget.noteConnect(NOON + hours * HOUR)
  const lowered = await open(dir, NOON + 3 * HOUR, { connects: 1, ids: 2 })
  expect(lowered.mayConnect(NOON + 3 * HOUR)).toEqual({ isAllowed: false, untilAt: NOON + 26 * HOUR })
})

it('counts the distinct client ids of a UTC day, and an id that was used goes on', async () => {
  const dir = folder()
  const first = await open(dir)
  await first.noteConnect(NOON)
  const use = async (clientId: string): Promise<void> => {
    const kept = JSON.parse(readFileSync(fileOf(dir), 'utf8')) as object
    writeFileSync(fileOf(dir), JSON.stringify({ ...kept, clientId }))
    const budget = await open(dir)
    if (budget.mayConnect(NOON).isAllowed) await budget.noteConnect(NOON)
  }
  await use('second-id')
  await use('third-id')
  const third = await open(dir)
  expect([third.clientId, third.status(NOON).ids]).toEqual(['third-id', { today: 2, limit: 2 }])
  expect(third.mayConnect(NOON)).toEqual({ isAllowed: false, untilAt: NOON + 12 * HOUR })
  expect(third.mayConnect(NOON + 12 * HOUR).isAllowed).toBe(true)
  await use('second-id')
  expect((await open(dir)).status(NOON).connects.today).toBe(3)
})

it('saves the client id out of a file that was torn at any byte after it', async () => {
  const dir = folder()
  const budget = await open(dir)
  await budget.noteConnect(NOON)
  const whole = readFileSync(fileOf(dir), 'utf8')
  for (let length = whole.indexOf(budget.clientId) + budget.clientId.length + 1; length < whole.length; length++) {
    writeFileSync(fileOf(dir), whole)
    truncateSync(fileOf(dir), length)
    expect((await open(dir)).clientId).toBe(budget.clientId)
  }
})

it.each(['', '\0\0\0', 'null', '[]', '{"clientId":7,"connects":"many","ids":[1]}', '{"clientId":"../x y"}'])(
  'begins anew where the file holds %j',
  async (text) => {
    const dir = folder()
    await open(dir)
    writeFileSync(fileOf(dir), text)
    const budget = await open(dir)
    expect(budget.clientId).toMatch(/^powerkits-/)
    expect(budget.status(NOON)).toEqual({
      connects: { today: 0, limit: 3 },
      ids: { today: 0, limit: 2 },
      problem: '',
    })
  },
)

it('connects stamped by a clock that was ahead count as of now, not as of then', async () => {
  const dir = folder()
  const budget = await open(dir, NOON + 1000 * HOUR)
  for (let i = 0; i < 3; i++) await budget.noteConnect(NOON + 1000 * HOUR)
  expect((await open(dir)).mayConnect(NOON)).toEqual({ isAllowed: false, untilAt: NOON + 24 * HOUR })
})

it('goes on in memory where it cannot write, says so, and writes again when it can', async () => {
  const dir = folder()
  const files = createFaultyFiles()
  files.space = 0
  const budget = await openBudget(dir, 'van', LIMITS, () => NOON, files)
  await budget.noteConnect(NOON)
  expect(budget.status(NOON)).toMatchObject({ connects: { today: 1 }, problem: expect.stringContaining('ENOSPC') })
  files.space = 100_000
  await budget.noteConnect(NOON + 1)
  expect(budget.status(NOON + 1)).toMatchObject({ connects: { today: 2 }, problem: '' })
  expect((await open(dir, NOON + 1)).status(NOON + 1).connects.today).toBe(2)
})

it('accounts of any name have a file of their own in the directory', async () => {
  const dir = folder()
  const ids = []
  for (const name of ['a/b', '../a', 'Fähre', 'a b'])
    ids.push((await openBudget(dir, name, LIMITS, () => NOON)).clientId)
  expect(new Set(ids).size).toBe(4)
  expect(readdirSync(join(dir, 'accounts'))).toHaveLength(4)
  expect(readdirSync(dir)).toEqual(['accounts'])
})

it('is of the key, whatever its owner calls the account, and does not show it', () => {
  expect(budgetName('an-access-key')).toBe(budgetName('an-access-key'))
  expect(budgetName('an-access-key')).not.toBe(budgetName('another-key'))
  expect(budgetName('an-access-key')).toMatch(/^[0-9a-f]{16}$/)
})
