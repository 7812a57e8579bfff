import { describe, expect, it } from 'vitest'
import { createIdentities, isRepeated } from '../../src/track/identity.ts'
import { createState } from '../../src/track/state.ts'

const bytes = (text: string) => Buffer.from(text)

describe('telling a message sent twice', () => {
  it('takes the same bytes on the same topic for one message, where they carry id and clock', () => {
    const state = createState()
    expect(isRepeated(state, 't', bytes('a'), true)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), true)).toBe(true)
    expect(isRepeated(state, 't', bytes('b'), true)).toBe(false)
    expect(isRepeated(state, 'u', bytes('a'), true)).toBe(false)
  })

  it('believes the broker where the message itself carries no identity', () => {
    const state = createState()
    expect(isRepeated(state, 't', bytes('a'), false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), false)).toBe(false)
    expect(isRepeated(state, 't', bytes('a'), true)).toBe(true)
  })

  it('takes a marked message that never came for a first one', () => {
    expect(isRepeated(createState(), 't', bytes('a'), true)).toBe(false)
  })

  it('tells a million messages apart that differ in little', () => {
    const state = createState()
    let repeated = 0
    for (let i = 0; i < 1_000_000; i++)
      if (isRepeated(state, 't', bytes(`{"id":${i},"time":${1_000_000 + i}}`), true)) repeated++
    expect(repeated).toBe(0)
  })

  it('tells messages apart that differ in any two bits', () => {
    const text = bytes('{"id":81,"time":1000081,"params":{"soc":71}}')
    const state = createState()
    let repeated = 0
    const flip = (bit: number): void => {
      text[bit >> 3] = text[bit >> 3]! ^ (1 << (bit & 7))
    }
    for (let one = 0; one < text.length * 8; one++)
      for (let two = 0; two <= one; two++) {
        flip(one)
        flip(two)
        // Flipped twice is not flipped: that message came before.
        if (isRepeated(state, 't', text, true) && one !== two) repeated++
        flip(one)
        flip(two)
      }
    expect(repeated).toBe(0)
  })

  it('looks at all of a long message', () => {
    const state = createState()
    const long = Buffer.alloc(50_000)
    expect(isRepeated(state, 't', long, true)).toBe(false)
    for (let at = 0; at < long.length; at += 97) {
      long[at] = 1
      expect(isRepeated(state, 't', long, true), String(at)).toBe(false)
      long[at] = 0
    }
    expect(isRepeated(state, 't', long, true)).toBe(true)
  })

  it('remembers at least the last 8192, and no more than twice as many', () => {
    const state = createState()
    for (let i = 0; i < 30_000; i++) {
      isRepeated(state, 't', bytes(`${i}`), true)
      if (i >= 8191 && i % 1000 === 0) expect(isRepeated(state, 't', bytes(`${i - 8191}`), true)).toBe(true)
      if (i % 1000 === 0) expect([...state.identities].length).toBeLessThanOrEqual(16_384)
    }
    expect([...state.identities].length).toBeGreaterThan(8192)
  })

  it('goes on from what was remembered as if nothing had been between', () => {
    const [straight, first] = [createIdentities(), createIdentities()]
    for (let i = 1; i <= 20_000; i++) for (const identities of [straight, first]) identities.add(i * 7919)
    const restored = createIdentities()
    for (const identity of first) restored.add(identity)
    for (let i = 1; i <= 40_000; i++) expect(restored.add(i * 7919)).toBe(straight.add(i * 7919))
    expect([...restored]).toEqual([...straight])
  })
})
