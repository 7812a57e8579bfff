import { expect, it } from 'vitest'
import { stepFor, tickLabels, ticksBetween } from '../../../src/console/parts/chart/ticks.ts'
import { zoneOf } from '../../../src/console/zone.ts'

const BERLIN = zoneOf('Europe/Berlin')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const labels = (from: number, to: number, most: number): string[] => {
  const step = stepFor(to - from, most)
  return tickLabels(ticksBetween(from, to, step, BERLIN), step, BERLIN, 'en-GB')
}

it('stands at whole hours of the kit, the day told once', () => {
  expect(labels(Date.UTC(2026, 5, 1, 20, 13), Date.UTC(2026, 5, 2, 8, 13), 5)).toEqual([
    '00:00\n2 Jun',
    '03:00',
    '06:00',
    '09:00',
  ])
})

it('keeps to midnight and noon when the clocks change', () => {
  const ticks = ticksBetween(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 30), 12 * HOUR_MS, BERLIN)
  expect(ticks.map((at) => new Date(BERLIN.wallOf(at)).toISOString().slice(8, 13))).toEqual(['29T00', '29T12', '30T00'])
  expect(ticks[1]! - ticks[0]!).toBe(11 * HOUR_MS)
})

it('never stands twice in the hour that is there twice', () => {
  const ticks = ticksBetween(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 6), HOUR_MS, BERLIN)
  expect(new Set(ticks).size).toBe(ticks.length)
  expect(ticks).toEqual(ticks.toSorted((one, other) => one - other))
})

it('counts months and years in the calendar, weeks from Monday', () => {
  expect(labels(Date.UTC(2025, 10, 10), Date.UTC(2026, 3, 10), 6)).toEqual([
    'Dec\n2025',
    'Jan\n2026',
    'Feb',
    'Mar',
    'Apr',
  ])
  expect(labels(Date.UTC(2021, 5, 1), Date.UTC(2026, 5, 1), 6)).toEqual(['2022', '2023', '2024', '2025', '2026'])
  const weeks = ticksBetween(Date.UTC(2026, 5, 3), Date.UTC(2026, 6, 1), 7 * DAY_MS, BERLIN)
  expect(weeks.map((at) => new Date(BERLIN.wallOf(at)).getUTCDay())).toEqual([1, 1, 1, 1])
})

it('has at most as many as there is room for', () => {
  for (const range of [HOUR_MS, DAY_MS, 7 * DAY_MS, 400 * DAY_MS, 4000 * DAY_MS])
    for (const most of [3, 5, 12]) {
      const count = ticksBetween(0, range, stepFor(range, most), BERLIN).length
      expect(count).toBeGreaterThan(0)
      expect(count).toBeLessThanOrEqual(most + 1)
    }
})
