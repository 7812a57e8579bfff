/** The whole collector around a simulated kit: what it hears in half an hour can be asked of it as history. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVirtualCollector, type VirtualCollector } from '../virtual-collector.ts'

const START = Date.UTC(2026, 5, 3, 9, 55)
const MINUTE_MS = 60_000

let world: VirtualCollector
let sn = ''
beforeAll(async () => {
  world = createVirtualCollector({ startAt: START, seed: 7, kits: 1, env: { TIME_ZONE: 'Europe/Berlin' } })
  await world.start()
  await world.advance(24 * MINUTE_MS)
  await world.drained()
  sn = [...world.collector().line.intake.track.state.kits.keys()][0]!
})
afterAll(() => world.end())

const ask = async (question: string): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${world.collector().url}/api/v1/kits/${sn}/${question}`)
  expect([question, answer.status]).toEqual([question, 200])
  return (await answer.json()) as Record<string, unknown>
}

it('tells the quarters, and the day so far', async () => {
  const { periods: quarters } = (await ask('energy?by=quarter')) as { periods: Record<string, number>[] }
  expect(quarters.map(({ start_ms }) => (start_ms! - START) / MINUTE_MS)).toEqual([-10, 5])
  expect(quarters[1]).toMatchObject({ expected_s: 900 })
  expect(quarters[1]!.covered_s).toBeGreaterThan(800)
  const { periods, time_zone } = (await ask('energy?by=day')) as {
    periods: Record<string, number>[]
    time_zone: string
  }
  expect([time_zone, periods.length, periods[0]!.local_date]).toEqual(['Europe/Berlin', 1, '2026-06-03'])
  const sum = quarters.reduce((all, { load_wh }) => all + load_wh!, 0)
  expect(periods[0]!.load_wh).toBeCloseTo(sum, 3)
})

it('tells flows and packs by the minute', async () => {
  const { bucket, step_s, series } = (await ask('series?measurement=flow&fields=solar_w,battery_w')) as {
    bucket: string
    step_s: number
    series: { at_ms: number[]; values: Record<string, (number | null)[]> }[]
  }
  expect([bucket, step_s, series.length]).toEqual(['raw', 60, 1])
  expect(series[0]!.at_ms.length).toBeGreaterThan(20)
  expect(series[0]!.values.battery_w!.some((value) => value !== null && value !== 0)).toBe(true)
  const packs = (await ask('series?measurement=battery&fields=soc_pct')) as { series: object[] }
  expect(packs.series.length).toBeGreaterThan(0)
})

it('tells the other things that an owner asks', async () => {
  const { batteries } = (await ask('health')) as { batteries: { soc_pct: number }[] }
  expect(batteries.every(({ soc_pct }) => soc_pct > 0)).toBe(true)
  const { circuits } = (await ask('circuits')) as { circuits: { energy_wh: number }[] }
  expect(circuits.some(({ energy_wh }) => energy_wh > 0)).toBe(true)
  const { periods } = (await ask('completeness')) as { periods: { completeness_pct: number }[] }
  expect(periods[0]!.completeness_pct).toBeGreaterThan(80)
  const { events } = (await ask('events')) as { events: { kind: string }[] }
  expect(events.some(({ kind }) => kind === 'module_joined')).toBe(true)
})
