import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClockOffset } from '../../src/cloud/clock-offset.ts'

const T = 1_760_000_000_000

/** What an answer says to a machine whose clock is `skewMs` behind the cloud's. */
const answer = (at: number, skewMs: number, outMs: number, backMs: number): [number, number, number] => [
  Math.floor((at + outMs) / 1000) * 1000,
  at - skewMs,
  at + outMs + backMs - skewMs,
]

describe('the offset of the cloud’s clock', () => {
  it('is nothing until learnt', () => {
    const offset = createClockOffset()
    expect([offset.offsetMs(), offset.isKnown()]).toEqual([0, false])
  })

  it('is learnt from one answer to within its second and half of its way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.integer({ min: -1e9, max: 1e9 }).filter((skew) => Math.abs(skew) > 4_000),
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 2_000 }),
        (at, skew, out, back) => {
          const offset = createClockOffset()
          offset.learn(...answer(T + at, skew, out, back))
          expect(offset.isKnown()).toBe(true)
          expect(Math.abs(offset.offsetMs() - skew)).toBeLessThanOrEqual(501 + (out + back) / 2)
        },
      ),
    )
  })

  it('takes the second in its middle and half of the round trip', () => {
    const offset = createClockOffset()
    offset.learn(T + 180_000, T, T + 400)
    expect(offset.offsetMs()).toBe(180_300)
  })

  it('believes the quickest answer of the last ones', () => {
    const offset = createClockOffset()
    offset.learn(T + 100_000, T, T + 8_000)
    expect(offset.offsetMs()).toBe(96_500)
    offset.learn(T + 110_000, T + 10_000, T + 10_100)
    expect(offset.offsetMs()).toBe(100_450)
    offset.learn(T + 123_000, T + 20_000, T + 26_000)
    expect(offset.offsetMs()).toBe(100_450)
  })

  it('does not flutter', () => {
    const offset = createClockOffset()
    const seen = new Set<number>()
    for (let i = 0; i < 500; i++) {
      offset.learn(...answer(T + i * 777, 30_000, (i * 37) % 900, (i * 101) % 900))
      seen.add(offset.offsetMs())
    }
    expect(seen.size).toBe(1)
  })

  it('leaves alone a clock that is right within two seconds', () => {
    const offset = createClockOffset()
    for (let i = 0; i < 20; i++) offset.learn(...answer(T + i * 777, 1_000, 100, 100))
    expect([offset.offsetMs(), offset.isKnown()]).toEqual([0, true])
  })

  it('lets one wrong date pass, and follows a clock that was set', () => {
    const offset = createClockOffset()
    for (let i = 0; i < 20; i++) offset.learn(...answer(T + i * 1000, 0, 50, 50))
    offset.learn(...answer(T + 20_000, 3_600_000, 50, 50))
    expect(offset.offsetMs()).toBe(0)
    for (let i = 21; i < 24; i++) offset.learn(...answer(T + i * 1000, 0, 50, 50))
    offset.learn(...answer(T + 24_000, -3_600_000, 50, 50))
    expect(offset.offsetMs()).toBe(0)
    offset.learn(...answer(T + 25_000, -3_600_000, 50, 50))
    expect(Math.abs(offset.offsetMs() + 3_600_000)).toBeLessThan(600)
  })

  it('learns nothing from a date that is none, a clock that ran backwards, or an answer that took for ever', () => {
    const offset = createClockOffset()
    offset.learn(Number.NaN, T, T + 100)
    offset.learn(T + 100_000, T, T - 1)
    offset.learn(T + 100_000, T, T + 11_000)
    expect([offset.offsetMs(), offset.isKnown()]).toEqual([0, false])
  })
})
