import { expect, test } from 'vitest'
import { isKey } from '../../../../src/console/pages/set-up/key-form.ts'

test.each([
  ['AkMadeUpForTests0123456789', true],
  ['  AkMadeUpForTests\n', true],
  ['', false],
  ['AkMade7', false],
  ['Ak Made Up For Tests', false],
  ['AkMadeUpFürTests', false],
  ['x'.repeat(257), false],
])('%j', (typed, isOne) => {
  expect(isKey(typed)).toBe(isOne)
})
