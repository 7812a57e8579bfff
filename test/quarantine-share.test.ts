import { expect, it } from 'vitest'
import { count, createCounters } from '../src/counters.ts'
import { createQuarantineShare } from '../src/quarantine-share.ts'

it('is of the values of the last hour, and forgets those before', () => {
  const counters = createCounters()
  const share = createQuarantineShare()
  expect(share(counters)).toBe(0)
  count(counters, 'values', 'written', 60)
  count(counters, 'values', 'unchanged', 20)
  count(counters, 'values', 'quarantined', 20)
  expect(share(counters)).toBe(0.2)
  for (let minute = 0; minute < 58; minute++) expect(share(counters)).toBe(0.2)
  count(counters, 'values', 'written', 300)
  expect(share(counters)).toBe(0.05)
  expect(share(counters)).toBe(0)
})
