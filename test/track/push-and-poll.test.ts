import { describe, expect, it } from 'vitest'
import { createLine, DCOU, fieldsOf, PACK } from './virtual-line.ts'

/** A DC output that pushed its voltage each 30 s, last at 60 s with 26.4 V. */
const pushed = () => {
  const line = createLine()
  for (const seconds of [0, 30, 60]) line.push(seconds, DCOU, { ldOutVol: 26_000 + seconds * 10 - 200 })
  return line
}
const answer = (ldOutVol: number, more: object = {}) => ({ bbcout: { [DCOU]: { ldOutVol, ...more } } })

describe('push and poll', () => {
  it('writes at once what a poll says of a field that was never pushed', () => {
    expect(fieldsOf(pushed().poll(70, answer(26_400, { hs1Temp: 34 })), 'dc_output')).toEqual({
      heatsink_1_temperature_c: 34,
    })
  })

  it('withholds a poll against a recent push, and keyframes keep the push', () => {
    const line = pushed()
    expect(line.poll(70, answer(25_000))).toEqual([])
    expect(line.counters.get('values{withheld}')).toBe(1)
    expect(fieldsOf(line.minute(120), 'dc_output')).toMatchObject({ voltage_v: 26.4 })
  })

  it('replaces the push when two polls in a row agree against it, and counts that', () => {
    const line = pushed()
    line.poll(70, answer(25_000))
    expect(fieldsOf(line.poll(80, answer(25_000)), 'dc_output')).toEqual({ voltage_v: 25 })
    expect(line.counters.get('reconciled')).toBe(1)
  })

  it('does not when the two polls differ, or when a push came between them', () => {
    const differing = pushed()
    for (const [seconds, voltage] of [
      [70, 25_000],
      [75, 25_100],
      [80, 25_000],
    ] as const)
      expect(differing.poll(seconds, answer(voltage))).toEqual([])
    const interrupted = pushed()
    interrupted.poll(70, answer(25_000))
    interrupted.push(72, DCOU, { ldOutVol: 26_450 })
    expect(interrupted.poll(74, answer(25_000))).toEqual([])
    expect(interrupted.counters.has('reconciled')).toBe(false)
  })

  it('does not when a poll between the two agreed with the push', () => {
    const line = pushed()
    line.poll(62, answer(25_000))
    line.poll(64, answer(26_400))
    expect(line.poll(66, answer(25_000))).toEqual([])
  })

  it('takes a poll at its word once the push is older than two cadences', () => {
    const line = pushed()
    line.push(90, DCOU, { hs1Temp: 30 })
    line.push(120, DCOU, { hs1Temp: 31 })
    expect(fieldsOf(line.poll(130, answer(25_000)), 'dc_output')).toEqual({ voltage_v: 25 })
  })

  it('needs two polls as well to forget an estimate that was pushed', () => {
    const line = createLine()
    for (const seconds of [0, 30, 60]) line.push(seconds, PACK, { remainTime: 90, chgState: 2 })
    expect(line.poll(62, { bp5000: { [PACK]: { remainTime: 143_999 } } })).toEqual([])
    expect(fieldsOf(line.poll(64, { bp5000: { [PACK]: { remainTime: 143_999 } } }), 'battery')).toMatchObject({
      is_remaining_s_known: 0,
      is_to_full_s_known: 0,
    })
    expect(fieldsOf(line.minute(120), 'battery')).not.toHaveProperty('to_full_s')
  })

  it('protects the very first push from an answer that was on its way', () => {
    const line = createLine()
    line.push(0, DCOU, { ldOutVol: 26_400 })
    expect(line.poll(0, answer(25_000))).toEqual([])
    expect(line.poll(1, answer(24_000))).toEqual([])
  })
})
