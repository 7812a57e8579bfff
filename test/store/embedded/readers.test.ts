import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, readCells, startEngine } from '../../../src/store/embedded/engine.ts'
import { createReaders } from '../../../src/store/embedded/readers.ts'

const dir = mkdtempSync(join(tmpdir(), 'powerkits-readers-'))
let engine: Engine
beforeAll(async () => {
  engine = await startEngine({ dir, memoryLimit: '128MB', threads: 2 })
})
afterAll(() => {
  engine.instance.closeSync()
  rmSync(dir, { recursive: true, force: true })
})

const readersOf = async (count: number, timeoutMs: number) =>
  createReaders(await Promise.all(Array.from({ length: count }, () => engine.instance.connect())), timeoutMs)

const ENDLESS = 'SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000000) b'

it('interrupts a question that takes too long, and its connection answers the next', async () => {
  const readers = await readersOf(1, 50)
  const endless = readers.ask((connection) => readCells(connection, ENDLESS))
  await expect(endless).rejects.toMatchObject({ code: 'store_query_timeout' })
  expect(await readers.ask((connection) => readCells(connection, 'SELECT 1.5::DOUBLE'))).toEqual([[1.5]])
})

it('interrupts also when the time runs out between two statements', async () => {
  const readers = await readersOf(1, 10)
  const late = readers.ask(async (connection) => {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return readCells(connection, ENDLESS)
  })
  await expect(late).rejects.toMatchObject({ code: 'store_query_timeout' })
})

it('answers as many at once as there are connections, and alone waits for all of them', async () => {
  const readers = await readersOf(2, 10_000)
  let running = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 5))
    running--
  }
  const asked = Promise.all(Array.from({ length: 7 }, () => readers.ask(work)))
  expect(await readers.alone(async () => running)).toBe(0)
  await asked
  expect(most).toBe(2)
})

it('says what the engine said', async () => {
  const readers = await readersOf(1, 10_000)
  const wrong = readers.ask((connection) => readCells(connection, 'SELECT no_such'))
  await expect(wrong).rejects.toMatchObject({ code: 'store_query_failed', message: expect.stringContaining('no_such') })
})
