import { expect, it } from 'vitest'
import { beginIn, beginOf } from '../../../../src/console/pages/history/begin.ts'
import type { Energies, EnergyPeriod, Events } from '../../../../src/console/past-shapes.ts'

const HOUR_MS = 3_600_000
const MAY = Date.UTC(2026, 4, 1)
const AT = Date.UTC(2026, 5, 10, 12, 10)

const head = { at: AT, time_zone: 'UTC', from_ms: 0, to_ms: AT }
const month = (start_ms: number, expected_s: number): EnergyPeriod => ({
  start_ms,
  expected_s,
  covered_s: 0,
  hours_count: 744,
})
const months = (...periods: EnergyPeriod[]): Energies => ({ ...head, by: 'month', periods })
const events = (...starts: number[]): Events => ({
  ...head,
  events: starts.map((start_ms) => ({ start_ms, module_sn: 'all', kind: 'site_changed', text: '' })),
})

it('begins in the first month with as much of it as the kit was known', () => {
  const known = beginOf(months(month(MAY, 100 * 3600), month(Date.UTC(2026, 5, 1), 10)))
  expect(known.summedFrom).toBe(MAY + 644 * HOUR_MS)
})

it('begins never later than the kit did, in a month that goes on', () => {
  const startedAt = AT - 5 * HOUR_MS
  const summedUpTo = Date.UTC(2026, 5, 10, 12)
  const { summedFrom = 0 } = beginOf(months(month(Date.UTC(2026, 5, 1), (summedUpTo - startedAt) / 1000)))
  expect(summedFrom).toBeLessThanOrEqual(startedAt)
  expect(summedFrom).toBeGreaterThan(startedAt - HOUR_MS)
})

it('takes the first event of a kit that has no energies yet, and nothing that lies before the range', () => {
  const young = beginOf(months())
  expect(beginIn(AT - HOUR_MS, young, events(AT - 2000, AT - 60_000))).toBe(AT - 60_000)
  expect(beginIn(AT - HOUR_MS, young, events())).toBeUndefined()
  expect(beginIn(AT - HOUR_MS, { summedFrom: MAY }, events(AT - 2000))).toBeUndefined()
  expect(beginIn(MAY - 1, { summedFrom: MAY }, events())).toBe(MAY)
  expect(beginIn(0, undefined, events(1))).toBeUndefined()
})
