/** The questions that owners ask, over an embedded store with a made-up past. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { circuitsOf } from '../../src/analysis/circuits.ts'
import { completenessOf } from '../../src/analysis/completeness.ts'
import { energyBy } from '../../src/analysis/energy.ts'
import { batteriesNow, healthOf } from '../../src/analysis/health.ts'
import { bestDays, solarOf } from '../../src/analysis/solar.ts'
import { eventsOf, gapsOf, runsOf } from '../../src/analysis/stretches.ts'
import { encodePoint } from '../../src/store/line-protocol.ts'
import type { Answers } from '../../src/store/store.ts'
import {
  DAY_MS,
  daysBefore,
  END,
  HOUR_MS,
  KIT,
  openTemporary,
  PACKS,
  PANEL,
  pastRows,
  point,
  writePast,
  writeRows,
  ZONE,
} from './past.ts'

let answers: Answers
let close: () => Promise<void>
beforeAll(async () => {
  const opened = await openTemporary()
  close = opened.close
  answers = opened.store
  await writePast(opened.store, pastRows())
})
afterAll(() => close())

const asked = (fromAt: number, toAt = END) => ({ kitSn: KIT, fromAt, toAt })

it('tells each period whole that lies in the range at least in part', async () => {
  const [today, yesterday] = daysBefore(2)
  const noon = yesterday!.startAt + 12 * HOUR_MS
  const days = await energyBy(answers, { ...asked(noon, today!.startAt + 1), by: 'day' })
  expect(days.map(({ start_ms, local_date, hours_count }) => [start_ms, local_date, hours_count])).toEqual([
    [yesterday!.startAt, '2026-06-18', 24],
    [today!.startAt, '2026-06-19', 24],
  ])
  expect(days[0]).toMatchObject({ solar_wh: expect.any(Number), expected_s: 86_400 })
  expect(Object.keys(days[0]!).slice(0, 3)).toEqual(['start_ms', 'covered_s', 'expected_s'])
  const quarters = await energyBy(answers, { ...asked(noon + 1, noon + 1_800_000), by: 'quarter' })
  expect(quarters.map(({ start_ms }) => start_ms)).toEqual([noon, noon + 900_000])
  const months = await energyBy(answers, { ...asked(Date.UTC(2026, 4, 10)), by: 'month' })
  expect(months.map(({ local_date }) => local_date)).toEqual(['2026-05-01', '2026-06-01'])
  expect(await energyBy(answers, { ...asked(END - DAY_MS), by: 'year' })).toEqual([])
  expect(await energyBy(answers, { ...asked(0), kitSn: 'M109ZEB4ZE7B0009', by: 'day' })).toEqual([])
})

it('knows days of 23 hours', async () => {
  const at = Date.UTC(2026, 2, 29, 12)
  const [day] = await energyBy(answers, { ...asked(at, at + 1), by: 'day' })
  expect(day).toMatchObject({ local_date: '2026-03-29', hours_count: 23, expected_s: 23 * 3600 })
})

it('finds gaps that began before the range, and no others', async () => {
  const told = async (fromAt: number, toAt?: number) =>
    (await gapsOf(answers, asked(fromAt, toAt))).map(({ start_ms, module_sn, cause }) => [
      (Number(start_ms) - END) / DAY_MS,
      module_sn,
      cause,
    ])
  const offline = [-9, 'all', 'device_offline']
  const open = [-3, PACKS[1], 'device_offline']
  const down = [-5, 'all', 'collector_down']
  expect(await told(END - 7 * DAY_MS)).toEqual([offline, down, open])
  expect(await told(END - 6 * DAY_MS)).toEqual([down, open])
  expect(await told(END - 6 * DAY_MS - 1, END - 6 * DAY_MS)).toEqual([offline])
  expect(await told(END - 1)).toEqual([open])
  expect(await told(END - 9 * DAY_MS, END - 8 * DAY_MS)).toEqual([offline])
  expect(await gapsOf(answers, asked(END - 30 * DAY_MS), 2)).toHaveLength(2)
  expect(await gapsOf(answers, { ...asked(0), kitSn: 'M109ZEB4ZE7B0009' })).toEqual([])
})

it('tells sessions and events', async () => {
  expect(await runsOf(answers, asked(END - 7 * DAY_MS + HOUR_MS, END - 6 * DAY_MS))).toEqual([
    {
      start_ms: END - 7 * DAY_MS,
      module_sn: PANEL,
      end_ms: END - 7 * DAY_MS + 5 * HOUR_MS,
      duration_s: 5 * 3600,
      kind: 'shore',
      is_open: 0,
      wh: 5230.25,
      soc_from_pct: 20,
      soc_to_pct: 90,
    },
  ])
  expect(await eventsOf(answers, asked(END - 7 * DAY_MS))).toMatchObject([
    { kind: 'firmware_changed', details: '1.0 → 1.1' },
  ])
  expect(await eventsOf(answers, asked(END - 5 * DAY_MS))).toEqual([])
})

it('finds a session that began within a second, or was stamped later since that second was taken', async () => {
  const opened = await openTemporary()
  const run = (stampAt: number, startAt: number) =>
    point(
      'run',
      stampAt,
      { kind: 'shore', end_ms: END + 17, duration_s: (END + 17 - startAt) / 1000, is_open: 0 },
      { module_sn: `${startAt}` },
    )
  const runs = [801, 0, 499, 999].map((ms) => run(END - DAY_MS, END - DAY_MS + ms))
  await writePast(opened.store, { raw: [], history: [...runs, run(END - DAY_MS + 1000, END - DAY_MS + 7)] })
  expect(await runsOf(opened.store, asked(END - HOUR_MS))).toHaveLength(5)
  await opened.close()
})

it('tells packs as they are, and how they aged', async () => {
  const packs = await batteriesNow(answers, { kitSn: KIT })
  const [today] = daysBefore(1)
  expect(packs).toMatchObject(
    PACKS.map((module_sn, index) => ({
      module_sn,
      model: 'BP5000',
      error_code: index * 3,
      reported_ms: END - 30_000 + index * 7,
      health_ms: today!.startAt,
      health_ratio: 0.98,
      local_date: '2026-06-19',
    })),
  )
  const days = await healthOf(answers, asked(END - 3 * DAY_MS))
  expect(days.map(({ local_date, module_sn }) => [local_date, module_sn])).toEqual(
    ['2026-06-17', '2026-06-18', '2026-06-19'].flatMap((date) => PACKS.map((sn) => [date, sn])),
  )
})

it('ranks circuits by what they drew, with shares and what they draw at night', async () => {
  const circuits = await circuitsOf(answers, { ...asked(END - 7 * DAY_MS), timeZone: ZONE })
  expect(circuits.map(({ circuit, name, nights_count }) => [circuit, name, nights_count])).toEqual([
    ['03', undefined, 7],
    ['02', 'Fridge', 7],
    ['01', undefined, 7],
  ])
  const shares = circuits.reduce((sum, { share_pct }) => sum + Number(share_pct), 0)
  expect(shares).toBeCloseTo(100, 2)
  // a quarter brings up to 30 Wh, evenly drawn: half of it on average, by four for an hour
  expect(Number(circuits[0]!.night_w)).toBeGreaterThan(45)
  expect(Number(circuits[0]!.night_w)).toBeLessThan(75)
  const [night] = await circuitsOf(answers, { ...asked(END - HOUR_MS), timeZone: ZONE })
  expect(night).toMatchObject({ nights_count: 0 })
  expect(night).not.toHaveProperty('night_w')
})

it('tells the sun by day, and the best days', async () => {
  const days = await solarOf(answers, asked(END - 30 * DAY_MS))
  expect(days).toHaveLength(30)
  const best = bestDays(days, 3)
  expect(best.map(({ solar_wh }) => solar_wh)).toEqual(
    days
      .map(({ solar_wh }) => Number(solar_wh))
      .sort((a, b) => b - a)
      .slice(0, 3),
  )
  expect(best[0]).not.toHaveProperty('load_wh')
})

/** Every part of what is missing, added up as a reader would. */
const partsOf = (entry: Readonly<Record<string, unknown>>): number =>
  Object.entries(entry)
    .filter(([name]) => /^missing_.+_s$/.test(name))
    .reduce((sum, [, seconds]) => sum + Math.round(Number(seconds) * 1000), 0) / 1000

it('says what is missing, and for which cause', async () => {
  const days = await completenessOf(answers, { ...asked(END - 10 * DAY_MS), by: 'day' })
  const causes = days.map(({ missing_device_offline_s: offline, missing_collector_down_s: down }) => [offline, down])
  const none = [undefined, undefined]
  const away = [86_400, undefined]
  expect(causes).toEqual([none, away, away, away, none, [undefined, 7200.25], none, none, none, none])
  for (const day of days) {
    const [covered, expected, missing] = [Number(day.covered_s), Number(day.expected_s), Number(day.missing_s)]
    expect(missing).toBeCloseTo(expected - covered, 3)
    expect(day.completeness_pct).toBeCloseTo((covered / expected) * 100, 3)
    expect(Number(day.missing_other_s)).toBeGreaterThanOrEqual(0)
    expect(partsOf(day)).toBe(missing)
  }
  const [month] = await completenessOf(answers, { ...asked(END - 10 * DAY_MS), by: 'month' })
  expect(month).toMatchObject({
    missing_device_offline_s: 3 * 86_400,
    missing_collector_down_s: 7200.25,
    hours_count: 720,
  })
  expect(await completenessOf(answers, { ...asked(0, DAY_MS), by: 'day' })).toEqual([])
})

/** Only what completeness asks: a day that has come to ten o'clock, and these gaps. */
const openedDay = async (
  covered_s: number,
  expected_s: number,
  gaps: readonly (readonly [number, number, string])[],
) => {
  const { store, close } = await openTemporary()
  const startAt = END - DAY_MS
  const rows = [
    point('energy', startAt + 10 * HOUR_MS - 900_000, { covered_s: 900, expected_s: 900 }),
    point('energy_day', startAt, { covered_s, expected_s, local_date: '2026-06-19', hours_count: 24 }),
    ...gaps.map(([from, to, cause]) =>
      point(
        'gap',
        startAt + from * 1000,
        { end_ms: startAt + to * 1000, duration_s: to - from, cause, text: cause, is_open: 0 },
        { module_sn: 'all' },
      ),
    ),
  ]
  await writeRows(
    store,
    'history',
    rows.sort((a, b) => a.at - b.at).map((row) => encodePoint(row)),
  )
  const [day] = await completenessOf(store, { ...asked(startAt), by: 'day' })
  await close()
  return day!
}

describe('the parts of what is missing add up to all of it', () => {
  it('counts causes up to the last quarter, as it counts everything else', async () => {
    const day = await openedDay(35_389, 36_000, [[35_389, 36_140, 'collector_down']])
    expect(day).toMatchObject({ missing_s: 611, missing_collector_down_s: 611, missing_other_s: 0 })
  })

  it('counts them since the kit was known', async () => {
    const day = await openedDay(900, 1800, [[34_000, 35_100, 'device_offline']])
    expect(day).toMatchObject({ missing_s: 900, missing_device_offline_s: 900, missing_other_s: 0 })
  })

  it('counts time once where gaps overlap', async () => {
    const day = await openedDay(34_000, 36_000, [
      [1000, 2000, 'cloud_down'],
      [1500, 2500, 'collector_down'],
      [1600, 1700, 'clock'],
    ])
    expect(day).toMatchObject({ missing_cloud_down_s: 1000, missing_collector_down_s: 500, missing_other_s: 500 })
    expect(day).not.toHaveProperty('missing_clock_s')
  })

  it('tells no more of causes than is missing, to the millisecond', async () => {
    const day = await openedDay(35_999.9, 36_000, [
      [100, 101, 'cloud_down'],
      [200, 201, 'collector_down'],
      [300, 301, 'mqtt_silent'],
    ])
    expect(day).toMatchObject({ missing_s: 0.1, missing_other_s: 0 })
    expect(partsOf(day)).toBe(0.1)
  })
})
