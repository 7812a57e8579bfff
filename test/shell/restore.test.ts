import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import { lockDataDir } from '../../src/lock.ts'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { openSpool } from '../../src/store/spool.ts'
import { TAR_BLOCK, TAR_END, tarHead, tarPadding } from '../../src/tar.ts'
import { backUp, bringBack, filesIn, newDir } from './moved.ts'

const AT = Date.UTC(2026, 5, 14)
let source = ''
let archive = ''
let tar = Buffer.alloc(0)

/** A small installation: a spool with a record, a store with rows. */
const makeInstallation = async (): Promise<string> => {
  const dir = newDir()
  const spool = await openSpool({
    ...{ dir: join(dir, 'spool'), maxBytes: 1e7, whenFull: 'refuse', recordDays: 1 },
    ...{ now: () => AT, counters: createCounters() },
  })
  const input = { at: AT, source: 'mqtt', topic: 'a/topic', bytes: Buffer.from('{}') } as const
  spool.append(input, { raw: `battery,kit_sn=M1 soc_pct=5 ${AT}\n`, history: '' })
  await spool.saveSnapshot([Buffer.from('state')], 1)
  await spool.close()
  const store = await openEmbedded({
    ...{ dir: join(dir, 'store'), memoryLimit: '64MB', threads: 1, timeoutMs: 5_000, now: () => 0 },
  })
  const lines = [`battery,kit_sn=M1 soc_pct=5 ${AT}`, `battery,kit_sn=M1 soc_pct=6 ${AT + 1}`]
  await store.write({ bucket: 'raw', lines, spoolId: spool.id, upTo: 1 })
  await store.close()
  writeFileSync(join(dir, 'mqtt-client-id'), 'powerkits-0123456789abcdef\n')
  writeFileSync(join(dir, 'alerts.json'), '{"version":1,"standings":[],"boxes":{}}')
  return dir
}

beforeAll(async () => {
  source = await makeInstallation()
  archive = join(newDir(), 'backup.tar.gz')
  await backUp(source, archive)
  tar = gunzipSync(readFileSync(archive))
})

const written = (bytes: Buffer): string => {
  const path = join(newDir(), 'backup.tar.gz')
  writeFileSync(path, bytes)
  return path
}

const free = (): string => join(newDir(), 'data')

interface Part {
  readonly head: Buffer
  readonly name: string
  readonly bytes: Buffer
}

/** The entries of the sound archive. */
const parts = (): Part[] => {
  const found: Part[] = []
  for (let at = 0; tar[at] !== 0; ) {
    const head = tar.subarray(at, at + TAR_BLOCK)
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8)
    const bytes = tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size)
    found.push({ head, name: head.toString('latin1', 0, 100).replace(/\0.*/s, ''), bytes })
    at += TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
  }
  return found
}

const part = (name: string, bytes: Buffer, head = tarHead(name, bytes.length, AT)): Part => ({ head, name, bytes })

const packed = (all: readonly Part[]): string =>
  written(
    gzipSync(Buffer.concat([...all.flatMap(({ head, bytes }) => [head, bytes, tarPadding(bytes.length)]), TAR_END])),
  )

const kindOf = (head: Buffer, kind: string): Buffer => {
  const changed = Buffer.from(head)
  const sum = Number.parseInt(head.toString('latin1', 148, 154), 8)
  changed.write(kind, 156)
  changed.write(`${(sum - 0x30 + kind.charCodeAt(0)).toString(8).padStart(6, '0')}\0 `, 148)
  return changed
}

const withHead = (text: string): string =>
  packed(parts().map((one) => (one.name === 'powerkits-backup.json' ? part(one.name, Buffer.from(text)) : one)))

const headText = (format: number, version: string): string =>
  JSON.stringify({ is: 'a backup of powerkits', format, version })

const beside = (one: Part): string => packed([...parts().slice(0, -1), one, ...parts().slice(-1)])

const half = (all: Buffer): Buffer => all.subarray(0, all.length / 2)
const flipped = (all: Buffer, at: number): Buffer => {
  const bytes = Buffer.from(all)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  return bytes
}

/** What is wrong with an archive, and what is said of it. */
const WRONG: readonly (readonly [what: string, make: () => string, code: string])[] = [
  ['is not there', () => join(newDir(), 'nothing.tar.gz'), 'archive_damaged'],
  ['is empty', () => written(Buffer.alloc(0)), 'archive_damaged'],
  ['is something else', () => written(Buffer.from('{"a": 1}')), 'archive_damaged'],
  ['is something else, zipped', () => written(gzipSync('x'.repeat(2_000))), 'archive_damaged'],
  ['is cut in half', () => written(half(readFileSync(archive))), 'archive_damaged'],
  ['lost its last bytes', () => written(readFileSync(archive).subarray(0, -3)), 'archive_damaged'],
  ['lost its end and was zipped again', () => written(gzipSync(half(tar))), 'archive_damaged'],
  ['lost its list', () => packed(parts().slice(0, -1)), 'archive_damaged'],
  ['lost a file', () => packed(parts().filter(({ name }) => !name.endsWith('cursor.json'))), 'archive_damaged'],
  [
    'has other bytes in a file',
    () => {
      const changed = parts().map((one) => (one.name.endsWith('.spool') ? part(one.name, flipped(one.bytes, 60)) : one))
      return packed(changed)
    },
    'archive_damaged',
  ],
  [
    'has a torn list',
    () => {
      const all = parts()
      return packed([...all.slice(0, -1), part('manifest.json', half(all.at(-1)!.bytes))])
    },
    'archive_damaged',
  ],
  [
    'has a file that is not in its list',
    () => beside(part('data/accounts/more.json', Buffer.from('x'))),
    'archive_damaged',
  ],
  ['has a file twice', () => beside(parts().find(({ name }) => name.endsWith('cursor.json'))!), 'archive_strange'],
  ['leads out of its folder', () => beside(part('data/../../evil', Buffer.from('x'))), 'archive_strange'],
  [
    'leads out of a folder below',
    () => beside(part('data/accounts/../../evil.json', Buffer.from('x'))),
    'archive_strange',
  ],
  ['names a place on the disk', () => beside(part('/etc/cron.d/evil', Buffer.from('x'))), 'archive_strange'],
  ['names a place on a drive', () => beside(part('C:\\evil', Buffer.from('x'))), 'archive_strange'],
  [
    'holds a link',
    () => {
      const plain = part('data/mqtt-client-id', Buffer.alloc(0))
      return beside(part(plain.name, plain.bytes, kindOf(plain.head, '2')))
    },
    'archive_strange',
  ],
  [
    'holds a folder',
    () => {
      const plain = part('data/spool', Buffer.alloc(0))
      return beside(part(plain.name, plain.bytes, kindOf(plain.head, '5')))
    },
    'archive_strange',
  ],
  ['begins with something else', () => packed(parts().slice(1)), 'archive_strange'],
  ['has a foreign head', () => withHead('{"is": "a backup of another program"}'), 'archive_strange'],
  ['is of a newer form', () => withHead(headText(2, '1.2.3')), 'archive_newer'],
  ['is of a newer version', () => withHead(headText(1, '1.10.0')), 'archive_newer'],
]

it.each(WRONG)('refuses an archive that %s, and changes nothing', async (_, make, code) => {
  const [path, target] = [make(), free()]
  await expect(bringBack(path, target)).rejects.toMatchObject({ code })
  expect(existsSync(target)).toBe(false)
  expect(existsSync(join(target, '..', '..', 'evil'))).toBe(false)
})

/** Whether anything in it differs: runs of zeros are the same zeros wherever a bit says that they are copied from. */
const isOther = (bytes: Buffer): boolean => {
  try {
    return !gunzipSync(bytes).equals(tar)
  } catch {
    return true
  }
}

it('refuses every archive with one wrong bit, wherever it is', async () => {
  const bytes = readFileSync(archive)
  const target = free()
  const step = Math.ceil(bytes.length / 40)
  const wrong = Array.from({ length: 40 }, (_, index) => flipped(bytes, 10 + index * step)).filter(isOther)
  expect(wrong.length).toBeGreaterThan(10)
  for (const one of wrong)
    await expect(bringBack(written(one), target)).rejects.toMatchObject({
      code: expect.stringMatching(/^archive_(?:damaged|strange)$/),
    })
  expect(existsSync(target)).toBe(false)
})

it('takes archives of older and equal versions', async () => {
  for (const version of ['1.2.3', '1.2.2', '0.9.9']) await bringBack(withHead(headText(1, version)), free())
})

it('says what was counted, and where it comes from', async () => {
  const target = free()
  const said = await bringBack(archive, target, false, { version: '1.3.0' })
  expect(said).toMatch(/raw {6}battery {21}2 rows {2}2026-06-14T00:00 to 2026-06-14T00:00/)
  expect(said).toContain('made by powerkits 1.2.3 on here-x64; here is 1.3.0')
  expect(filesIn(target)).toEqual(filesIn(source))
  for (const folder of ['', 'spool', 'store']) expect(statSync(join(target, folder)).isDirectory()).toBe(true)
})

it('refuses a directory that holds something, or moves all of it aside', async () => {
  const target = newDir()
  mkdirSync(join(target, 'spool'))
  mkdirSync(join(target, 'demo'))
  writeFileSync(join(target, 'spool', 'spool.json'), 'another')
  await expect(bringBack(archive, target)).rejects.toMatchObject({ code: 'restore_over_another' })
  expect([...filesIn(target).keys()]).toEqual(['spool/spool.json'])
  const said = await bringBack(archive, target, true)
  const aside = readdirSync(target).find((name) => name.startsWith('replaced-2026-06-20T'))!
  expect(said).toContain(`What was there before is in ${join(target, aside)}`)
  expect(readFileSync(join(target, aside, 'spool', 'spool.json'), 'utf8')).toBe('another')
  expect(readdirSync(target)).toContain('demo')
  expect(filesIn(join(target, 'store'))).toEqual(filesIn(join(source, 'store')))
})

it('refuses a directory that a collector holds, and a damaged archive also with --force', async () => {
  const target = newDir()
  const unlock = await lockDataDir(target)
  await expect(bringBack(archive, target, true)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await unlock()
  writeFileSync(join(target, 'mqtt-client-id'), 'its own\n')
  await expect(bringBack(written(half(readFileSync(archive))), target, true)).rejects.toMatchObject({
    code: 'archive_damaged',
  })
  expect(filesIn(target)).toEqual(new Map([['mqtt-client-id', expect.anything()]]))
  expect(readFileSync(join(target, 'mqtt-client-id'), 'utf8')).toBe('its own\n')
})

it('leaves nothing behind when it is stopped', async () => {
  const [target, stop] = [free(), new AbortController()]
  const onProgress = (): void => stop.abort(new Error('stopped by the test'))
  await expect(bringBack(archive, target, false, { signal: stop.signal, onProgress })).rejects.toThrow('by the test')
  expect(existsSync(target)).toBe(false)
})

it('refuses a store that another engine wrote, or that holds other rows than were counted', async () => {
  const rewritten = (change: (manifest: { store: { engine: string; tables: { rows: number }[] } }) => void): string => {
    const all = parts()
    const manifest = JSON.parse(all.at(-1)!.bytes.toString())
    change(manifest)
    return packed([...all.slice(0, -1), part('manifest.json', Buffer.from(JSON.stringify(manifest)))])
  }
  const older = rewritten(({ store }) => {
    store.engine = 'DuckDB v1.0.0'
  })
  expect(await bringBack(older, free())).toContain('The store was written by DuckDB v1.0.0; DuckDB v')
  const more = rewritten(({ store }) => {
    store.tables[0]!.rows++
  })
  await expect(bringBack(more, free())).rejects.toMatchObject({ code: 'archive_damaged' })

  const strange = newDir()
  mkdirSync(join(strange, 'spool'))
  mkdirSync(join(strange, 'store'))
  writeFileSync(join(strange, 'spool', 'spool.json'), '{}')
  writeFileSync(join(strange, 'store', 'history.duckdb'), Buffer.alloc(8_192, 'DUCK'))
  await expect(backUp(strange, join(newDir(), 'backup.tar.gz'))).rejects.toMatchObject({ code: 'store_disk' })
})
