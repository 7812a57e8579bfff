import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Bucket, MEASUREMENTS } from '../../src/catalogue/measurements.ts'
import { openInflux } from '../../src/store/influx.ts'
import type { Row } from '../../src/store/store.ts'
import { startInfluxd } from '../servers/influxd.ts'
import { createVirtualCollector } from '../virtual-collector.ts'
import { backUp, bringBack, filesIn, newDir } from './moved.ts'

/** Every row of both buckets, by bucket and measurement. */
const allRows = async (url: string): Promise<Map<string, Row[]>> => {
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const store = openInflux({ url, api: 'v1', buckets, timeoutMs: 20_000, log: { debug: () => undefined } })
  const found = new Map<string, Row[]>()
  for (const bucket of ['raw', 'history'] satisfies Bucket[])
    for (const measurement of Object.keys(MEASUREMENTS)) {
      const rows = await store.rows({ bucket, measurement, from: 0, to: 4e12 })
      if (rows.length > 0) found.set(`${bucket} ${measurement}`, rows)
    }
  await store.close()
  return found
}

it('brings the rows of one InfluxDB to another where that is asked for, and says so where it is not', async () => {
  const [old, fresh] = [await startInfluxd(), await startInfluxd()]
  const envOf = (url: string) => ({ INFLUX_URL: url, INFLUX_API: 'v1' })
  const virtual = createVirtualCollector({
    ...{ kits: 2, seed: 5, startAt: Date.UTC(2026, 5, 14, 10, 55), env: envOf(old.url) },
  })
  await virtual.start()
  await virtual.advance(420_000)
  await virtual.drained()
  const [without, withThem] = [join(newDir(), 'without.tar.gz'), join(newDir(), 'with.tar.gz')]
  expect(await backUp(virtual.dataDir(), without, {}, { env: envOf(old.url) })).toContain('they stay in InfluxDB at')
  await backUp(virtual.dataDir(), withThem, { withServerData: true }, { env: envOf(old.url) })
  await virtual.stop()

  await expect(bringBack(withThem, join(newDir(), 'data'))).rejects.toMatchObject({ code: 'restore_store_away' })
  const target = join(newDir(), 'data')
  const expected = await allRows(old.url)
  const said = await bringBack(withThem, target, false, { env: envOf(fresh.url) })
  const count = [...expected.values()].reduce((sum, rows) => sum + rows.length, 0)
  expect(said).toContain('Rows brought to InfluxDB at')
  const found = await allRows(fresh.url)
  expect(found.size).toBeGreaterThan(15)
  for (const [name, rows] of found) {
    const known = new Set(expected.get(name)?.map((row) => JSON.stringify(row)))
    expect(rows.filter((row) => !known.has(JSON.stringify(row)))).toEqual([])
  }
  // what stopping wrote came after the backup
  const brought = [...found.values()].reduce((sum, rows) => sum + rows.length, 0)
  expect(said).toContain(`Rows brought to InfluxDB at ${new URL(fresh.url).host}, buckets`)
  expect(said).toContain(`: ${brought}.`)
  expect(count - brought).toBeLessThan(20)
  expect([...filesIn(target).keys()].filter((name) => name.startsWith('server') || name.startsWith('store'))).toEqual(
    [],
  )
  await virtual.end()
  await Promise.all([old.close(), fresh.close()])
})
