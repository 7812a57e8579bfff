import { expect, it } from 'vitest'
import { isDaylight, sunElevation } from '../../src/track/daylight.ts'

const MINUTE_MS = 60_000
const BERLIN = [52.52, 13.405] as const

/** The minutes (UTC) of a day at which the sun rises or sets. */
const changesOf = (day: number, latitude: number, longitude: number): string[] => {
  const minutes = Array.from({ length: 1440 }, (_, i) => day + i * MINUTE_MS)
  return minutes
    .filter((at) => isDaylight(at, latitude, longitude) !== isDaylight(at - MINUTE_MS, latitude, longitude))
    .map((at) => new Date(at).toISOString().slice(11, 16))
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const expectAbout = (found: readonly string[], ...expected: readonly string[]): void => {
  expect(found).toHaveLength(expected.length)
  for (const [i, clock] of expected.entries())
    expect(Math.abs(minutesOf(found[i]!) - minutesOf(clock)), `${found[i]} for ${clock}`).toBeLessThanOrEqual(2)
}

it('knows sunrise and sunset as almanacs print them', () => {
  expectAbout(changesOf(Date.UTC(2026, 5, 21), ...BERLIN), '02:43', '19:33')
  expectAbout(changesOf(Date.UTC(2026, 11, 21), ...BERLIN), '07:15', '14:54')
  // Sydney, its summer: the sun sets in the morning of the UTC day.
  expectAbout(changesOf(Date.UTC(2026, 11, 21), -33.87, 151.21), '09:05', '18:41')
})

it('knows the midnight sun and the polar night', () => {
  const tromso = [69.65, 18.96] as const
  expect(changesOf(Date.UTC(2026, 5, 21), ...tromso)).toEqual([])
  expect(isDaylight(Date.UTC(2026, 5, 21, 23), ...tromso)).toBe(true)
  expect(isDaylight(Date.UTC(2026, 11, 21, 11), ...tromso)).toBe(false)
})

it('sees the sun overhead at the equator at noon of an equinox', () => {
  // True noon comes about seven minutes late in March.
  expect(sunElevation(Date.UTC(2026, 2, 20, 12, 7), 0, 0)).toBeGreaterThan(89.5)
  expect(sunElevation(Date.UTC(2026, 2, 20, 0, 7), 0, 0)).toBeLessThan(-89.5)
})
