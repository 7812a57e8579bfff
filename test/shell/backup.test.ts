import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { isOfData } from '../../src/shell/manifest.ts'
import { openSource } from '../../src/shell/source.ts'
import { dumpStore } from '../faults/kills.ts'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'
import { backUp, bringBack, differences, filesIn, newDir } from './moved.ts'

const MINUTE_MS = 60_000
const EQUAL = { lost: [], invented: [], changed: [] }

let virtual: VirtualCollector
let dir = ''
/** A path that is free. */
const free = (name: string): string => join(newDir(), name)

beforeAll(async () => {
  virtual = createVirtualCollector({ kits: 1, seed: 3, startAt: Date.UTC(2026, 5, 14, 23, 55) })
  await virtual.start()
  await virtual.advance(6 * MINUTE_MS)
  dir = virtual.dataDir()
})
afterAll(() => virtual.end())

it('takes a running collector along as it is: the same spool, and the same rows once all are stored', async () => {
  const archive = free('backup.tar.gz')
  const said = await backUp(dir, archive)
  expect(said).toContain(`Written to ${archive}`)
  expect(statSync(archive).mode & 0o777).toBe(0o600)
  expect(virtual.collector().line.drain.status().problem).toBeUndefined()
  await virtual.kill()
  const target = free('data')
  expect(await bringBack(archive, target)).toContain('The client id came along')
  // what the killed one left, and the copy that was made of it while it ran
  const { rows, spools, ...differing } = await differences(virtual.dataDir(), target)
  expect(differing).toEqual(EQUAL)
  expect(rows).toBeGreaterThan(300)
  expect(spools[1]).toEqual(spools[0])
  expect(filesIn(join(target, 'accounts'))).toEqual(filesIn(join(dir, 'accounts')))
  await virtual.start()
  dir = virtual.dataDir()
})

it('does not stop what is collected meanwhile, and holds every row up to its beginning', async () => {
  await virtual.advance(MINUTE_MS)
  await virtual.drained()
  const [archive, target] = [free('backup.tar.gz'), free('data')]
  const { spool } = virtual.collector().line
  const [before, stored] = [spool.lastSeq, spool.cursor]
  let isDone = false
  const done = backUp(dir, archive).finally(() => {
    isDone = true
  })
  while (!isDone) await virtual.advance(5_000)
  await done
  expect(spool.lastSeq).toBeGreaterThan(before)
  await virtual.advance(MINUTE_MS)
  await virtual.drained()
  expect(spool.cursor).toBeGreaterThan(stored)
  await virtual.stop()
  await bringBack(archive, target)
  const { spools, lost, invented } = await differences(dir, target)
  expect(invented).toEqual([])
  expect(lost.length).toBeGreaterThan(0)
  expect(spools[1].id).toBe(spools[0].id)
  expect(spools[1].lastSeq).toBeGreaterThanOrEqual(before)
  await virtual.start()
})

it('takes a stopped one along byte by byte, and everything that matters elsewhere', async () => {
  await virtual.stop()
  writeFileSync(join(dir, 'rejected-lines.ndjson'), '{"line":"a"}\n')
  mkdirSync(join(dir, 'diagnostics'), { recursive: true })
  writeFileSync(join(dir, 'diagnostics', 'strange.txt'), 'strange')
  const [archive, target] = [free('backup.tar.gz'), free('data')]
  await backUp(dir, archive)
  const here = filesIn(dir)
  await bringBack(archive, target)
  const others = [...here.keys()].filter((name) => !isOfData(name))
  expect(others).toEqual(['diagnostics/strange.txt'])
  expect(filesIn(target)).toEqual(new Map([...here].filter(([name]) => isOfData(name))))
  expect(await dumpStore(target)).toEqual(await dumpStore(dir))
  for (const [name] of filesIn(target)) expect(statSync(join(target, name)).mode & 0o077).toBe(0)
  await virtual.start()
})

it('leaves nothing behind when it is stopped half-way, and the collector goes on', async () => {
  const archive = free('backup.tar.gz')
  const stop = new AbortController()
  const onProgress = (): void => stop.abort(new Error('stopped by the test'))
  await expect(backUp(dir, archive, {}, { signal: stop.signal, onProgress })).rejects.toThrow('stopped by the test')
  expect(readdirSync(join(archive, '..'))).toEqual([])
  await virtual.advance(MINUTE_MS)
  await virtual.drained()
})

it('does not keep a collector from stopping, and knows then that its files may change', async () => {
  const source = await openSource(readSettings({ DATA_DIR: dir }), createLog('silent', 'json'))
  expect(source.lost.aborted).toBe(false)
  await virtual.stop()
  await expect.poll(() => source.lost.aborted).toBe(true)
  expect(source.lost.reason).toMatchObject({ code: 'collector_no_answer' })
  await source.close()
  await virtual.start()
})

it('writes over nothing, and not where nothing was collected', async () => {
  const archive = free('backup.tar.gz')
  writeFileSync(archive, 'precious')
  await expect(backUp(dir, archive)).rejects.toMatchObject({ code: 'backup_unwritable' })
  expect(readFileSync(archive, 'utf8')).toBe('precious')
  await expect(backUp(dir, join(archive, '..', 'no', 'such', 'folder.tar.gz'))).rejects.toThrow('ENOENT')
  await expect(backUp(newDir(), free('backup.tar.gz'))).rejects.toMatchObject({ code: 'backup_of_nothing' })
})

it('holds secrets only where that is asked for, and gives them back to their owner alone', async () => {
  const [home, there] = [newDir(), newDir()]
  const outside = free('token')
  writeFileSync(join(home, '.env'), 'ECOFLOW_SECRET_KEY=the-secret-of-the-env\nDATA_DIR=/srv/elsewhere\n')
  writeFileSync(outside, 'the-secret-in-a-file\n')
  const options = { settingFiles: ['.env', outside], settingNames: ['ECOFLOW_SECRET_KEY'] }
  const [without, withThem] = [free('without.tar.gz'), free('with.tar.gz')]
  expect(await backUp(dir, without, options, { cwd: home })).toContain(`may hold secrets: .env, ${outside}`)
  await backUp(dir, withThem, { ...options, withSecrets: true }, { cwd: home })
  expect(gunzipSync(readFileSync(without)).includes('the-secret')).toBe(false)
  expect(gunzipSync(readFileSync(withThem)).includes('the-secret')).toBe(true)

  const said = await bringBack(without, free('data'), false, { cwd: there })
  expect(said).toContain(`Bring by hand, since they were left out: .env, ${outside}.`)
  expect(said).toContain('Settings that were set there: ECOFLOW_SECRET_KEY.')
  expect(existsSync(join(there, '.env'))).toBe(false)

  const data = free('data')
  expect(await bringBack(withThem, data, false, { cwd: there })).toContain('DATA_DIR=/srv/elsewhere')
  expect(filesIn(there)).toEqual(filesIn(home))
  expect(statSync(join(there, '.env')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(data, 'settings-to-place', '1'), 'utf8')).toBe('the-secret-in-a-file\n')

  writeFileSync(join(there, '.env'), 'its own\n')
  await bringBack(withThem, free('data'), false, { cwd: there })
  expect(readFileSync(join(there, '.env'), 'utf8')).toBe('its own\n')
  expect(readFileSync(join(there, '.env.restored'), 'utf8')).toContain('the-secret-of-the-env')
})
