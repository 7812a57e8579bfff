import { describe, expect, it } from 'vitest'
import {
  daysRange,
  isAsLong,
  isRunning,
  lengthOf,
  type Moments,
  momentRange,
  rangeText,
  readRange,
  shifted,
  wholeOf,
  zoomed,
} from '../../../../src/console/pages/history/ranges.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 14:00 in Berlin. */
const NOW = Date.UTC(2026, 5, 10, 12)
const moments = (fromAt: number, toAt = NOW): Moments => ({ fromAt, toAt, at: NOW, timeZone: 'Europe/Berlin' })

describe('to and fro', () => {
  it('goes by the calendar where a range is of it', () => {
    const any = moments(0)
    expect(shifted({ from: 'today' }, any, -1)).toEqual({ from: '2026-06-09', to: '2026-06-10' })
    expect(shifted({ from: '-7d' }, any, -1)).toEqual({ from: '2026-05-27', to: '2026-06-03' })
    expect(shifted({ from: '2026-03', to: '2026-04' }, any, -1)).toEqual({ from: '2026-02', to: '2026-03' })
    expect(shifted({ from: '2026-01', to: '2026-02' }, any, -1)).toEqual({ from: '2025-12', to: '2026-01' })
    expect(shifted({ from: '2024', to: '2025' }, any, 1)).toEqual({ from: '2025', to: '2026' })
    expect(shifted({ from: '2026-02-27', to: '2026-03-02' }, any, 1)).toEqual({ from: '2026-03-02', to: '2026-03-05' })
  })

  it('goes by its length where it is of moments, but not beyond now', () => {
    expect(shifted({ from: '-24h' }, moments(NOW - DAY_MS), -1)).toEqual({
      from: String(NOW - 2 * DAY_MS),
      to: String(NOW - DAY_MS),
    })
    const ended = moments(NOW - 2 * DAY_MS, NOW - HOUR_MS)
    expect(shifted({ from: '1', to: '2' }, ended, 1)).toEqual({ from: String(NOW - 47 * HOUR_MS), to: String(NOW) })
  })
})

it('zooms around the middle, not beyond now, and never to nothing', () => {
  const day = moments(NOW - 3 * DAY_MS, NOW - DAY_MS)
  expect(zoomed(day, 0.5)).toEqual({ from: String(NOW - 2.5 * DAY_MS), to: String(NOW - 1.5 * DAY_MS) })
  expect(zoomed(moments(NOW - DAY_MS), 2)).toEqual({ from: String(NOW - 2 * DAY_MS), to: String(NOW) })
  const { from, to } = momentRange(NOW - HOUR_MS, NOW - HOUR_MS + 1000, { at: NOW })
  expect(Number(to) - Number(from)).toBe(300_000)
})

it('reads the address, a day back when nothing stands there', () => {
  expect(readRange({})).toEqual({ from: '-24h' })
  expect(readRange({ view: 'energy', from: '2026', to: '2027' })).toEqual({ from: '2026', to: '2027' })
})

it('runs on without an end, or with one that is not reached', () => {
  expect(isRunning({ from: '-7d' }, undefined)).toBe(true)
  expect(isRunning({ from: '2026', to: '2027' }, moments(0, NOW + DAY_MS))).toBe(true)
  expect(isRunning({ from: '2025', to: '2026' }, moments(0, NOW - DAY_MS))).toBe(false)
  expect(isRunning({ from: '2027', to: '2028' }, moments(NOW + DAY_MS, NOW + 2 * DAY_MS))).toBe(false)
})

it('tells moving from zooming', () => {
  expect(isAsLong(DAY_MS + 5, DAY_MS)).toBe(true)
  expect(isAsLong(0.9 * DAY_MS, DAY_MS)).toBe(false)
})

it('knows about how long a range is before it is answered', () => {
  const days = (range: { from: string; to?: string }) => lengthOf(range, NOW) / DAY_MS
  expect([days({ from: '-24h' }), days({ from: '-30d' }), days({ from: 'today' })]).toEqual([1, 30, 1])
  expect([days({ from: '2026-06', to: '2026-07' }), days({ from: '2025', to: '2026' })]).toEqual([30, 365])
  expect(days({ from: String(NOW - DAY_MS), to: String(NOW) })).toBe(1)
})

it('makes whole days and months', () => {
  expect(daysRange('2026-06-30', '2026-06-30')).toEqual({ from: '2026-06-30', to: '2026-07-01' })
  expect(wholeOf('2026-12-05', 'month')).toEqual({ from: '2026-12', to: '2027-01' })
})

it('tells days as days, and moments to the minute', () => {
  const berlin = (day: number, hour = 0) => Date.UTC(2026, 5, day, hour - 2)
  expect(rangeText(moments(berlin(1), berlin(4)), 'en-GB')).toMatch(/^1\s?–\s?3 Jun 2026$/)
  expect(rangeText(moments(berlin(1, 8), berlin(1, 9)), 'en-GB')).toMatch(/^1 Jun 2026, 08:00\s?–\s?09:00$/)
})
