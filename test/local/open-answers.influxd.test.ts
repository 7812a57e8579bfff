import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../src/config.ts'
import { openAnswers } from '../../src/local/open-answers.ts'
import { createLog } from '../../src/log.ts'
import { exportTo } from '../../src/shell/export.ts'
import { planExport } from '../../src/shell/export-plan.ts'
import { createProgress } from '../../src/shell/progress.ts'
import { openStore } from '../../src/store/open-store.ts'
import { KIT, pastRows, writePast } from '../analysis/past.ts'
import { startInfluxd } from '../servers/influxd.ts'

const LOG = createLog('silent', 'json')
let influxd: Awaited<ReturnType<typeof startInfluxd>>

beforeAll(async () => {
  influxd = await startInfluxd()
})

afterAll(() => influxd.close())

it('asks an InfluxDB directly where no collector runs, and exports from it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-influx-'))
  const settings = readSettings({
    DATA_DIR: join(dir, 'data'),
    INFLUX_URL: influxd.url,
    INFLUX_API: 'v1',
    TIME_ZONE: 'UTC',
    RAW_RETENTION_DAYS: '36500',
  })
  const { store } = await openStore(settings, LOG, Date.now)
  const past = pastRows()
  await writePast(store, {
    raw: [
      ...past.raw,
      { measurement: 'kit', tags: { kit_sn: KIT }, fields: { label: `Van · ${KIT}` }, at: Date.UTC(2026, 5, 19) },
    ],
    history: past.history,
  })
  await store.close()
  const opened = await openAnswers(settings, LOG, Date.now)
  expect(opened.kits).toEqual([{ kitSn: KIT, name: 'Van', timeZone: 'UTC' }])
  const plan = planExport(
    { format: 'lp', bucket: 'all', measurement: ['battery', 'run'] },
    opened.kits,
    Date.UTC(2026, 6, 1),
  )
  const done = await exportTo(join(dir, 'out'), plan, false, {
    answers: opened.answers,
    progress: createProgress({ write: () => undefined }, () => 0),
    signal: new AbortController().signal,
    version: '1.2.3',
  })
  const count = (bucket: 'raw' | 'history', measurement: string) =>
    past[bucket].filter((point) => point.measurement === measurement).length
  expect(done.map(({ bucket, measurement, rows }) => [bucket, measurement, rows])).toEqual([
    ['raw', 'battery', count('raw', 'battery')],
    ['history', 'battery', count('history', 'battery')],
    ['history', 'run', count('history', 'run')],
  ])
  await opened.close()
  rmSync(dir, { recursive: true })
})
