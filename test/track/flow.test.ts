import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { createLine, DCIN, DCOU, KIT, PACK, rowOf, START, type VirtualLine } from './virtual-line.ts'

const SCC = 'M1096-MPPT-00011'
const ICH = 'M1095-PSDH-11223'
const SECOND_PACK = 'M101Z3B4ZE5K0032'

const pack = (amperes: number): object => {
  const watts = Math.trunc(52 * amperes)
  return { vol: 52_000, amp: amperes * 1000, inWatts: Math.max(0, watts), outWatts: Math.min(0, watts) }
}
const input = (n: 1 | 2, amperes: number, mode = 1): object => ({
  [`pv${n}InVol`]: 34_000,
  [`pv${n}InCurr`]: amperes * 1000,
  [`pv${n}InWatts`]: Math.trunc(34 * amperes),
  [`pv${n}WorkMode`]: mode,
})
const dcIn = (amperes: number, more: object = {}): object => ({
  ...{ dcInVol: 13_600, dcInCurr: amperes * 1000, dcInWatts: Math.trunc(13.6 * amperes) },
  ...more,
})
const dcOut = { ldOutVol: 26_400, ldOutCurr: 1574, ldOutWatts: 41 }
const inverter = { inWatts: 371, outWatts: 154, ch2Watt: 20 }

/** Everything at once, as an answer tells it. */
const answer = (more: object = {}): object => ({
  bp5000: { [PACK]: pack(10), [SECOND_PACK]: pack(-2) },
  bbcin: { [DCIN]: dcIn(50) },
  bbcout: { [DCOU]: dcOut },
  kitscc: { [SCC]: { ...input(1, 2), ...input(2, 1) } },
  ichigh: { [ICH]: inverter },
  ...more,
})

const flowOf = (rows: readonly Point[]): Point['fields'] => rowOf(rows, 'flow')?.fields ?? {}

/** All modules at `seconds`, then the row of a minute behind it: all have the same values. */
const told = (line: VirtualLine, seconds: number, more: object = {}): Point['fields'] => {
  line.file(seconds, answer(more))
  return flowOf(line.minute(Math.ceil((seconds + 1) / 60) * 60))
}

const flags = (covered: readonly string[]): object =>
  Object.fromEntries(
    ['solar', 'dc_in', 'ac_in', 'battery', 'ac_out', 'dc_out'].map((name) => [
      `is_${name}_covered`,
      covered.includes(name) ? 1 : 0,
    ]),
  )

describe('flow', () => {
  it('is the balance of all modules, with DC by volts and amperes', () => {
    const row = told(createLine(), 0)
    expect(row).toEqual({
      ...{ solar_w: 102, solar_1_w: 68, solar_2_w: 34, dc_in_w: 680, ac_in_w: 371, battery_w: 416 },
      ...{ ac_out_w: 174, dc_out_w: 41.554 },
      ...{ loss_w: 521.446, imbalance_w: 0 },
      ...flags(['solar', 'dc_in', 'ac_in', 'battery', 'ac_out', 'dc_out']),
    })
  })

  it('takes the watts where volts and amperes do not agree with them', () => {
    const odd = { ...dcOut, ldOutWatts: 80 }
    expect(told(createLine(), 0, { bbcout: { [DCOU]: odd } }).dc_out_w).toBe(80)
  })

  it('counts what flows back through the DC input as leaving the kit', () => {
    const back = told(createLine(), 0, { bbcin: { [DCIN]: dcIn(-10) } })
    expect([back.dc_in_w, back.dc_out_w]).toEqual([0, 177.554])
    const reverse = told(createLine(), 0, { bbcin: { [DCIN]: dcIn(10, { workMode2: 1 }) } })
    expect([reverse.is_dc_in_covered, reverse.dc_out_w]).toEqual([0, 177.554])
  })

  it('counts an adapter at a solar input as DC input', () => {
    const row = told(createLine(), 0, { kitscc: { [SCC]: { ...input(1, 2, 2), ...input(2, 1) } } })
    expect([row.is_solar_covered, row.dc_in_w]).toEqual([0, 748])
    const line = createLine()
    told(line, 0)
    const later = told(line, 200, { kitscc: { [SCC]: { ...input(1, 2, 2), ...input(2, 1) } } })
    expect([later.solar_w, later.solar_1_w, later.dc_in_w]).toEqual([34, 0, 748])
  })

  it('leaves the bank aside where packs report, and takes it where none does', () => {
    const bank = { bmsTotal: { totalInWatts: 0, totalOutWatts: -700 } }
    expect(told(createLine(), 0, bank).battery_w).toBe(416)
    expect(told(createLine(), 0, { ...bank, bp5000: {} }).battery_w).toBe(-700)
  })

  it('has no number of what is not fresh or not told, and says so', () => {
    const line = createLine()
    told(line, 0)
    let row: Point['fields'] = {}
    for (let s = 60; s <= 300; s += 30) {
      line.push(s + 1, PACK, pack(10))
      line.push(s + 2, SECOND_PACK, pack(-2))
      if (s % 60 === 0) row = flowOf(line.minute(s + 60))
    }
    expect(row).toEqual({ battery_w: 416, ...flags(['battery']) })
  })

  it('needs every pack, and no socket that was never told of', () => {
    const line = createLine()
    const socketless = { ichigh: { [ICH]: { inWatts: 371, outWatts: 154 } } }
    expect(told(line, 0, socketless).ac_out_w).toBe(154)
    for (let s = 60; s <= 300; s += 30) line.push(s + 1, PACK, pack(10))
    const row = flowOf(line.minute(360))
    expect([row.is_battery_covered, row.battery_w]).toEqual([0, undefined])
  })

  it('is 0 where the kit has no such module, once all had time to speak', () => {
    const line = createLine()
    line.push(1, PACK, pack(10))
    expect(flowOf(line.minute(60))).toEqual({ battery_w: 520, ...flags(['battery']) })
    line.push(100, PACK, pack(10))
    expect(flowOf(line.minute(180))).toMatchObject({ solar_w: 0, dc_in_w: 0, ac_out_w: 0, imbalance_w: 520, loss_w: 0 })
  })

  it('forgets a module that was taken out of the kit', () => {
    const line = createLine()
    const list = (...sns: string[]) => ({ onLineModuleSnList: sns.map((moduleSn) => ({ moduleSn })) })
    line.file(0, { ...answer(), ...list(PACK, SECOND_PACK, DCIN, DCOU, SCC, ICH) })
    for (let s = 60; s <= 600; s += 60) {
      line.file(s, { bp5000: { [PACK]: pack(10) }, bbcin: { [DCIN]: dcIn(0) }, ...list(PACK, DCIN, DCOU, SCC, ICH) })
      line.minute(s + 60)
    }
    expect(flowOf(line.minute(720))).toMatchObject({ battery_w: 520, is_battery_covered: 1, is_solar_covered: 0 })
  })

  it('moves by more than a watt and half a percent before it is news, and tells it once a second at most', () => {
    const line = createLine()
    const rows = (milliseconds: number, amperes: number): Point[] =>
      line.push(milliseconds / 1000, PACK, pack(amperes)).filter(({ measurement }) => measurement === 'flow')
    expect(rows(0, 10)).toHaveLength(1)
    expect(rows(999, 20)).toHaveLength(0)
    expect(rows(1000, 20)).toMatchObject([{ at: START + 1000, tags: { kit_sn: KIT }, fields: { battery_w: 1040 } }])
    expect(rows(3000, 20.05)).toHaveLength(0)
    expect(rows(5000, 20.2)).toHaveLength(1)
    expect(rows(7000, 0)).toHaveLength(1)
    expect(rows(9000, 0.019)).toHaveLength(0)
  })

  it('is not 0 of a module that did not come back yet, however long the kit was away', () => {
    const line = createLine()
    told(line, 0)
    const days = 3 * 86_400
    expect(flowOf(line.push(days, PACK, pack(10)))).toEqual(flags([]))
    line.push(days + 1, SECOND_PACK, pack(-2))
    expect(flowOf(line.minute(days + 60))).toEqual({ battery_w: 416, ...flags(['battery']) })
  })

  it('has a row each minute, also while the kit is silent, and none before it was heard', () => {
    const line = createLine()
    expect(rowOf(line.minute(0), 'flow')).toBeUndefined()
    told(line, 60)
    expect(flowOf(line.minute(3600))).toEqual(flags([]))
  })
})
