import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dateAt, localIso, zoneOf } from '../../src/console/zone.ts'

const BERLIN = zoneOf('Europe/Berlin')

it('writes moments by the clock of the kit, with its offset', () => {
  expect(localIso(Date.UTC(2026, 5, 1, 12), BERLIN)).toBe('2026-06-01T14:00:00+02:00')
  expect(localIso(Date.UTC(2026, 0, 1, 12), zoneOf('America/St_Johns'))).toBe('2026-01-01T08:30:00-03:30')
  expect(localIso(Date.UTC(2026, 0, 1, 12), zoneOf('Asia/Kathmandu'))).toBe('2026-01-01T17:45:00+05:45')
  expect(dateAt(Date.UTC(2026, 5, 1, 23), BERLIN)).toBe('2026-06-02')
})

it('finds the moment that a wall shows, also around changes of clocks', () => {
  expect(BERLIN.atOf(Date.UTC(2026, 2, 29, 1, 59))).toBe(Date.UTC(2026, 2, 29, 0, 59))
  expect(BERLIN.atOf(Date.UTC(2026, 2, 29, 3))).toBe(Date.UTC(2026, 2, 29, 1))
  expect(BERLIN.atOf(Date.UTC(2026, 9, 25, 4))).toBe(Date.UTC(2026, 9, 25, 3))
})

it('comes back from the wall to the moment, but in the hour that is there twice', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC').map(zoneOf)
  fc.assert(
    fc.property(fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), zones, (seconds, zone) => {
      const at = seconds * 1000
      const back = zone.atOf(zone.wallOf(at))
      expect(zone.wallOf(back)).toBe(zone.wallOf(at))
      expect(Math.abs(back - at)).toBeLessThanOrEqual(3_600_000)
    }),
  )
})
