import fc from 'fast-check'
import { expect, it } from 'vitest'
import { trendOf } from '../../../../src/console/pages/batteries/trend.ts'
import { AT } from '../heard.ts'

const DAY_MS = 86_400_000

const daysOf = (values: readonly (number | undefined)[]) =>
  values.map((value, i) => ({ module_sn: 'M101Z3B4ZE7D0101', start_ms: AT + i * DAY_MS, capacity_full_ah: value }))

it('draws a line from the first known day to the last', () => {
  expect(trendOf(daysOf([96, 95, 94]), 'capacity_full_ah', 1)).toEqual({
    lines: ['0,0 50,50 100,100'],
    first: 96,
    last: 94,
    lastAt: AT + 2 * DAY_MS,
    days: 3,
  })
})

it('does not draw over days that are missing, and shows a single day between two holes', () => {
  const { lines, days } = trendOf(daysOf([2, 2, undefined, 2, undefined, 2]), 'capacity_full_ah', 2)!
  expect(lines).toEqual(['0,50 20,50', '60,50 60,50', '100,50 100,50'])
  expect(days).toBe(4)
})

it('does not make noise look like a trend', () => {
  expect(trendOf(daysOf([95, 95.1]), 'capacity_full_ah', 10)?.lines).toEqual(['0,50.5 100,49.5'])
})

it('says nothing of fewer than two days', () => {
  expect(trendOf(daysOf([95]), 'capacity_full_ah', 1)).toBeUndefined()
  expect(trendOf(daysOf([undefined, undefined]), 'capacity_full_ah', 1)).toBeUndefined()
})

it('stays in its box, and shows every known day', () => {
  const values = fc.array(fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined }), {
    maxLength: 100,
  })
  fc.assert(
    fc.property(values, (all) => {
      const known = all.filter((value) => value !== undefined)
      const trend = trendOf(daysOf(all), 'capacity_full_ah', 3)
      expect(trend?.days).toBe(known.length < 2 ? undefined : known.length)
      for (const point of trend?.lines.flatMap((line) => line.split(' ')) ?? [])
        for (const part of point.split(',').map(Number)) {
          expect(part).toBeGreaterThanOrEqual(-0.01)
          expect(part).toBeLessThanOrEqual(100.01)
        }
    }),
  )
})
