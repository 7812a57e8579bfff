/** What packs and bank compute from their known fields. NaN stands for a field that is not known. */
import { expect, test } from 'vitest'
import { netPower, timeEstimates } from '../../src/catalogue/battery-rules.ts'
import { bp5000 } from '../../src/catalogue/modules/bp5000.ts'

const UNKNOWN = Number.NaN
const [IDLE, DISCHARGING, CHARGING] = [0, 1, 2]

const estimates = (remaining: number, charge: number) =>
  Object.fromEntries(timeEstimates.map((rule) => [rule.name, rule.compute(remaining, charge)]))

const told = (toFull: number, toEmpty: number, isFullKnown: number, isEmptyKnown: number) => ({
  to_full_s: toFull,
  to_empty_s: toEmpty,
  is_to_full_s_known: isFullKnown,
  is_to_empty_s_known: isEmptyKnown,
})

test.each([
  ['charging', estimates(5940, CHARGING), told(5940, UNKNOWN, 1, 0)],
  ['discharging', estimates(6900, DISCHARGING), told(UNKNOWN, 6900, 0, 1)],
  ['idle', estimates(6900, IDLE), told(UNKNOWN, UNKNOWN, 0, 0)],
  ['charging without an estimate', estimates(UNKNOWN, CHARGING), told(UNKNOWN, UNKNOWN, 0, 0)],
  ['of unknown direction', estimates(6900, UNKNOWN), told(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)],
])('the remaining time of a battery that is %s', (_, found, expected) => {
  expect(found).toEqual(expected)
})

test('net power is positive while charging', () => {
  expect(netPower.compute(506, 0)).toBe(506)
  expect(netPower.compute(0, 904)).toBe(-904)
})

test('a pack of unknown design charge has no health', () => {
  const health = bp5000.derived!.find((rule) => rule.name === 'health_ratio')!
  expect(health.compute(99.893, 100)).toBeCloseTo(0.99893, 10)
  expect(health.compute(99.893, 0)).toBeNaN()
})

test('a pack is charged cold below 0 °C alone, and not by a trickle', () => {
  const cold = bp5000.derived!.find((rule) => rule.name === 'is_charging_cold')!
  expect([cold.compute(9, -1), cold.compute(9, 0), cold.compute(0.4, -5), cold.compute(-9, -5)]).toEqual([1, 0, 0, 0])
})
