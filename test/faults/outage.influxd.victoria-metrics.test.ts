import { expect, it } from 'vitest'
import { startInfluxd } from '../servers/influxd.ts'
import { startVictoriaMetrics } from '../servers/victoria-metrics.ts'
import { differences, expectedCounts, feedThroughOutage } from './outage.ts'
import { makeRecording } from './recording.ts'
import { countsInInfluxd, countsInVictoriaMetrics } from './stored-counts.ts'

const recording = makeRecording({ kits: 1, minutes: 8, seed: 2 })

it('brings every value to influxd, though it is away for half of them', async () => {
  const influxd = await startInfluxd()
  const result = await feedThroughOutage(recording, influxd, { INFLUX_URL: influxd.url, INFLUX_API: 'v1' })
  expect(result.waited).toBeGreaterThan(100)
  expect(result.problem).toBe('store_unreachable')
  const found = await countsInInfluxd(influxd.url, ['powerkits', 'powerkits_history'])
  expect(differences(expectedCounts(recording), found)).toEqual([])
  await influxd.close()
}, 120_000)

it('brings every value to VictoriaMetrics, though it is away for half of them', async () => {
  const database = await startVictoriaMetrics()
  const result = await feedThroughOutage(recording, database, { INFLUX_URL: database.url })
  expect(result.waited).toBeGreaterThan(100)
  expect(differences(expectedCounts(recording), await countsInVictoriaMetrics(database.url))).toEqual([])
  await database.close()
}, 120_000)

it('would notice a value too few and one too many', () => {
  const expected = new Map([
    ['a', 2],
    ['b', 1],
  ])
  const found = new Map([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ])
  expect(differences(expected, found)).toEqual(['a: expected 2, found 1', 'c: expected 0, found 1'])
})
