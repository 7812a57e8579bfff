import { expect, it } from 'vitest'
import { gridOf, lastStep, together, withNewer } from '../../../../src/console/pages/history/series-grid.ts'
import type { GapEntry, SeriesAnswer } from '../../../../src/console/past-shapes.ts'

const MINUTE_MS = 60_000
const T0 = Date.UTC(2026, 5, 1)

const answer = (
  minutes: readonly number[],
  values: readonly (number | null)[],
  more: Partial<SeriesAnswer> = {},
): SeriesAnswer => ({
  at: T0 + 10 * MINUTE_MS,
  time_zone: 'Europe/Berlin',
  from_ms: T0,
  to_ms: T0 + 10 * MINUTE_MS,
  step_s: 60,
  units: { soc_pct: 'pct' },
  series: [
    { tags: { module_sn: 'A' }, at_ms: minutes.map((minute) => T0 + minute * MINUTE_MS), values: { soc_pct: values } },
  ],
  gaps: [],
  ...more,
})

const gap = (minute: number): GapEntry => ({
  start_ms: T0 + minute * MINUTE_MS,
  end_ms: T0 + (minute + 1) * MINUTE_MS,
  module_sn: 'all',
  duration_s: 60,
  cause: 'mqtt_silent',
  text: 'Nothing was pushed.',
  is_open: false,
})

it('gives every step a place, with nothing where nothing was heard', () => {
  const told = answer([0, 1, 4], [10, null, 14])
  const grid = gridOf(told)
  expect(grid.starts).toHaveLength(10)
  expect(grid.at[0]).toBe(T0 + MINUTE_MS / 2)
  expect(grid.valuesOf(told.series[0]!, 'soc_pct').slice(0, 6)).toEqual([10, null, null, null, 14, null])
  expect(grid.valuesOf(told.series[0]!, 'power_w').every((value) => value === null)).toBe(true)
})

it('begins with the whole step in which the range begins, and does not go beyond now', () => {
  const grid = gridOf(answer([], [], { from_ms: T0 + 90_000, to_ms: T0 + 30 * MINUTE_MS }))
  expect(grid.starts[0]).toBe(T0 + MINUTE_MS)
  expect(grid.starts.at(-1)).toBe(T0 + 9 * MINUTE_MS)
})

it('goes on with newer steps, which replace a step that was not over', () => {
  const old = answer([7, 8, 9], [17, 18, 19], { gaps: [gap(2)] })
  expect(lastStep(old)).toBe(T0 + 9 * MINUTE_MS)
  const fresh = answer([9, 10], [19.5, 20], {
    at: T0 + 11 * MINUTE_MS,
    from_ms: T0 + 9 * MINUTE_MS,
    to_ms: T0 + 11 * MINUTE_MS,
    gaps: [gap(2), gap(5)],
  })
  const joined = withNewer(old, fresh, T0 + MINUTE_MS)
  expect(joined.series[0]!.values.soc_pct).toEqual([17, 18, 19.5, 20])
  expect([joined.from_ms, joined.to_ms, joined.gaps.length]).toEqual([T0 + MINUTE_MS, T0 + 11 * MINUTE_MS, 2])
  expect(gridOf(joined).starts).toHaveLength(10)
})

it('drops what lies before the range, and takes in a series that begins', () => {
  const fresh = answer([10], [20], {
    from_ms: T0 + 10 * MINUTE_MS,
    at: T0 + 11 * MINUTE_MS,
    to_ms: T0 + 11 * MINUTE_MS,
  })
  const other = { ...fresh, series: [{ ...fresh.series[0]!, tags: { module_sn: 'B' } }] }
  const joined = withNewer(answer([0, 8], [10, 18]), other, T0 + 5 * MINUTE_MS)
  expect(joined.series.map(({ tags, at_ms }) => [tags.module_sn, at_ms.length])).toEqual([
    ['A', 1],
    ['B', 1],
  ])
})

it('joins answers to several questions, with each gap once', () => {
  const both = together([answer([0], [1], { gaps: [gap(2)] }), answer([1], [2], { gaps: [gap(2), gap(3)] })])
  expect([both!.series.length, both!.gaps.length]).toEqual([2, 2])
  expect(together([])).toBeUndefined()
})

it('has no last step where nothing was ever heard', () => {
  expect(lastStep(answer([], []))).toBeUndefined()
})
