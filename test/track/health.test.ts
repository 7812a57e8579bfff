import { describe, expect, it } from 'vitest'
import { ROWS } from '../../src/catalogue/rows.ts'
import type { Point } from '../../src/store/line-protocol.ts'
import { MONDAY, PLANS, simulateWeeks } from './health-weeks.ts'
import { createLine, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const OTHER = 'M101Z3B4ZE5K0032'
const HOUR = 3600
const DAY_MS = 86_400_000

const ofPack = (rows: readonly Point[], sn: string): Point[] =>
  rows.filter(({ measurement, tags }) => measurement === 'battery_health' && tags.module_sn === sn)

describe('weeks of packs whose truth is known', () => {
  const { health, efficiency } = simulateWeeks(10, 60_000)

  it('have a row a day, with what went in and out', () => {
    const rows = ofPack(health, PACK)
    expect(rows.map(({ at }) => (at - MONDAY) / DAY_MS)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(rows[3]!.fields).toMatchObject({ local_date: '2026-06-04', covered_s: 86_400, cycles_count: 40 })
    expect(rows[3]!.fields).toMatchObject({ capacity_full_ah: 97.4, capacity_design_ah: 100, health_ratio: 0.974 })
  })

  it('have the names that are promised, and no others', () => {
    for (const { fields } of health)
      expect(Object.keys(ROWS.battery_health!)).toEqual(expect.arrayContaining(Object.keys(fields)))
  })

  it('tell the usable charge within 3 %, from the third swing on', () => {
    for (const { sn, fullMah } of PLANS) {
      const rows = ofPack(health, sn)
      expect(rows[0]!.fields).not.toHaveProperty('usable_ah')
      const { usable_ah, usable_confidence_ratio, swings_count } = rows.at(-1)!.fields
      expect(Math.abs(Number(usable_ah) / (fullMah / 1000) - 1)).toBeLessThan(0.03)
      expect(swings_count).toBeGreaterThan(15)
      expect(usable_confidence_ratio).toBeGreaterThan(0.6)
      const first = rows.find(({ fields }) => 'usable_ah' in fields)!
      expect(first.fields.swings_count).toBeGreaterThanOrEqual(3)
      expect(first.fields.usable_confidence_ratio).toBeLessThan(Number(usable_confidence_ratio))
    }
  })

  it('tell how much comes back', () => {
    for (const [i, { sn }] of PLANS.entries()) {
      const ratio = Number(ofPack(health, sn).at(-1)!.fields.efficiency_ratio)
      expect(Math.abs(ratio - efficiency[i]!)).toBeLessThan(0.005)
    }
  })

  it('tell how the packs share the current', () => {
    const shares = PLANS.map(({ sn }) => Number(ofPack(health, sn).at(-1)!.fields.share_ratio))
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 3)
    expect(shares[0]).toBeGreaterThan(shares[1]!)
  })
})

it('takes no swing with a gap in it, and says how much of the day is covered', () => {
  // Away for an hour every four hours: no leg of 50 points is whole.
  const hours = (at: number): number => (at % (4 * HOUR * 1000)) / (HOUR * 1000)
  const { health } = simulateWeeks(4, 60_000, (at) => hours(at) < 1)
  expect(ofPack(health, PACK)).toHaveLength(3)
  for (const { fields } of ofPack(health, PACK)) {
    expect(fields).not.toHaveProperty('usable_ah')
    expect(fields).not.toHaveProperty('efficiency_ratio')
    expect(fields.covered_s).toBe(18 * HOUR - 6 * 60)
  }
})

/** Reports of both packs every ten seconds, and the minutes. */
const speak = (line: VirtualLine, from: number, to: number, one: object, other: object): Point[] => {
  const rows: Point[] = []
  for (let at = from; at < to; at += 10) {
    if (at % 60 === 0) rows.push(...line.minute(at))
    rows.push(...line.push(at, PACK, one), ...line.push(at, OTHER, other))
  }
  return rows
}

describe('the day of a pack', () => {
  const pack = (soc: number, amp: number, more: object = {}): object => ({
    ...{ soc, amp, vol: 52_000, inWatts: Math.max(0, amp * 0.052), outWatts: Math.min(0, amp * 0.052) },
    ...{ fullCap: 100_000, minCellVol: 3300, maxCellVol: 3312, minCellTemp: 12, maxCellTemp: 15, ...more },
  })

  it('compares cells at half charge and at full charge, at rest alone', () => {
    const line = createLine()
    const rows = [
      ...speak(line, 0, 600, pack(50, 1000), pack(50, 20_000)),
      ...speak(line, 600, 1200, pack(97, 1000, { maxCellVol: 3340 }), pack(70, 1000)),
      ...speak(line, 12 * HOUR, 12 * HOUR + 20, pack(97, 0), pack(70, 0)),
    ]
    const [one] = ofPack(rows, PACK)
    expect(one).toMatchObject({ tags: { kit_sn: KIT, module_sn: PACK }, at: START - 12 * HOUR * 1000 })
    expect(one!.fields).toMatchObject({ cell_spread_v: 0.012, cell_spread_full_v: 0.04, covered_s: 1190 })
    const [other] = ofPack(rows, OTHER)
    expect(other!.fields).not.toHaveProperty('cell_spread_v')
    expect(other!.fields).not.toHaveProperty('cell_spread_full_v')
  })

  it('tells shares, differences and temperatures, and how long it was charged cold', () => {
    const line = createLine()
    const rows = [
      ...speak(line, 0, 3600, pack(60, 15_000, { minCellTemp: -2 }), pack(50, 5000)),
      ...speak(line, 3600, 7200, pack(60, -15_000, { minCellTemp: -4 }), pack(50, -5000)),
      ...speak(line, 7200, 7800, pack(60, 0), pack(50, 0)),
      ...speak(line, 12 * HOUR, 12 * HOUR + 20, pack(60, 0), pack(50, 0)),
    ]
    expect(ofPack(rows, PACK)[0]!.fields).toMatchObject({
      ...{ share_ratio: 0.75, soc_difference_pct: 5, temperature_min_c: -4, temperature_max_c: 15 },
      charging_cold_s: 3590,
    })
    expect(ofPack(rows, OTHER)[0]!.fields).toMatchObject({ share_ratio: 0.25, charging_cold_s: 0 })
  })

  it('is that of the site, and ends with a pack that is heard no more', () => {
    const line = createLine()
    const said = { [KIT]: { name: 'Van', timeZone: 'Asia/Kathmandu' } }
    line.run({ at: START, source: 'tick', topic: 'fleet', bytes: Buffer.from(JSON.stringify(said)) })
    const rows = [...speak(line, 0, 600, pack(50, 1000), pack(50, 1000)), ...line.minute(6 * HOUR + 900 - 60)]
    expect(ofPack(rows, PACK)).toEqual([])
    const [row] = ofPack(line.minute(6 * HOUR + 900), PACK)
    expect(row!.fields).toMatchObject({ local_date: '2026-05-28', covered_s: 590 })
    expect(row!.at).toBe(Date.UTC(2026, 4, 27, 18, 15))
  })

  it('shares a stretch over midnight with the next day', () => {
    const line = createLine()
    const rows = speak(line, 12 * HOUR - 605, 12 * HOUR + 600, pack(50, 10_000), pack(50, 10_000))
    const [row] = ofPack(rows, PACK)
    expect(row!.fields).toMatchObject({ covered_s: 605 })
    expect(row!.fields.charge_wh).toBeCloseTo((520 * 605) / 3600, 6)
  })
})
