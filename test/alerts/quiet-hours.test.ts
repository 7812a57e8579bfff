import { expect, it } from 'vitest'
import { isQuiet, readQuietHours } from '../../src/alerts/quiet-hours.ts'

const utc = (time: string): number => Date.parse(`2026-06-01T${time}:00Z`)

it.each([
  ['22:00-07:00', 'UTC', '21:59', false],
  ['22:00-07:00', 'UTC', '22:00', true],
  ['22:00-07:00', 'UTC', '00:00', true],
  ['22:00-07:00', 'UTC', '06:59', true],
  ['22:00-07:00', 'UTC', '07:00', false],
  ['13:00-15:00', 'UTC', '14:00', true],
  ['13:00-15:00', 'UTC', '15:00', false],
  // Two hours ahead of UTC in summer.
  ['22:00-07:00', 'Europe/Berlin', '20:00', true],
  ['22:00-07:00', 'Europe/Berlin', '05:00', false],
])('%s in %s at %s UTC: %s', (span, zone, time, expected) => {
  expect(isQuiet(readQuietHours(span), zone, utc(time))).toBe(expected)
})

it.each(['', '22-07', '25:00-07:00', '07:00-07:00', '22:00'])('refuses "%s"', (span) => {
  expect(readQuietHours(span)).toBeUndefined()
})

it('without any nothing is quiet', () => {
  expect(isQuiet(undefined, 'UTC', utc('03:00'))).toBe(false)
})
