import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EmbeddedOptions, type EmbeddedStore, openEmbedded } from '../../../src/store/embedded/embedded.ts'

let dir = ''
const opened: EmbeddedStore[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'powerkits-embedded-'))
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  rmSync(dir, { recursive: true, force: true })
})

const open = async (options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedStore> => {
  const store = await openEmbedded({
    dir,
    memoryLimit: '256MB',
    threads: 2,
    timeoutMs: 20_000,
    now: () => 0,
    ...options,
  })
  opened.push(store)
  return store
}
const reopen = async (): Promise<EmbeddedStore> => {
  for (const store of opened.splice(0)) await store.close()
  return open()
}

const row = (month: number, n: number): string =>
  `battery,kit_sn=M109ZAB4C000001 n=${n} ${Date.UTC(2026, month - 1, 10) + n}\n`
const raw = (upTo: number, lines: readonly string[]) => ({ bucket: 'raw', lines, spoolId: 'spool', upTo }) as const
const everything = { bucket: 'raw', measurement: 'battery', from: 0, to: 4e12 } as const
const databases = (): string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.duckdb'))
    .sort()

describe('months', () => {
  it('lie in a file each, and are read together', async () => {
    const store = await open()
    expect(await store.write(raw(1, [row(9, 1), row(11, 2), row(10, 3), row(9, 4)]))).toEqual({ answer: 'accepted' })
    expect(databases()).toEqual(['history.duckdb', 'raw-2026-09.duckdb', 'raw-2026-10.duckdb', 'raw-2026-11.duckdb'])
    expect((await store.rows(everything)).map(({ values }) => values.n)).toEqual([1, 4, 3, 2])
    expect((await store.rows({ ...everything, limit: 3 })).map(({ values }) => values.n)).toEqual([1, 4, 3])
  })

  it('expire as whole files, while questions are asked', async () => {
    const store = await open()
    await store.write(raw(1, [row(9, 1), row(10, 2), row(11, 3)]))
    const asked = Promise.all([store.rows(everything), store.rows(everything), store.rows(everything)])
    expect(await store.expire(Date.UTC(2026, 10, 1) - 1)).toEqual(['raw-2026-09'])
    expect(await store.expire(Date.UTC(2026, 10, 1))).toEqual(['raw-2026-10'])
    for (const rows of await asked) expect(rows.at(-1)?.values).toEqual({ n: 3 })
    expect((await store.rows(everything)).map(({ values }) => values.n)).toEqual([3])
    expect(readdirSync(dir).filter((name) => /2026-(09|10)/.test(name))).toEqual([])
  })

  it('are detached when idle, and attached again by a question or a write', async () => {
    let now = 0
    const store = await open({ now: () => now })
    await store.write(raw(1, [row(9, 1), row(10, 2)]))
    now += 601_000
    await store.write(raw(2, [row(11, 3)]))
    expect(readdirSync(dir).filter((name) => name.endsWith('.wal') && /2026-(09|10)/.test(name))).toEqual([])
    await store.write(raw(3, [row(9, 1), row(9, 4)]))
    expect((await store.rows(everything)).map(({ values }) => values.n)).toEqual([1, 4, 2, 3])
  })

  it('hold last values: of the newest two, further back only where these have none', async () => {
    const store = await open()
    const other = (month: number, n: number) => row(month, n).replace('000001', '000002')
    await store.write(raw(1, [row(8, 1), row(9, 2), other(10, 3), other(11, 4)]))
    expect((await store.last(everything)).map(({ value }) => value)).toEqual([4])
    const tags = { kit_sn: 'M109ZAB4C000001' }
    expect((await store.last({ ...everything, tags })).map(({ value }) => value)).toEqual([2])
  })
})

it('finds last values far back in a file, of fields and of modules that fell silent', async () => {
  const store = await open()
  const tags = (pack: string) => ({ kit_sn: 'M109ZAB4C000001', module_sn: pack })
  const line = (pack: string, fields: string, hour: number): string =>
    `battery,kit_sn=M109ZAB4C000001,module_sn=${pack} ${fields} ${Date.UTC(2026, 9, 10, hour)}\n`
  const lines = [
    ...[line('a', 'n=1,setting=5,text="old"', 0), line('a', 'text="new"', 9), line('a', 'n=2', 20)],
    ...[line('b', 'n=3,text="b"', 3), line('b', 'n=4', 4)],
  ]
  await store.write(raw(1, lines))
  const at = (hour: number): number => Date.UTC(2026, 9, 10, hour)
  const all = [
    { tags: tags('a'), field: 'setting', value: 5, at: at(0) },
    { tags: tags('b'), field: 'text', value: 'b', at: at(3) },
    { tags: tags('b'), field: 'n', value: 4, at: at(4) },
    { tags: tags('a'), field: 'text', value: 'new', at: at(9) },
    { tags: tags('a'), field: 'n', value: 2, at: at(20) },
  ]
  const question = { bucket: 'raw', measurement: 'battery' } as const
  expect(await store.last(question)).toEqual(all)
  expect(await store.last({ ...question, fields: ['setting'] })).toEqual(all.slice(0, 1))
  expect(await store.last({ ...question, tags: tags('b') })).toEqual([all[1], all[2]])
})

describe('the mark', () => {
  it('says up to which record a bucket is held, also after reopening, and never goes back', async () => {
    const store = await open()
    expect(await store.committed('spool', 'raw')).toBeUndefined()
    await store.write(raw(7, [row(10, 1), row(11, 2)]))
    await store.write(raw(9, [row(3, 3)]))
    await store.write(raw(8, [row(11, 2)]))
    expect(await store.committed('spool', 'raw')).toBe(9)
    const again = await reopen()
    expect(await again.committed('spool', 'raw')).toBe(9)
    expect(await again.committed('spool', 'history')).toBeUndefined()
    expect(await again.committed('another', 'raw')).toBeUndefined()
    await again.write({ ...raw(11, []), bucket: 'history' })
    expect(await again.committed('spool', 'history')).toBe(11)
  })

  it('does not pass a batch that failed, until that batch has come again', async () => {
    writeFileSync(join(dir, 'raw-2026-10.duckdb'), 'no database, but as long as one could be'.repeat(500))
    const store = await open()
    await store.write(raw(1, [row(11, 1)]))
    const failed = raw(2, [row(10, 2), row(11, 3)])
    expect(await store.write(failed)).toMatchObject({ answer: 'kept', error: { code: 'store_disk' } })
    await store.write(raw(3, [row(11, 4)]))
    expect(await store.committed('spool', 'history')).toBeUndefined()
    rmSync(join(dir, 'raw-2026-10.duckdb'))
    expect(await store.committed('spool', 'raw')).toBe(1)
    expect(await store.write(failed)).toEqual({ answer: 'accepted' })
    expect(await store.committed('spool', 'raw')).toBe(2)
    await store.write(raw(4, [row(11, 5)]))
    expect(await store.committed('spool', 'raw')).toBe(4)
    expect((await store.rows(everything)).map(({ values }) => values.n)).toEqual([2, 1, 3, 4, 5])
  })
})

it('knows after reopening what it holds: late, repeated and conflicting rows', async () => {
  const store = await open()
  await store.write(raw(1, [row(11, 5), row(11, 8)]))
  const again = await reopen()
  const text = row(11, 9).replace('n=9', 'n="nine"')
  const answer = await again.write(raw(2, [row(11, 8), row(11, 6), text, row(11, 9).replace('n=9', 'm=1,n=9')]))
  expect(answer).toMatchObject({ answer: 'rejected', lines: [{ line: text }] })
  expect((await again.rows(everything)).map(({ values }) => values)).toEqual([
    { n: 5 },
    { n: 6 },
    { n: 8 },
    { m: 1, n: 9 },
  ])
})

it('rejects names that differ only in case, a tag that is a field, and times out of range', async () => {
  const store = await open()
  const at = Date.UTC(2026, 10, 10)
  const bad = [
    `battery,kit_sn=a N=1 ${at}`,
    `Battery,kit_sn=a n=1 ${at}`,
    `battery,n=a n=1 ${at}`,
    `battery,kit_sn=a x=1,X=2 ${at}`,
    'battery n=1 1e18',
  ]
  const answer = await store.write(raw(1, [row(11, 1), ...bad, row(11, 2)]))
  expect(answer.answer === 'rejected' && answer.lines.map(({ line }) => line).sort()).toEqual([...bad].sort())
  expect(await store.rows(everything)).toHaveLength(2)
})

it('names the alternative where the engine is not installed for the platform', async () => {
  const load = () => Promise.reject(new Error("Cannot find module '@duckdb/node-bindings-sunos-sparc'"))
  await expect(open({ load })).rejects.toMatchObject({
    code: 'store_engine_missing',
    help: expect.stringContaining('INFLUX_URL'),
  })
})
