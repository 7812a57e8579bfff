/** What reports say of a command's effect, whatever shape they came in. */
import { describe, expect, it } from 'vitest'
import type { WantedReadBack } from '../../src/control/command-record.ts'
import { contradiction, createReading, lastOtherwise, readReport, showsEffect } from '../../src/control/read-back.ts'
import { decode } from '../../src/report/decode.ts'
import type { QuotaReport } from '../../src/report/report.ts'
import { catalogue, pollInput, pushInput, START } from '../track/virtual-line.ts'

const SECOND = 1_000
const kinds = { ...catalogue, seen: () => [], listed: () => [] }
const ICHIGH = 'M1095-PSDH-4C7A1'
const BBCOUT = 'M1093-DCOU-4B2D6'
const PACK = 'M101Z3B4ZE5K0031'
const LDDC = 'M10E1-LDDC-4C7A1'

const reportOf = ({ topic, bytes }: { topic: string; bytes: Uint8Array }): QuotaReport => {
  const decoded = decode(topic, bytes, kinds)
  if (!('report' in decoded) || decoded.report.type !== 'quota') throw new Error('no report')
  return decoded.report
}

const reader = (...wanted: WantedReadBack[]) => {
  const reading = createReading(wanted)
  return {
    reading,
    poll: (second: number, data: object, isEarly = false) =>
      readReport(reading, reportOf(pollInput(START + second * SECOND, data)), START + second * SECOND, isEarly),
    push: (second: number, sn: string, params: object) =>
      readReport(reading, reportOf(pushInput(START + second * SECOND, sn, params)), START + second * SECOND, false),
    against: (second: number) => contradiction(reading, START + second * SECOND),
  }
}

const limit: WantedReadBack = { kind: 'ichigh', sn: ICHIGH, field: 'appCfg.acMaxCurrSer', expected: 10 }
const dcOut: WantedReadBack = { kind: 'bbcout', sn: BBCOUT, field: 'dcOutSta', expected: 0 }

describe('a field is found', () => {
  it.each([
    ['nested', { ichigh: { [ICHIGH]: { appCfg: { acMaxCurrSer: 10 } } } }],
    ['as text in text', { ichigh: JSON.stringify({ [ICHIGH]: { appCfg: JSON.stringify({ acMaxCurrSer: 10 }) } }) }],
    ['flat', { [`ichigh.${ICHIGH}.appCfg.acMaxCurrSer`]: 10 }],
    ['in its other spelling', { [`ichigh.${ICHIGH}.acMaxCurrSer`]: '10' }],
  ])('%s', (_how, data) => {
    const { reading, poll } = reader(limit)
    poll(0, data)
    expect(showsEffect(reading)).toBe(true)
  })

  it('in the record of the pack that speaks for all', () => {
    const { reading, poll } = reader({ kind: 'bmstotal', field: 'bmsChgUpline', expected: 80 })
    poll(0, { bp5000: { [PACK]: { soc: 50, bmsChgUpline: 80 } } })
    expect(showsEffect(reading)).toBe(true)
  })

  it('by its bits alone', () => {
    const { reading, push } = reader({ kind: 'lddc', sn: LDDC, field: 'dcChRelay', mask: 4, expected: 0 })
    push(0, LDDC, { dcChRelay: 0b111111 })
    expect(showsEffect(reading)).toBe(false)
    push(1, LDDC, { dcChRelay: 0b111011 })
    expect([showsEffect(reading), reading.hasChanged]).toEqual([true, true])
  })

  it.each([
    ['another module', { bbcout: { 'M1093-DCOU-OTHER1': { dcOutSta: 0 } } }],
    ['another kind', { bbcin: { [BBCOUT]: { dcOutSta: 0 } } }],
    ['another field', { bbcout: { [BBCOUT]: { dcOutStaX: 0 } } }],
    ['no number', { bbcout: { [BBCOUT]: { dcOutSta: 'off' } } }],
    ['nothing', { bbcout: { [BBCOUT]: {} } }],
  ])('not where %s says it', (_what, data) => {
    const { reading, poll } = reader(dcOut)
    poll(0, { ...data, kitscc: { 'M1096-MPPT-4C7A1': { x: 1 } } })
    expect(showsEffect(reading)).toBe(false)
  })
})

describe('the last word counts', () => {
  const say = (on: number): object => ({ bbcout: { [BBCOUT]: { dcOutSta: on } } })

  it('and all wanted fields must be as asked', () => {
    const { reading, poll } = reader(dcOut, limit)
    poll(0, say(0))
    expect(showsEffect(reading)).toBe(false)
    poll(1, { [`ichigh.${ICHIGH}.acMaxCurrSer`]: 10 })
    expect(showsEffect(reading)).toBe(true)
    poll(2, say(1))
    expect(showsEffect(reading)).toBe(false)
  })

  it('nothing heard shows nothing', () => {
    expect([showsEffect(createReading([])), showsEffect(createReading([dcOut]))]).toEqual([false, false])
  })

  it('two polls that differ in time contradict, one alone or twice in one answer does not', () => {
    const { poll, against } = reader({ kind: 'bmstotal', field: 'bmsChgUpline', expected: 80 })
    const twice = { bmsTotal: { bmsChgUpline: 100 }, bp5000: { [PACK]: { bmsChgUpline: 100 } } }
    poll(0, twice)
    expect(against(0)).toBe('')
    poll(10, twice)
    expect(against(11)).toBe('bmsChgUpline of bmstotal is 100, where 80 was asked')
  })

  it('one push contradicts', () => {
    const { push, against } = reader(dcOut)
    push(0, BBCOUT, { dcOutSta: 1 })
    expect(against(1)).toContain(`dcOutSta of bbcout ${BBCOUT} is 1`)
  })

  it('what was said long ago, or too early, contradicts nothing; it is still told', () => {
    const { reading, poll, against } = reader(dcOut)
    poll(0, say(1), true)
    poll(1, say(1), true)
    expect(against(2)).toBe('')
    poll(3, say(1))
    poll(4, say(1))
    expect(against(19)).not.toBe('')
    expect(against(20)).toBe('')
    expect(lastOtherwise(reading)).toContain('is 1, where 0 was asked')
  })

  it('only where it stood otherwise before is it a change', () => {
    const { reading, poll } = reader(dcOut)
    poll(0, say(0))
    expect(reading.hasChanged).toBe(false)
    poll(1, say(1), true)
    poll(2, say(0))
    expect(reading.hasChanged).toBe(true)
  })
})
