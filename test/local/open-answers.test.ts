import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { type OpenedAnswers, openAnswers } from '../../src/local/open-answers.ts'
import { lockDataDir } from '../../src/lock.ts'
import { createLog } from '../../src/log.ts'
import type { Answers } from '../../src/store/store.ts'
import { createVirtualCollector } from '../virtual-collector.ts'

const LOG = createLog('silent', 'json')
const START = Date.parse('2026-06-20T08:00:00Z')

const open = (dataDir: string): Promise<OpenedAnswers> =>
  openAnswers(readSettings({ DATA_DIR: dataDir, TIME_ZONE: 'UTC' }), LOG, Date.now)

/** Every question once. */
const askAll = async (answers: Answers) => {
  const battery = { bucket: 'raw', measurement: 'battery' } as const
  const range = { from: START, to: START + 600_000 }
  return {
    last: await answers.last({ ...battery, fields: ['soc_pct', 'model'] }),
    rows: await answers.rows({ ...battery, ...range }),
    some: await answers.rows({ ...battery, ...range, limit: 3 }),
    steps: await answers.steps({ ...battery, ...range, fields: ['soc_pct'], stepMs: 60_000, aggregate: 'mean' }),
    sums: await answers.sums({ ...battery, ...range, fields: ['power_w'] }),
    none: await answers.rows({ bucket: 'raw', measurement: 'nothing', ...range }),
  }
}

it('asks the running collector, and the store when none runs, with the same answers', async () => {
  const virtual = createVirtualCollector({ seed: 3, kits: 2, startAt: START })
  await virtual.start()
  await virtual.advance(600_000)
  await virtual.drained()
  const running = await open(virtual.dataDir())
  const told = await askAll(running.answers)
  expect(told.rows.length).toBeGreaterThan(100)
  expect(told.some).toEqual(told.rows.slice(0, 3))
  expect([told.last.length, told.steps.length, told.sums.length].every((count) => count > 1)).toBe(true)
  expect(told).toEqual(await askAll(virtual.collector().line.opened.store))
  const kitSns = virtual.cloud.accounts.flatMap((account) => account.kitSns).sort()
  expect(running.kits.map(({ kitSn }) => kitSn).sort()).toEqual(kitSns)
  await running.close()
  await expect(running.answers.rows({ measurement: 'battery' } as never)).rejects.toThrow('could not answer')

  await virtual.stop()
  await expect(running.answers.last({ bucket: 'raw', measurement: 'battery' })).rejects.toThrow('has stopped')
  const alone = await open(virtual.dataDir())
  expect(await askAll(alone.answers)).toEqual(told)
  expect(alone.kits).toEqual(running.kits)
  await expect(lockDataDir(virtual.dataDir())).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await alone.close()
  await (await lockDataDir(virtual.dataDir()))()
  await virtual.end()
})

it('says where nothing was ever collected, and makes nothing there', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-empty-'))
  await expect(open(join(dir, 'data'))).rejects.toMatchObject({ code: 'nothing_collected' })
  rmSync(dir, { recursive: true })
})
