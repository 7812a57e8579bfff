import { expect, it } from 'vitest'
import { openInflux } from '../../src/store/influx.ts'
import { countValues, startVictoriaMetrics } from '../servers/victoria-metrics.ts'
import { generatedPoints, write } from './contract.ts'

it('writes by the real v2 address; what was refused while the server was down is there after a second try', async () => {
  const server = await startVictoriaMetrics()
  const buckets = { raw: 'powerkits', history: 'powerkits_history' }
  const store = openInflux({ url: server.url, api: 'v2', buckets, timeoutMs: 5_000, log: { debug: () => undefined } })
  try {
    const points = generatedPoints(2_000)
    const half = points.length / 2
    expect(await write(store, points.slice(0, half))).toEqual({ answer: 'accepted' })
    await server.stop()
    const kept = await write(store, points.slice(half))
    expect(kept).toMatchObject({ answer: 'kept', error: { code: 'store_unreachable' } })
    await server.restart()
    expect(await write(store, points.slice(half))).toEqual({ answer: 'accepted' })
    expect(await write(store, points.slice(half))).toEqual({ answer: 'accepted' })
    const counts = await countValues(server.url)
    const expected = new Map<string, number>()
    for (const { measurement, fields } of points) {
      for (const field of Object.keys(fields)) {
        expected.set(`${measurement}_${field}`, (expected.get(`${measurement}_${field}`) ?? 0) + 1)
      }
    }
    expect(counts).toEqual(expected)
  } finally {
    await store.close()
    await server.close()
  }
})
