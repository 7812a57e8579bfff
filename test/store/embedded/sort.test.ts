import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type EmbeddedStore, openEmbedded } from '../../../src/store/embedded/embedded.ts'

let dir = ''
let store: EmbeddedStore
const open = () => openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 20_000, now: () => 0 })
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-sort-'))
  store = await open()
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

const MONTH = Date.UTC(2026, 8, 1)
const LATER = Date.UTC(2026, 10, 1)
const PACKS = ['c', 'a', 'b', '']
let upTo = 0

/** Rows of several series in turns, as they come in; the third pack has a field and a tag of its own. */
const lines = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => {
    const pack = PACKS[n % PACKS.length]
    const tags = pack === '' ? '' : `,module_sn=${pack}${pack === 'b' ? ',side=dc' : ''}`
    const more = pack === 'b' ? ',state="on"' : ''
    return `battery,kit_sn=M109ZAB4C000001${tags} n=${n},half=${n / 2}${more} ${from + n * 1000}\n`
  })
const write = (some: readonly string[]) => store.write({ bucket: 'raw', lines: some, spoolId: 'spool', upTo: ++upTo })
const everything = () => store.rows({ bucket: 'raw', measurement: 'battery', from: 0, to: 4e12 })
const steps = () =>
  store.steps({
    ...{ bucket: 'raw', measurement: 'battery', from: 0, to: 4e12, fields: ['half', 'n'] },
    ...{ stepMs: 600_000, aggregate: 'mean' },
  })

/** The series in the order in which the closed file holds its rows. */
const seriesInFile = async (name: string): Promise<string[]> => {
  const instance = await DuckDBInstance.create(join(dir, `${name}.duckdb`), { access_mode: 'READ_ONLY', threads: '1' })
  const connection = await instance.connect()
  const answer = await connection.runAndReadAll('SELECT module_sn, time FROM battery')
  connection.closeSync()
  instance.closeSync()
  const rows = answer.getRows().map(([pack, time]) => ({ pack: String(pack), time: Number(time) }))
  for (const [i, row] of rows.entries())
    if (i > 0 && rows[i - 1]!.pack === row.pack) expect(row.time).toBeGreaterThan(rows[i - 1]!.time)
  return rows.map(({ pack }) => pack).filter((pack, i, all) => pack !== all[i - 1])
}

it('sorts the months that are over, the oldest first, one a call, and each once', async () => {
  await write([...lines(MONTH, 3000), ...lines(Date.UTC(2026, 9, 3), 400), ...lines(LATER, 40)])
  const before = [await everything(), await steps(), await store.committed('spool', 'raw')]
  const first = await store.sort(LATER)
  expect(first).toMatchObject({ name: 'raw-2026-09', bytesAfter: statSync(join(dir, 'raw-2026-09.duckdb')).size })
  expect((await store.sort(LATER))?.name).toBe('raw-2026-10')
  expect(await store.sort(LATER)).toBeUndefined()
  expect([await everything(), await steps(), await store.committed('spool', 'raw')]).toEqual(before)
  await store.close()
  expect(await seriesInFile('raw-2026-09')).toEqual(['', 'a', 'b', 'c'])
  expect((await seriesInFile('raw-2026-11')).length).toBe(40)
  store = await open()
  expect(await store.sort(LATER)).toBeUndefined()
  expect([await everything(), await steps(), await store.committed('spool', 'raw')]).toEqual(before)
})

it('sorts a month again that was written to later, and takes late rows as before', async () => {
  await write(lines(MONTH, 300))
  expect((await store.sort(LATER))?.name).toBe('raw-2026-09')
  const late = [...lines(MONTH, 5), ...lines(MONTH + 500, 5)]
  expect(await write(late)).toEqual({ answer: 'accepted' })
  expect((await everything()).length).toBe(305)
  expect((await store.sort(LATER))?.name).toBe('raw-2026-09')
  expect((await everything()).length).toBe(305)
})

it('leaves a month as it is that is written to while it is sorted', async () => {
  await write(lines(MONTH, 3000))
  const sorting = store.sort(LATER)
  const written = write(lines(MONTH + 500, 10))
  expect(await sorting).toBeUndefined()
  expect(await written).toEqual({ answer: 'accepted' })
  expect((await everything()).length).toBe(3010)
  expect(readdirSync(dir).filter((name) => name.includes('aside'))).toEqual([])
  expect((await store.sort(LATER))?.name).toBe('raw-2026-09')
  expect((await everything()).length).toBe(3010)
})

it('answers the same while it sorts, and ends half-way when the store is closed', async () => {
  await write(lines(MONTH, 20_000))
  const before = await steps()
  const sorting = store.sort(LATER)
  const asked = await Promise.all([steps(), steps(), steps(), steps()])
  for (const each of asked) expect(each).toEqual(before)
  await store.close()
  await sorting
  store = await open()
  expect(await steps()).toEqual(before)
  expect(readdirSync(dir).filter((name) => name.includes('aside'))).toEqual([])
})

it('removes what a crash left aside', async () => {
  await write(lines(MONTH, 300))
  await store.close()
  writeFileSync(join(dir, 'raw-2026-09.aside'), 'half a copy')
  writeFileSync(join(dir, 'raw-2026-09.aside.wal'), 'and its log')
  store = await open()
  expect(readdirSync(dir).filter((name) => name.includes('aside'))).toEqual([])
  expect((await everything()).length).toBe(300)
})

it('says which month cannot be sorted, and goes on with the others', async () => {
  await write([...lines(MONTH, 300), ...lines(LATER, 10)])
  await store.close()
  writeFileSync(join(dir, 'raw-2026-08.duckdb'), 'no database, but as long as one could be'.repeat(500))
  store = await open()
  await expect(store.sort(LATER)).rejects.toMatchObject({
    code: 'store_disk',
    message: expect.stringContaining('2026-08'),
  })
  expect((await store.sort(LATER))?.name).toBe('raw-2026-09')
})

it('expires other months while one is sorted', async () => {
  await write([...lines(Date.UTC(2026, 7, 1), 50), ...lines(MONTH, 8000)])
  expect((await store.sort(MONTH))?.name).toBe('raw-2026-08')
  const sorting = store.sort(LATER)
  expect(await store.expire(MONTH)).toEqual(['raw-2026-08'])
  expect((await sorting)?.name).toBe('raw-2026-09')
  expect((await everything()).length).toBe(8000)
})
