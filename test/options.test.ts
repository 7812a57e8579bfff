import { expect, it } from 'vitest'
import { INSTANTS, instant } from '../src/options.ts'

it('reads times as its help says: a date is midnight in UTC, the clock of the machine without an offset, or ms', () => {
  expect(instant('2026-06-01')).toBe(Date.UTC(2026, 5, 1))
  expect(instant('2026-06-01T12:00:00+02:00')).toBe(Date.UTC(2026, 5, 1, 10))
  expect(instant('2026-06-01T12:00')).toBe(new Date(2026, 5, 1, 12).getTime())
  expect(instant('1780272000000')).toBe(1_780_272_000_000)
  expect(() => instant('yesterday')).toThrow('expected a time')
  expect(INSTANTS).toContain('midnight in UTC')
})
