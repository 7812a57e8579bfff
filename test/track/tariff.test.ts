import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Site, Tariff } from '../../src/track/site-state.ts'
import { createKit, createState } from '../../src/track/state.ts'
import { costOf } from '../../src/track/tariff.ts'

const HOUR_MS = 3_600_000
const NIGHT_AND_DAY: Tariff = {
  currency: 'EUR',
  prices: [
    { fromMs: 6 * HOUR_MS, price: 0.4 },
    { fromMs: 22 * HOUR_MS, price: 0.2 },
  ],
}

const kitWith = (site: Site, timeZone = 'UTC') =>
  Object.assign(createKit('M109ZEB4ZE5K0021', createState()), { site, timeZone })

const cost = (tariff: Tariff, fromAt: number, toAt: number, timeZone = 'UTC'): number =>
  costOf(kitWith({ tariff }, timeZone), fromAt, toAt, ((toAt - fromAt) / HOUR_MS) * 1000)!

describe('what energy from shore costs', () => {
  it('is not told without a tariff, nor of a generator', () => {
    expect(costOf(kitWith({}), 0, HOUR_MS, 1000)).toBeUndefined()
    expect(costOf(kitWith({ tariff: NIGHT_AND_DAY, acInput: 'generator' }), 0, HOUR_MS, 1000)).toBeUndefined()
  })

  it('is one price', () => {
    const flat: Tariff = { currency: 'EUR', prices: [{ fromMs: 0, price: 0.31 }] }
    expect(costOf(kitWith({ tariff: flat }), 0, HOUR_MS, 2500)).toBeCloseTo(0.775, 12)
    expect(costOf(kitWith({ tariff: flat }), 5, 5, 0)).toBe(0)
  })

  it('is that of the time of day, and the evening holds over midnight', () => {
    const day = Date.UTC(2026, 5, 14)
    const between = (from: number, to: number) => cost(NIGHT_AND_DAY, day + from * HOUR_MS, day + to * HOUR_MS)
    expect(between(6, 7)).toBeCloseTo(0.4, 12)
    expect(between(5.5, 6.5)).toBeCloseTo(0.3, 12)
    expect(between(0, 24)).toBeCloseTo(16 * 0.4 + 8 * 0.2, 12)
    expect(between(21, 31)).toBeCloseTo(0.4 + 8 * 0.2 + 0.4, 12)
  })

  it('follows the clocks of the site when they change', () => {
    const zone = 'Europe/Berlin'
    const spring = Date.UTC(2026, 2, 28, 23)
    const autumn = Date.UTC(2026, 9, 24, 22)
    expect(cost(NIGHT_AND_DAY, spring, spring + 23 * HOUR_MS, zone)).toBeCloseTo(16 * 0.4 + 7 * 0.2, 12)
    expect(cost(NIGHT_AND_DAY, autumn, autumn + 25 * HOUR_MS, zone)).toBeCloseTo(16 * 0.4 + 9 * 0.2, 12)
    // What begins within the hour that comes twice begins twice.
    const within: Tariff = {
      currency: 'EUR',
      prices: [
        { fromMs: 0, price: 1 },
        { fromMs: 2.5 * HOUR_MS, price: 3 },
      ],
    }
    const [two, three] = [autumn + 2 * HOUR_MS, autumn + 3 * HOUR_MS]
    expect(cost(within, two, three, zone)).toBeCloseTo(2, 12)
    expect(cost(within, three, three + HOUR_MS, zone)).toBeCloseTo(2, 12)
  })

  it('is the same in one piece as in many', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo')
    const times = fc.array(fc.integer({ min: 0, max: 400 * 24 * 60 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(zones, times, (zone, minutes) => {
        const start = Date.UTC(2026, 0, 1)
        const ats = [...new Set(minutes)].sort((a, b) => a - b).map((minute) => start + minute * 60_000)
        const pieces = ats.slice(1).map((at, i) => cost(NIGHT_AND_DAY, ats[i]!, at, zone))
        const whole = ats.length < 2 ? 0 : cost(NIGHT_AND_DAY, ats[0]!, ats.at(-1)!, zone)
        expect(pieces.reduce((sum, one) => sum + one, 0)).toBeCloseTo(whole, 6)
      }),
      { numRuns: 20 },
    )
  })
})
