import { expect, it } from 'vitest'
import { count, createCounters } from '../src/counters.ts'
import { noteworthy } from '../src/noteworthy.ts'

it('tells what was refused since the last look, by reason, and nothing else', () => {
  const counters = createCounters()
  count(counters, 'rejected', 'not_json', 2)
  const before = new Map(counters)
  count(counters, 'messages_received', '', 10)
  count(counters, 'rejected', 'not_json', 3)
  count(counters, 'rejected', 'duplicate', 5)
  count(counters, 'quarantined', 'out_of_range')
  expect(noteworthy(before, counters)).toEqual([
    'In the last minute 3 messages were rejected (not_json 3). Their bytes are in the recording.',
    'In the last minute 1 values were kept aside (out_of_range 1). They are in the measurement quarantine.',
  ])
  expect(noteworthy(counters, counters)).toEqual([])
})
