import { afterEach, describe, expect, it } from 'vitest'
import { type InfluxOptions, openInflux } from '../../src/store/influx.ts'
import { askInfluxd, startInfluxd } from '../servers/influxd.ts'
import { GENERATED_FROM, generatedPoints, storeContract, write } from './contract.ts'

const OPTIONS = {
  api: 'v1',
  buckets: { raw: 'powerkits', history: 'powerkits_history' },
  timeoutMs: 20_000,
  log: { debug: () => undefined },
} as const

storeContract('influx, on influxd 1.x', async () => {
  const influxd = await startInfluxd()
  const store = openInflux({ ...OPTIONS, url: influxd.url })
  const close = async (): Promise<void> => {
    await store.close()
    await influxd.close()
  }
  return { store, close }
})

describe('a real influxd', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const start = async (http: readonly string[] = [], options: Partial<InfluxOptions> = {}) => {
    const influxd = await startInfluxd({ http })
    const store = openInflux({ ...OPTIONS, url: influxd.url, ...options })
    closing.push(() => store.close(), influxd.close)
    return { influxd, store }
  }
  const points = generatedPoints(1_000)
  const everything = { bucket: 'raw', from: GENERATED_FROM, to: GENERATED_FROM + 1e10 } as const
  const measurements = ['battery', 'dc_input'] as const

  it('that takes small requests only gets the batch in parts', async () => {
    const { store } = await start(['max-body-size = 4096'])
    expect(await write(store, points)).toEqual({ answer: 'accepted' })
    const rows = await Promise.all(measurements.map((measurement) => store.rows({ ...everything, measurement })))
    expect(rows.flat()).toHaveLength(points.length)
  })

  it('gets its database with the retention, and rows beyond it are rejected', async () => {
    const { influxd, store } = await start([], { retentionMs: 7 * 86_400_000 })
    const now = Date.now()
    const fresh = [1, 2, 3].map((n) => ({ measurement: 'm', tags: {}, fields: { n }, at: now - n * 60_000 }))
    const old = [4, 5].map((n) => ({ measurement: 'm', tags: {}, fields: { n }, at: now - n * 86_400_000 * 10 }))
    const answer = await write(store, [...old, ...fresh])
    expect(answer.answer === 'rejected' && answer.lines.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('retention'),
      expect.stringContaining('retention'),
    ])
    expect(await store.rows({ bucket: 'raw', measurement: 'm', from: 0, to: 4e12 })).toHaveLength(3)
    expect(JSON.stringify(await askInfluxd(influxd.url, '', 'SHOW RETENTION POLICIES ON powerkits'))).toContain(
      '168h0m0s',
    )
  })

  it('that sees two types for a new field in one batch keeps the first and rejects the other', async () => {
    const { store } = await start()
    const typed = [1, 'two', 3].map((n, at) => ({ measurement: 'm', tags: {}, fields: { n }, at }))
    expect(await write(store, typed)).toMatchObject({ answer: 'rejected', lines: [{ line: 'm n="two" 1\n' }] })
    expect((await store.rows({ bucket: 'raw', measurement: 'm', from: 0, to: 9 })).map(({ at }) => at)).toEqual([0, 2])
  })

  it('that asks for a password says so before, and works with it', async () => {
    const { influxd, store } = await start(['auth-enabled = true'])
    await askInfluxd(influxd.url, '', `CREATE USER me WITH PASSWORD 'secret word' WITH ALL PRIVILEGES`)
    expect(await write(store, points)).toMatchObject({ answer: 'kept', error: { code: 'store_denied' } })
    await expect(store.last({ bucket: 'raw', measurement: 'battery' })).rejects.toMatchObject({ code: 'store_denied' })
    const known = openInflux({ ...OPTIONS, url: influxd.url, username: 'me', password: 'secret word' })
    closing.unshift(() => known.close())
    expect(await write(known, points)).toEqual({ answer: 'accepted' })
    expect(await known.last({ bucket: 'raw', measurement: 'battery' })).not.toEqual([])
  })

  it('that is killed, paused and restarted under writes holds every row once', async () => {
    const { influxd, store } = await start([], { timeoutMs: 400 })
    let isDone = false
    const trouble = (async () => {
      await influxd.kill()
      await influxd.restart()
      influxd.pause()
      await new Promise((resolve) => setTimeout(resolve, 600))
      influxd.resume()
      isDone = true
    })()
    let keptTimes = 0
    for (let first = 0; first < points.length || !isDone; first = (first + 50) % (isDone ? 1e9 : points.length)) {
      const answer = await write(store, points.slice(first, first + 50))
      if (answer.answer === 'accepted') continue
      expect(answer.answer).toBe('kept')
      keptTimes++
      first -= 50
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await trouble
    expect(keptTimes).toBeGreaterThan(0)
    const rows = await Promise.all(measurements.map((measurement) => store.rows({ ...everything, measurement })))
    expect(rows.flat()).toHaveLength(points.length)
  })
})
