import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded/embedded.ts'
import { openInflux } from '../../src/store/influx.ts'
import type { Aggregate, Store } from '../../src/store/store.ts'
import { startInfluxd } from '../servers/influxd.ts'
import { GENERATED_FROM, generatedPoints, write } from './contract.ts'

let stores: readonly [Store, Store]
let clean: () => Promise<void> = async () => undefined
const points = generatedPoints(2_000)
const to = points.at(-1)!.at + 1

beforeAll(async () => {
  const influxd = await startInfluxd()
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-equal-'))
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const log = { debug: () => undefined }
  const influx = openInflux({ url: influxd.url, api: 'v1', buckets, timeoutMs: 20_000, log })
  const embedded = await openEmbedded({ dir, memoryLimit: '256MB', threads: 2, timeoutMs: 20_000, now: () => 0 })
  stores = [influx, embedded]
  clean = async () => {
    for (const store of stores) await store.close()
    await influxd.close()
    rmSync(dir, { recursive: true, force: true })
  }
  // the second half first, so that half of the rows come late
  for (const store of stores) {
    await write(store, points.slice(1_000))
    await write(store, points.slice(0, 1_000))
  }
})
afterAll(() => clean())

const same = async <T>(ask: (store: Store) => Promise<readonly T[]>): Promise<void> => {
  const [influx, embedded] = [await ask(stores[0]), await ask(stores[1])]
  expect(embedded).toEqual(influx)
  expect(influx.length).toBeGreaterThan(0)
}

const battery = { bucket: 'raw', measurement: 'battery', from: GENERATED_FROM, to } as const
const fields = ['soc_pct', 'power_w', 'state']

it('both stores give the same rows', async () => {
  await same((store) => store.rows(battery))
  await same((store) => store.rows({ ...battery, fields: ['state'], limit: 17 }))
  await same((store) => store.rows({ ...battery, tags: { side: 'dc' } }))
  await same((store) =>
    store.rows({ ...battery, tags: { side: '' }, from: GENERATED_FROM + 1e9, to: GENERATED_FROM + 3e9 }),
  )
})

it.each(['min', 'max', 'mean', 'last'] as const)(
  'both stores give the same %s per step',
  async (aggregate: Aggregate) => {
    for (const stepMs of [60_000, 3_600_000, 86_400_000, 604_800_000, 7_777_777]) {
      await same((store) => store.steps({ ...battery, fields, stepMs, aggregate }))
    }
  },
)

it('both stores give the same sums and last values', async () => {
  await same((store) => store.sums({ ...battery, fields }))
  // the last two months hold every series
  await same((store) => store.last({ bucket: 'raw', measurement: 'battery' }))
  await same((store) => store.last({ bucket: 'raw', measurement: 'dc_input', fields: ['state'], tags: { side: 'dc' } }))
})
