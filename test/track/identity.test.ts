import { describe, expect, it } from 'vitest'
import { isRepeated } from '../../src/track/identity.ts'
import { createState } from '../../src/track/state.ts'

const bytes = (text: string) => Buffer.from(text)

describe('telling a message sent twice', () => {
  it('takes the same bytes under the same identity for one message', () => {
    const state = createState()
    expect(isRepeated(state, 't', bytes('a'), '1 5', false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), '1 5', false)).toBe(true)
    expect(isRepeated(state, 't', bytes('b'), '1 5', false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), '1 6', false)).toBe(false)
    expect(isRepeated(state, 'u', bytes('a'), '1 5', false)).toBe(false)
  })

  it('believes the broker where the message itself carries no identity', () => {
    const state = createState()
    expect(isRepeated(state, 't', bytes('a'), undefined, false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), undefined, false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), undefined, true)).toBe(true)
  })

  it('takes a marked message that never came for a first one', () => {
    expect(isRepeated(createState(), 't', bytes('a'), undefined, true)).toBe(false)
  })

  it('remembers at least the last 8192, and no more than fits', () => {
    const state = createState()
    for (let i = 0; i < 30_000; i++) {
      isRepeated(state, 't', bytes('a'), `${i}`, false)
      expect(state.identities.size).toBeLessThanOrEqual(9216)
      if (i >= 8191 && i % 1000 === 0) expect(isRepeated(state, 't', bytes('a'), `${i - 8191}`, false)).toBe(true)
    }
  })
})
