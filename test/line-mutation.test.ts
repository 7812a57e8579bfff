import { describe, expect, it } from 'vitest'
import { createCounters } from '../src/counters.ts'
import { seeded } from './break-text.ts'
import { faultsOf, mutate } from './line-mutation.ts'
import { wholeMessages } from './mutation-messages.ts'

const messages = wholeMessages()

describe('the line under broken messages', () => {
  it('throws nowhere, and both sums close', () => {
    const outcome = mutate(messages, 5000, seeded(1))
    expect(faultsOf(outcome, 5000)).toEqual([])
    for (const reason of ['not_json', 'empty', 'refused', 'no_data', 'no_status', 'not_an_object', 'duplicate'])
      expect(outcome.counters.get(`rejected{${reason}}`) ?? 0, reason).toBeGreaterThan(0)
    for (const fate of ['written', 'unchanged', 'withheld', 'sentinel', 'placeholder', 'quarantined', 'unknown'])
      expect(outcome.counters.get(`values{${fate}}`) ?? 0, fate).toBeGreaterThan(0)
  })

  it('would tell of a sum that does not close', () => {
    const counters = createCounters()
    counters.set('messages_received', 3).set('reports{quota}', 1).set('rejected{empty}', 1).set('values{written}', 4)
    expect(faultsOf({ counters, leaves: 5, lines: 1, failures: ['thrown'] }, 3)).toEqual([
      'thrown',
      '3 messages received, 2 reports and rejections',
      '5 wire values handed over, 4 accounted for',
    ])
  })
})
