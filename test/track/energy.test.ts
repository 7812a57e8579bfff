import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { todayFields } from '../../src/track/energy.ts'
import type { NamedKits } from '../../src/track/notes.ts'
import type { KitState } from '../../src/track/state.ts'
import { createLine, DCIN, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const ICH = 'M1095-PSDH-11223'
const LDAC = 'M10E1-LDAC-00011'
const QUARTER = 900
const DAY_S = 86_400

/** 50 V, so that watts are 50 times the amperes. */
const pack = (amperes: number, more: object = {}): object => ({
  ...{ vol: 50_000, amp: amperes * 1000, inWatts: Math.max(0, 50 * amperes), outWatts: Math.min(0, 50 * amperes) },
  ...more,
})
const dcIn = (amperes: number): object => ({ dcInVol: 50_000, dcInCurr: amperes * 1000, dcInWatts: 50 * amperes })

const fleet = (line: VirtualLine, seconds: number, said: NamedKits[string]): Point[] =>
  line.run({
    at: START + seconds * 1000,
    source: 'tick',
    topic: 'fleet',
    bytes: Buffer.from(JSON.stringify({ [KIT]: said })),
  })

const of = (rows: readonly Point[], measurement: string): Point[] =>
  rows.filter((row) => row.measurement === measurement)

const startOf = (row: Point): number => (row.at - START) / 1000

/** Whole minutes from one second to another. */
const minutes = (line: VirtualLine, from: number, to: number): Point[] => {
  const rows: Point[] = []
  for (let s = from; s <= to; s += 60) rows.push(...line.minute(s))
  return rows
}

/** Both modules each half minute, and the minutes in between; `stop` is no report. */
const both = (line: VirtualLine, from: number, stop: number): Point[] => {
  const rows: Point[] = []
  for (let s = from; s < stop; s += 30) {
    rows.push(...line.push(s + 1, PACK, pack(10)), ...line.push(s + 2, DCIN, dcIn(20)))
    if ((s + 30) % 60 === 0) rows.push(...line.minute(s + 30))
  }
  return rows
}

/** These reports every ten seconds, with the minutes in between. */
const steady = (line: VirtualLine, from: number, stop: number, told: readonly [string, object][]): Point[] => {
  const rows: Point[] = []
  for (let s = from; s < stop; s += 10) {
    if (s % 60 === 0) rows.push(...line.minute(s))
    for (const [sn, params] of told) rows.push(...line.push(s + 1, sn, params))
  }
  return rows
}

describe('a quarter', () => {
  it('is written at the first minute at which every module has reported past its end', () => {
    const line = createLine()
    expect(of(both(line, 0, 900), 'energy')).toEqual([])
    line.push(901, PACK, pack(10))
    expect(of(line.minute(960), 'energy')).toEqual([])
    line.push(961, DCIN, dcIn(20))
    const rows = line.minute(1020)
    expect(of(rows, 'energy')).toMatchObject([{ at: START, tags: { kit_sn: KIT } }])
    expect(of(rows, 'energy')[0]!.fields).toMatchObject({ covered_s: 898, expected_s: 899, load_wh: 0, sun_s: 0 })
    expect(of(rows, 'energy')[0]!.fields.battery_charge_wh).toBeCloseTo((500 * 899) / 3600, 6)
    expect(of(rows, 'energy_battery')).toMatchObject([{ tags: { module_sn: PACK }, fields: { covered_s: 899 } }])
    expect(of(minutes(line, 1080, 1740), 'energy')).toEqual([])
  })

  it('that waits long for a module is written as it stands, and once more when it is final', () => {
    const line = createLine()
    both(line, 0, 900)
    // The input idles: twice a pause of five minutes.
    for (let s = 900; s < 3600; s += 30) {
      line.push(s + 1, PACK, pack(10))
      if (s % 300 === 0) line.push(s + 2, DCIN, dcIn(20))
      if ((s + 30) % 60 === 0) line.minute(s + 30)
    }
    const rows: Point[] = []
    for (let s = 3600; s < 4500; s += 30) {
      rows.push(...line.push(s + 1, PACK, pack(10)))
      if (s === 3900) rows.push(...line.push(s + 2, DCIN, dcIn(20)))
      if ((s + 30) % 60 === 0) rows.push(...line.minute(s + 30))
    }
    const quarter = of(rows, 'energy').filter((row) => startOf(row) === 2700)
    expect(quarter.map(({ fields }) => fields.covered_s)).toEqual([602, 900])
    expect(quarter.map(({ fields }) => fields.dc_in_wh)).toEqual([expect.closeTo((1000 * 602) / 3600, 6), 250])
    const days = of(rows, 'energy_day').map(({ fields }) => fields.covered_s)
    expect(Number(days[1]) - Number(days[0])).toBeCloseTo(298, 6)
  })

  it('has nothing of a gap', () => {
    const line = createLine()
    both(line, 0, 300)
    minutes(line, 360, 1200)
    const [second] = of([...both(line, 1200, 2100), ...minutes(line, 2100, 2400)], 'energy')
    expect(second!.at).toBe(START + QUARTER * 1000)
    expect(second!.fields.covered_s).toBe(1800 - 1202)
    expect(second!.fields.battery_charge_wh).toBeCloseTo((500 * (1800 - 1201)) / 3600, 6)
  })

  it('in which nothing was heard has a row of zeros; a day of them comes each minute, in order', () => {
    const line = createLine()
    both(line, 0, 1200)
    const away = 3 * DAY_S
    const parts = [0, 60, 120, 180].map((s) => of(line.minute(away + s), 'energy'))
    expect(parts.map((rows) => rows.length)).toEqual([96, 96, 95, 0])
    expect(parts.flat().map(startOf)).toEqual(Array.from({ length: 287 }, (_, i) => (i + 1) * QUARTER))
    const silent = parts[0]![1]!.fields
    expect(silent).toMatchObject({ covered_s: 0, expected_s: 900, battery_charge_wh: 0, load_wh: 0 })
    expect(silent).not.toHaveProperty('loss_wh')
  })

  it('before a long silence keeps its cover, and the one behind it needs all modules again', () => {
    const line = createLine()
    both(line, 0, 1200)
    const back = 2 * DAY_S + 870
    const rows = steady(line, back, back + 300, [[PACK, pack(10)]])
    const covered = of(rows, 'energy').map((row) => [startOf(row), row.fields.covered_s])
    expect(covered[0]).toEqual([QUARTER, 1171 - QUARTER])
    expect(covered.at(-1)).toEqual([2 * DAY_S, 0])
  })

  it('tells losses where all modules cover the same time', () => {
    const rows = steady(createLine(), 0, 2000, [
      [PACK, pack(10)],
      [DCIN, dcIn(20)],
    ])
    const [first, second] = of(rows, 'energy').map(({ fields }) => fields)
    expect(second).toMatchObject({ dc_in_wh: 250, battery_charge_wh: 125, loss_wh: 125, imbalance_wh: 0 })
    expect(first!.loss_wh).toBeGreaterThan(100)
  })

  it('counts shore by its price, and what a generator brings without one', () => {
    const tariff = { currency: 'EUR', prices: [{ fromMs: 0, price: 0.4 }] }
    // Cut off to whole watts: half of one more on average.
    const of360W = (site: object) => {
      const line = createLine()
      fleet(line, 0, { name: 'Van', site })
      return of(steady(line, 0, 2000, [[ICH, { inWatts: 360, outWatts: 0 }]]), 'energy')[1]!.fields
    }
    expect(of360W({ tariff })).toMatchObject({
      ac_in_wh: 90.125,
      generator_wh: 0,
      ac_in_cost: 0.03605,
      priced_wh: 90.125,
    })
    const generator = of360W({ tariff, acInput: 'generator' })
    expect(generator).toMatchObject({ ac_in_wh: 90.125, generator_wh: 90.125 })
    expect(generator).not.toHaveProperty('ac_in_cost')
    expect(generator).not.toHaveProperty('priced_wh')
    expect(of360W({})).not.toHaveProperty('ac_in_cost')
  })

  it('says how much of a day is priced whose tariff came late', () => {
    const line = createLine()
    const shore: readonly [string, object][] = [[ICH, { inWatts: 360, outWatts: 0 }]]
    fleet(line, 0, { name: 'Van', site: {} })
    steady(line, 0, 1000, shore)
    fleet(line, 1000, { name: 'Van', site: { tariff: { currency: 'EUR', prices: [{ fromMs: 0, price: 0.4 }] } } })
    const day = of(steady(line, 1000, 2000, shore), 'energy_day').at(-1)!.fields
    expect(day).toMatchObject({ ac_in_cost: expect.closeTo(0.036, 3), priced_wh: expect.closeTo(90, 0) })
    expect(Number(day.ac_in_wh)).toBeGreaterThan(170)
  })

  it('knows how long the sun shone on all chargers together', () => {
    const scc = (amperes: number): object => ({
      ...{ pv1InVol: 50_000, pv1InCurr: amperes * 1000, pv1InWatts: 50 * amperes, pv1WorkMode: 1 },
      ...{ pv2InVol: 0, pv2InCurr: 0, pv2InWatts: 0, pv2WorkMode: 1 },
    })
    const line = createLine()
    // 15 W from each: enough only together.
    const rows = steady(line, 0, 2000, [
      ['M1096-MPPT-00011', scc(0.3)],
      ['M1096-MPPT-00012', scc(0.3)],
    ])
    expect(of(rows, 'energy')[1]!.fields).toMatchObject({ sun_s: 900, solar_1_wh: 7.5, solar_2_wh: 0, solar_wh: 7.5 })
  })

  it('takes the bank for the packs where none reports', () => {
    const line = createLine()
    const rows: Point[] = []
    for (let s = 0; s < 2000; s += 10) {
      if (s % 60 === 0) rows.push(...line.minute(s))
      rows.push(...line.file(s + 1, { bmsTotal: { totalInWatts: 0, totalOutWatts: -360 } }))
    }
    expect(of(rows, 'energy')[1]!.fields).toMatchObject({ battery_charge_wh: 0, battery_discharge_wh: 90 })
    expect(of(rows, 'energy_battery')).toEqual([])
  })

  it('has a row of each circuit that told of its power', () => {
    const line = createLine()
    fleet(line, 0, { name: 'Van', circuits: { ac: { '2': 'Fridge' } } })
    const rows = of(steady(line, 0, 2000, [[LDAC, { acChWatt: [0, 72, 0, 0, 0, 36] }]]), 'energy_circuit')
    const second = rows.filter((row) => startOf(row) === QUARTER)
    expect(second.map(({ tags, fields }) => [tags.side, tags.circuit, fields.energy_wh, fields.covered_s])).toEqual(
      [0, 18.125, 0, 0, 0, 9.125].map((wh, i) => ['ac', `0${i + 1}`, wh, 900]),
    )
    expect(second.map(({ fields }) => fields.name)).toEqual([undefined, 'Fridge', ...Array(4).fill(undefined)])
  })
})

describe('uncovered time', () => {
  const charged = (amperes: number, ah: number): object => pack(amperes, { remainCap: ah * 1000, fullCap: 100_000 })

  it('has bounds from the change of charge, in the quarter in which it ended', () => {
    const line = createLine()
    steady(line, 0, 900, [[PACK, charged(10, 40)]])
    minutes(line, 960, 4500)
    const rows = steady(line, 4500, 6000, [[PACK, charged(10, 50)]])
    const told = of(rows, 'energy').filter(({ fields }) => 'uncovered_min_wh' in fields)
    expect(told.map(startOf)).toEqual([4500])
    const { uncovered_min_wh: least, uncovered_max_wh: most } = told[0]!.fields as Record<string, number>
    expect(least).toBeGreaterThan(450)
    expect(least).toBeLessThan(500)
    expect(most).toBeGreaterThan(500)
    expect(most! - least!).toBeLessThan(0.02 * 5000)
  })

  it('has none where the charge behind it is what was held before it', () => {
    const line = createLine()
    steady(line, 0, 900, [[PACK, charged(10, 40)]])
    // A restart that is no gap to what is held, but to what it brought.
    line.run({ at: START + 930_000, source: 'tick', topic: 'start', bytes: new Uint8Array() })
    const rows = [...steady(line, 960, 2700, [[PACK, pack(10)]]), ...minutes(line, 2700, 3000)]
    expect(rows.some(({ fields }) => 'uncovered_min_wh' in fields)).toBe(false)
  })

  it('is told roughly by the state of charge where nothing finer is known', () => {
    const line = createLine()
    const rough = (soc: number): object => pack(10, { soc, fullCap: 100_000 })
    steady(line, 0, 900, [[PACK, rough(40)]])
    minutes(line, 960, 4500)
    const told = of(steady(line, 4500, 6000, [[PACK, rough(50)]]), 'energy').find(
      ({ fields }) => 'uncovered_min_wh' in fields,
    )!.fields as Record<string, number>
    expect(told.uncovered_min_wh).toBeLessThan(9 * 50)
    expect(told.uncovered_max_wh).toBeGreaterThan(11 * 50)
  })
})

describe('the calendar', () => {
  /** A report now and then is enough: the rows come by themselves. */
  const daysOf = (timeZone: string, fromAt: number, days: number, later?: [day: number, timeZone: string]): Point[] => {
    const line = createLine()
    const from = (fromAt - START) / 1000
    fleet(line, from, { name: 'Van', timeZone })
    line.push(from + 1, PACK, pack(10))
    const rows: Point[] = []
    for (let s = from + 3600; s < from + days * DAY_S; s += 3600) {
      if (later && s === from + later[0] * DAY_S) fleet(line, s, { name: 'Van', timeZone: later[1] })
      rows.push(...line.minute(s))
    }
    const last = new Map(of(rows, 'energy_day').map((row) => [row.at, row]))
    return [...last.values()]
  }
  const shown = (rows: readonly Point[]) =>
    rows.map(({ at, fields }) => [fields.local_date, fields.hours_count, new Date(at).toISOString().slice(0, 16)])

  it('has days of 23 and of 25 hours', () => {
    expect(shown(daysOf('Europe/Berlin', Date.UTC(2026, 2, 28, 12), 2))).toEqual([
      ['2026-03-28', 24, '2026-03-27T23:00'],
      ['2026-03-29', 23, '2026-03-28T23:00'],
      ['2026-03-30', 24, '2026-03-29T22:00'],
    ])
    expect(shown(daysOf('America/New_York', Date.UTC(2026, 9, 31, 12), 2)).slice(1)).toEqual([
      ['2026-11-01', 25, '2026-11-01T04:00'],
      ['2026-11-02', 24, '2026-11-02T05:00'],
    ])
  })

  it('has no date twice and leaves nothing out when the time zone changes', () => {
    const noon = Date.UTC(2026, 5, 10, 12)
    expect(shown(daysOf('Europe/Berlin', noon, 4, [1, 'America/New_York']))).toEqual([
      ['2026-06-10', 24, '2026-06-09T22:00'],
      ['2026-06-11', 24, '2026-06-10T22:00'],
      ['2026-06-12', 30, '2026-06-11T22:00'],
      ['2026-06-13', 24, '2026-06-13T04:00'],
      ['2026-06-14', 24, '2026-06-14T04:00'],
    ])
    expect(shown(daysOf('America/New_York', noon, 3, [1, 'Europe/Berlin']))).toEqual([
      ['2026-06-10', 24, '2026-06-10T04:00'],
      ['2026-06-11', 24, '2026-06-11T04:00'],
      ['2026-06-12', 18, '2026-06-12T04:00'],
      ['2026-06-13', 24, '2026-06-12T22:00'],
    ])
  })
})

describe('today', () => {
  it('goes up to the last reports, and begins anew at the local midnight', () => {
    const line = createLine()
    fleet(line, 0, { name: 'Van', timeZone: 'Europe/Berlin' })
    steady(line, 0, 1000, [[PACK, pack(10)]])
    const kit = (): KitState => line.state.kits.get(KIT)!
    expect(todayFields(kit(), START + 1_000_000)).toMatchObject({
      today_battery_charge_wh: expect.closeTo((500 * 990) / 3600, 5),
      today_covered_s: 990,
      today_solar_wh: 0,
    })
    // 22:00 UTC is midnight in Berlin.
    steady(line, 9 * 3600 + 3000, 10 * 3600 + 600, [[PACK, pack(-10)]])
    expect(todayFields(kit(), START + (10 * 3600 + 601) * 1000)).toMatchObject({
      today_battery_charge_wh: 0,
      today_battery_discharge_wh: expect.closeTo((500 * 591) / 3600, 5),
      today_covered_s: 591,
    })
  })

  it('is nothing of a kit that was never heard', () => {
    const line = createLine()
    fleet(line, 0, { name: 'Van' })
    expect(todayFields(line.state.kits.get(KIT)!, START)).toEqual({})
  })
})
