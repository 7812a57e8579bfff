import { describe, expect, it } from 'vitest'
import { createLine, DCIN, DCOU, fieldsOf, PACK, START } from './virtual-line.ts'

describe('what is known since the last gap', () => {
  it('is written whole on each whole minute while the module is live, and no longer', () => {
    const line = createLine()
    line.push(10, DCOU, { ldOutVol: 26_400, dcOutSta: 1 })
    line.push(40, DCOU, { ldOutCurr: 2310 })
    expect(fieldsOf(line.minute(60), 'dc_output')).toEqual({ voltage_v: 26.4, current_a: 2.31, is_on: 1 })
    expect(fieldsOf(line.minute(180), 'dc_output')).toEqual({ voltage_v: 26.4, current_a: 2.31, is_on: 1 })
    expect(fieldsOf(line.minute(240), 'dc_output')).toBeUndefined()
  })

  it('begins anew when the module speaks again: nothing held across the gap is written', () => {
    const line = createLine()
    line.push(0, DCOU, { ldOutVol: 26_400, ldOutCurr: 2310 })
    expect(fieldsOf(line.push(600, DCOU, { ldOutCurr: 1000 }), 'dc_output')).toEqual({ current_a: 1 })
    expect(fieldsOf(line.minute(660), 'dc_output')).toEqual({ current_a: 1 })
  })

  it('holds for computed values: none comes of a forgotten input', () => {
    const line = createLine()
    line.push(0, PACK, { minCellVol: 3310, maxCellVol: 3319, inWatts: 100, outWatts: 0 })
    expect(fieldsOf(line.minute(60), 'battery')).toMatchObject({ cell_spread_v: 0.009, power_w: 100 })
    const after = [...line.push(900, PACK, { maxCellVol: 3400, inWatts: 50 }), ...line.minute(960)]
    for (const point of after.filter(({ measurement }) => measurement === 'battery')) {
      expect(point.fields).not.toHaveProperty('cell_spread_v')
      expect(point.fields).not.toHaveProperty('power_w')
    }
    expect(fieldsOf(line.push(962, PACK, { minCellVol: 3350 }), 'battery')).toEqual({
      cell_min_v: 3.35,
      cell_spread_v: 0.05,
    })
  })

  it('holds for errors: one that was active before the gap is not told again until the module tells it', () => {
    const line = createLine()
    line.push(0, DCIN, { errCode: 10_007, dcInVol: 13_000 })
    expect(fieldsOf(line.minute(60), 'error')).toEqual({ is_active: 1, since_ms: expect.any(Number) })
    line.push(600, DCIN, { dcInVol: 13_100 })
    const minute = line.minute(660)
    expect(fieldsOf(minute, 'error')).toBeUndefined()
    expect(fieldsOf(minute, 'kit')).toMatchObject({ error_count: 0 })
    expect(fieldsOf(line.push(661, DCIN, { errCode: 10_000 }), 'error')).toMatchObject({ is_active: 0 })
  })

  it('lets polls keep a module live, and a cadence stretch what counts as a gap', () => {
    const line = createLine()
    for (let minute = 0; minute < 5; minute++)
      line.poll(minute * 60, { bbcout: { [DCOU]: { ldOutVol: 26_000 + minute } } })
    expect(fieldsOf(line.minute(360), 'dc_output')).toEqual({ voltage_v: 26.004 })
    expect(fieldsOf(line.minute(540), 'dc_output')).toEqual({ voltage_v: 26.004 })
    expect(fieldsOf(line.minute(600), 'dc_output')).toBeUndefined()
  })

  it('holds in a hole of the whole kit for a module that reports seldom, and after it until it is heard', () => {
    const line = createLine()
    for (let seconds = 0; seconds <= 6000; seconds += 10) {
      line.push(seconds, DCOU, { ldOutVol: 26_400, ldOutCurr: 2310 + (seconds % 7), ldOutWatts: 60 })
      if (seconds % 300 === 0) line.push(seconds, DCIN, { dcInVol: 0, dcInCurr: 0, dcInWatts: 0 })
    }
    const dcIn = (rows: ReturnType<typeof line.minute>): unknown[] => [
      fieldsOf(rows, 'dc_input')?.power_w,
      fieldsOf(rows, 'flow')?.is_dc_in_covered,
      fieldsOf(rows, 'flow')?.dc_in_w,
    ]
    expect(dcIn(line.minute(6060))).toEqual([0, 1, 0])
    line.run({ at: START + 6_300_000, source: 'tick', topic: 'start', bytes: new Uint8Array() })
    expect(dcIn(line.minute(6360))).toEqual([undefined, 0, undefined])
    line.push(6365, DCOU, { ldOutVol: 26_400, ldOutCurr: 2310, ldOutWatts: 60 })
    const heard = line.minute(6420)
    expect(dcIn(heard)).toEqual([undefined, 0, undefined])
    expect(fieldsOf(heard, 'dc_output')).toMatchObject({ voltage_v: 26.4 })
    line.push(6425, DCIN, { dcInVol: 0, dcInCurr: 0, dcInWatts: 0 })
    expect(dcIn(line.minute(6480))).toEqual([0, 1, 0])
  })
})

describe('settings', () => {
  it('are written on change and in the keyframe of the whole hour', () => {
    const line = createLine()
    line.push(0, DCIN, { dcInVol: 13_000, chgMaxCurr: 50_000 })
    expect(fieldsOf(line.push(20, DCIN, { dcInVol: 13_010, chgMaxCurr: 50_000 }), 'dc_input')).toEqual({
      voltage_v: 13.01,
    })
    expect(line.counters.get('values{unchanged}')).toBe(1)
    expect(fieldsOf(line.minute(60), 'dc_input')).toEqual({ voltage_v: 13.01 })
    expect(fieldsOf(line.push(70, DCIN, { chgMaxCurr: 60_000 }), 'dc_input')).toMatchObject({ charge_limit_a: 60 })
    for (let seconds = 120; seconds < 3600; seconds += 60) line.push(seconds, DCIN, { dcInVol: 13_010 })
    expect(fieldsOf(line.minute(3600), 'dc_input')).toMatchObject({ voltage_v: 13.01, charge_limit_a: 60 })
    expect(fieldsOf(line.minute(3660), 'dc_input')).toEqual({ voltage_v: 13.01 })
  })
})
