import { describe, expect, it } from 'vitest'
import { frameFor, piecesOf } from '../../../../src/console/pages/history/bar-frame.ts'
import {
  columnsOf,
  heightOf,
  isIncomplete,
  roundSteps,
  SINKS,
  SOURCES,
  totalOf,
  usualBy,
} from '../../../../src/console/pages/history/energy-stacks.ts'
import type { EnergyPeriod } from '../../../../src/console/past-shapes.ts'
import { zoneOf } from '../../../../src/console/zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 2026-06-01 in Berlin. */
const START = Date.UTC(2026, 4, 31, 22)
const BERLIN = zoneOf('Europe/Berlin')

const day = (more: Partial<EnergyPeriod> = {}): EnergyPeriod => ({
  start_ms: START,
  covered_s: 86_400,
  expected_s: 86_400,
  hours_count: 24,
  local_date: '2026-06-01',
  ...more,
})

const take = (key: string, period: EnergyPeriod) =>
  [...SOURCES, ...SINKS].find((part) => part.key === key)!.take(period)

describe('what energy is of', () => {
  it('counts the sun at the DC input as sun, and the generator apart from shore', () => {
    const period = day({ solar_wh: 1000, dc_in_wh: 500, dc_in_solar_wh: 200, ac_in_wh: 900, generator_wh: 300 })
    expect(['solar', 'dc_in', 'shore', 'generator'].map((key) => take(key, period))).toEqual([1200, 300, 600, 300])
    const [column] = columnsOf([period], START, BERLIN)
    expect(heightOf(SOURCES, new Set(), column!)).toBe(1000 + 500 + 900)
  })

  it('does not make 0 of what is not known', () => {
    expect(['solar', 'dc_in', 'shore', 'charge', 'loss'].map((key) => take(key, day()))).toEqual(
      Array(5).fill(undefined),
    )
    const columns = columnsOf([day(), day({ ac_out_wh: 5 })], START, BERLIN)
    expect(SINKS.map((part) => totalOf(part, columns))).toEqual([5, undefined, undefined, undefined])
  })
})

it('marks what is missing, and what is not over', () => {
  const periods = [
    day({ covered_s: 60_957 }),
    day({ start_ms: START + DAY_MS, covered_s: 86_100, local_date: '2026-06-02' }),
  ]
  const [first, second] = columnsOf(periods, START + 1.5 * DAY_MS, BERLIN)
  expect([isIncomplete(first!), first!.isRunning, first!.missingS]).toEqual([true, false, 25_443])
  expect([isIncomplete(second!), second!.isRunning]).toEqual([false, true])
})

it('names quarters by their local day', () => {
  const { hours_count: _, local_date: __, ...quarter } = day()
  const [column] = columnsOf([quarter], START + DAY_MS, BERLIN)
  expect([column!.date, column!.endAt - column!.startAt]).toEqual(['2026-06-01', 900_000])
})

it('chooses periods that are neither few nor crowded', () => {
  expect([1, 7, 31, 365, 3650].map((days) => usualBy(days * DAY_MS))).toEqual([
    'quarter',
    'day',
    'day',
    'month',
    'year',
  ])
})

it('has round lines that reach the highest', () => {
  expect(roundSteps(6300)).toEqual([0, 5000, 10_000])
  expect(roundSteps(2900)).toEqual([0, 1000, 2000, 3000])
  expect(roundSteps(0)).toEqual([0, 1])
})

it('stands sources on the line and hangs sinks from it, with room for all', () => {
  const columns = columnsOf([day({ solar_wh: 3000, battery_discharge_wh: 500, ac_out_wh: 2500 })], START, BERLIN)
  const frame = frameFor(columns, new Set(), 800)
  const up = piecesOf(SOURCES, 1, columns[0]!, new Set(), frame)
  const down = piecesOf(SINKS, -1, columns[0]!, new Set(), frame)
  expect(up.map(({ key }) => key)).toEqual(['solar', 'discharge'])
  expect(up[0]!.y + up[0]!.height).toBeCloseTo(frame.zero)
  expect(up[1]!.y + up[1]!.height).toBeCloseTo(up[0]!.y)
  expect(up[1]!.y).toBeGreaterThanOrEqual(frame.top)
  expect(down[0]!.y).toBeCloseTo(frame.zero)
  expect(down[0]!.y + down[0]!.height).toBeLessThanOrEqual(frame.bottom)
  expect(piecesOf(SOURCES, 1, columns[0]!, new Set(['solar']), frame).map(({ key }) => key)).toEqual(['discharge'])
})
