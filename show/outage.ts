/** Shows that a database that goes away under load misses nothing in the end. */
import { differences, expectedCounts, feedThroughOutage } from '../test/faults/outage.ts'
import { makeRecording } from '../test/faults/recording.ts'
import { countsInInfluxd, countsInVictoriaMetrics } from '../test/faults/stored-counts.ts'
import { startInfluxd } from '../test/servers/influxd.ts'
import { startVictoriaMetrics } from '../test/servers/victoria-metrics.ts'

export const title = 'a recording into real influxd 1.6.7 and VictoriaMetrics, away in the middle: counts equal'

const recording = makeRecording({ kits: 4, minutes: 60, seed: 4 })

const report = (name: string, waited: number, problem: string, found: ReadonlyMap<string, number>): boolean => {
  const expected = expectedCounts(recording)
  const wrong = differences(expected, found)
  const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0)
  console.log(
    `${name.padEnd(18)} ${String(recording.length).padStart(8)} ${String(waited).padStart(9)} ${problem.padEnd(18)} ` +
      `${String(sum(expected)).padStart(9)} ${String(sum(found)).padStart(9)} ${String(wrong.length).padStart(9)}`,
  )
  for (const line of wrong.slice(0, 5)) console.log(`  ${line}`)
  return wrong.length === 0 && waited > 0
}

export const run = async (): Promise<boolean> => {
  console.log('database             inputs    waited problem             expected    stored  differing')
  const influxd = await startInfluxd()
  const first = await feedThroughOutage(recording, influxd, { INFLUX_URL: influxd.url, INFLUX_API: 'v1' })
  const inInfluxd = await countsInInfluxd(influxd.url, ['powerkits', 'powerkits_history'])
  const isFirstGood = report('influxd 1.6.7', first.waited, first.problem, inInfluxd)
  await influxd.close()
  const metrics = await startVictoriaMetrics()
  const second = await feedThroughOutage(recording, metrics, { INFLUX_URL: metrics.url })
  const isSecondGood = report(
    'VictoriaMetrics',
    second.waited,
    second.problem,
    await countsInVictoriaMetrics(metrics.url),
  )
  await metrics.close()
  return isFirstGood && isSecondGood
}
