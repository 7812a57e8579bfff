import { expect, it } from 'vitest'
import { askInfluxd, startInfluxd } from './influxd.ts'
import { startMosquitto } from './mosquitto.ts'
import { answers } from './unprivileged-server.ts'
import { countValues, startVictoriaMetrics } from './victoria-metrics.ts'

it('influxd keeps what was written over a kill and a restart on the same port', async () => {
  const influxd = await startInfluxd()
  try {
    await askInfluxd(influxd.url, '', 'CREATE DATABASE t')
    await fetch(`${influxd.url}/write?db=t&precision=ms`, { method: 'POST', body: 'm a=1 1000' })
    await influxd.kill()
    expect(await answers(`${influxd.url}/ping`, 204)).toBe(false)
    await influxd.restart()
    expect(JSON.stringify(await askInfluxd(influxd.url, 't', 'SELECT a FROM m'))).toContain('[1000,1]')
  } finally {
    await influxd.close()
  }
})

it('VictoriaMetrics counts what it took', async () => {
  const server = await startVictoriaMetrics()
  try {
    const lines = 'm,k=1 a=1,b=2 1700000000000\nm,k=2 a=1 1700000000000'
    await fetch(`${server.url}/api/v2/write?bucket=t&precision=ms`, { method: 'POST', body: lines })
    expect(Object.fromEntries(await countValues(server.url))).toEqual({ m_a: 2, m_b: 1 })
  } finally {
    await server.close()
  }
})

it('mosquitto is gone after stop and back after restart', async () => {
  const server = await startMosquitto()
  await server.stop()
  await server.restart()
  await server.restart()
  await server.close()
  await expect(server.restart()).rejects.toThrow()
})
