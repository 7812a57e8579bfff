import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amperes,
  celsius,
  clockTime,
  day,
  duration,
  energy,
  inUnit,
  isKnown,
  moment,
  number,
  percent,
  quantity,
  UNKNOWN,
  volts,
  watts,
} from '../../src/console/format.ts'

const EN = 'en-GB'
const DE = 'de-DE'
/** Spaces that break no line read as plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

const OF_NUMBERS = { watts, energy, percent, volts, amperes, celsius, duration, number, moment, clockTime, day }

describe.each(Object.entries(OF_NUMBERS))('%s', (_, shown) => {
  it.each([undefined, null, Number.NaN, Number.POSITIVE_INFINITY])('says a dash, and never 0, for %s', (value) => {
    expect(shown(value, EN)).toBe(UNKNOWN)
  })
})

it('knows 0', () => {
  expect(isKnown(0)).toBe(true)
  expect(plain(watts(0, EN))).toBe('0 W')
})

it.each([
  [350, '350 W', '350 W'],
  [-350.4, '-350 W', '-350 W'],
  [9_999, '9,999 W', '9.999 W'],
  [10_000, '10.0 kW', '10,0 kW'],
  [-12_380, '-12.4 kW', '-12,4 kW'],
  [-0.4, '0 W', '0 W'],
  [-0, '0 W', '0 W'],
])('writes %s watts', (value, english, german) => {
  expect([plain(watts(value, EN)), plain(watts(value, DE))]).toEqual([english, german])
})

it.each([
  [12.44, '12.4 A'],
  [-0.024, '-0.02 A'],
  [0.996, '1.0 A'],
  [0, '0.0 A'],
])('writes %s amperes', (value, text) => {
  expect(plain(amperes(value, EN))).toBe(text)
})

it.each([
  [350, '350 Wh'],
  [999.4, '999 Wh'],
  [2_093, '2.09 kWh'],
  [99_994, '99.99 kWh'],
  [125_849, '125.8 kWh'],
  [-1_500, '-1.50 kWh'],
  [0, '0 Wh'],
  [2.37, '2.4 Wh'],
  [-0.04, '0.0 Wh'],
  [9.95, '10 Wh'],
])('writes %s watt-hours', (value, text) => {
  expect(plain(energy(value, EN))).toBe(text)
})

it.each([
  [0, '0 s'],
  [-3, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [3_599.9, '1 h'],
  [7_500, '2 h 5 min'],
  [47 * 3_600 + 59 * 60, '47 h 59 min'],
  [2 * 86_400, '2 d'],
  [3 * 86_400 + 4 * 3_600, '3 d 4 h'],
])('writes %s seconds', (value, text) => {
  expect(plain(duration(value, EN))).toBe(text)
})

it('keeps a number and its unit on one line', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (value) => {
      for (const shown of [watts, energy, percent, volts, amperes, celsius]) {
        expect(shown(value, EN)).not.toContain(' ')
        expect(plain(shown(value, EN))).not.toMatch(/^-0(?:\.0*)? /)
      }
    }),
  )
})

it('tells moments by the clock of the kit, whatever the machine’s', () => {
  const at = Date.UTC(2026, 5, 1, 22, 30)
  expect(plain(clockTime(at, EN, 'Europe/Berlin'))).toBe('00:30')
  expect(plain(day(at, EN, 'Europe/Berlin'))).toBe('2 Jun 2026')
  expect(plain(moment(at, DE, 'Europe/Berlin'))).toBe('02.06.2026, 00:30')
  expect(plain(moment(at, EN, 'America/Phoenix'))).toBe('1 Jun 2026, 15:30')
})

it.each([
  ['w', 12.6, '12.6 W'],
  ['v', 13.615, '13.615 V'],
  ['s', 90, '1 min'],
  ['count', 3, '3'],
  ['ratio', 0.12345, '0.123'],
  ['wh', 1234.56789, '1,234.568 Wh'],
])('writes a value in %s', (unit, value, text) => {
  expect(plain(inUnit(value, unit, EN))).toBe(text)
})

it('rounds as people do', () => {
  expect(quantity(1.005, 'V', 2, EN)).toMatch(/^1\.0[01]/)
  expect(plain(quantity(2.5, 'A', 0, EN))).toBe('3 A')
})
