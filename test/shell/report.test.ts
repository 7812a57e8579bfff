import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenedAnswers } from '../../src/local/open-answers.ts'
import { type ReportAsked, report } from '../../src/shell/report.ts'
import { REPORTS } from '../../src/shell/report-kinds.ts'
import type { Row } from '../../src/store/store.ts'
import { DAY_MS, END, KIT, openTemporary, PACKS, pastRows, writePast, ZONE } from '../analysis/past.ts'

const VAN = { kitSn: KIT, name: 'Van', timeZone: ZONE }
const BOAT = { kitSn: 'M109ZEB4ZE7B0002', name: 'Boat', timeZone: 'UTC' }

let past: Awaited<ReturnType<typeof openTemporary>>

beforeAll(async () => {
  past = await openTemporary()
  await writePast(past.store, pastRows())
})

afterAll(() => past.close())

const told = async (what: string, asked: Partial<ReportAsked> = {}, kits: OpenedAnswers['kits'] = [VAN]) => {
  let text = ''
  await report(
    { what, form: 'table', ...asked },
    { answers: past.store, kits, close: async () => undefined },
    { now: END, width: 130, ask: undefined, write: (part) => (text += part) },
  )
  return text
}

const rowOf = (text: string, begin: string): string => text.split('\n').find((line) => line.startsWith(begin)) ?? ''

it('shows energy by day with sums, and how much of it is covered', async () => {
  const text = await told('energy', { from: '2026-06-01', to: '2026-06-10' })
  expect(text).toContain(`Van · ${KIT}: what came in`)
  expect(text).toContain('2026-06-01 to 2026-06-10 (Europe/Berlin)')
  expect(text).toMatch(/day +sun Wh /)
  const days = pastRows().history.filter(({ measurement, fields }) => {
    return (
      measurement === 'energy_day' &&
      String(fields.local_date) >= '2026-06-01' &&
      String(fields.local_date) <= '2026-06-10'
    )
  })
  const solar = days.map(({ fields }) => Number(fields.solar_wh))
  expect(days).toHaveLength(10)
  expect(rowOf(text, 'Mon 2026-06-01')).toContain(` ${solar[0]!.toFixed(1)} `)
  expect(rowOf(text, 'Mon 2026-06-01')).toMatch(/█.* 9[2-5]\.\d %$/)
  expect(rowOf(text, 'sum')).toContain(` ${solar.reduce((sum, each) => sum + each, 0).toFixed(1)} `)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130)
})

/** The report of the last two days, as if these were stored. */
const ofTwoDays = async (what: string, days: readonly Row['values'][]) => {
  const rows = days.map((values, index): Row => {
    const whole = { covered_s: 86_400, expected_s: 86_400, hours_count: 24 }
    return { tags: { kit_sn: KIT }, at: END - (days.length - index) * DAY_MS, values: { ...whole, ...values } }
  })
  let text = ''
  await report(
    { what, from: '-2d', form: 'table' },
    {
      answers: { ...past.store, steps: async () => [], rows: async () => rows },
      kits: [VAN],
      close: async () => undefined,
    },
    { now: END - 1, width: 130, ask: undefined, write: (part) => (text += part) },
  )
  return text
}

it('tells a price with the share that it is of, where that is not all', async () => {
  const shore = { ac_in_wh: 2400, generator_wh: 400, solar_wh: 5000 }
  const half = await ofTwoDays('energy', [shore, { ...shore, ac_in_cost: 0.3, priced_wh: 1000 }])
  expect(rowOf(half, 'Thu 2026-06-18')).toMatch(/ –$/)
  expect(rowOf(half, 'Fri 2026-06-19')).toMatch(/ 0\.30 \(50 %\)$/)
  expect(`${rowOf(half, 'sum')} `).toMatch(/ 0\.30 \(25 %\) /)
  const whole = await ofTwoDays(
    'energy',
    [shore, shore].map((day) => ({ ...day, ac_in_cost: 0.6, priced_wh: 1990 })),
  )
  expect(`${rowOf(whole, 'sum')} `).toMatch(/ 1\.20 /)
  expect(rowOf(whole, 'sum')).not.toContain('%')
  expect(await ofTwoDays('energy', [shore])).not.toContain('cost')
})

it('tells little energy in Wh, much in kWh', async () => {
  const little = await ofTwoDays('energy', [{ solar_wh: 4.26 }, { solar_wh: 999 }])
  expect(rowOf(little, 'day')).toContain('sun Wh')
  expect(rowOf(little, 'Thu')).toContain(' 4.3 ')
  const much = await ofTwoDays('energy', [{ solar_wh: 4.26 }, { solar_wh: 1000 }])
  expect(rowOf(much, 'day')).toContain('sun kWh')
  expect(rowOf(much, 'Fri')).toContain(' 1.00 ')
})

it('tells the same share of the same days in every report', async () => {
  const day = { covered_s: 86_400 * 0.8359, solar_wh: 5000 }
  expect(rowOf(await ofTwoDays('energy', [day]), 'Fri')).toMatch(/ 83\.5 %$/)
  expect(rowOf(await ofTwoDays('solar', [day]), 'Fri')).toMatch(/ 83\.5 %$/)
  expect(rowOf(await ofTwoDays('completeness', [day]), 'Fri')).toMatch(/ 83\.5 /)
})

it('leaves sessions of no time and no energy out of the table alone', async () => {
  const end = { end_ms: END, is_open: 0, kind: 'shore' }
  const runs = [
    { ...end, duration_s: 20, wh: 0.4 },
    { ...end, duration_s: 20, wh: 1.5 },
    { ...end, duration_s: 80, wh: 0 },
  ]
  const text = await ofTwoDays('runs', runs)
  expect(text.match(/^2026-.* shore /gm)).toHaveLength(2)
  expect(text).toContain('1 shorter than a minute and with less than 1 Wh is left out; --json has all.')
})

it('tells nothing as known of what is not covered at all', async () => {
  const bare = { start_ms: 0, solar_wh: 0, covered_s: 0, expected_s: 900 }
  const rows = [
    { tags: { kit_sn: KIT }, at: END - 1_800_000, values: bare },
    { tags: { kit_sn: KIT }, at: END - 900_000, values: { ...bare, covered_s: 900 } },
  ]
  let text = ''
  await report(
    { what: 'energy', by: 'quarter', from: 'yesterday', form: 'table' },
    { answers: { ...past.store, rows: async () => rows }, kits: [VAN], close: async () => undefined },
    { now: END, width: 100, ask: undefined, write: (part) => (text += part) },
  )
  expect(rowOf(text, '2026-06-19 23:30')).toMatch(/ – .* 0\.0 %$/)
  expect(rowOf(text, '2026-06-19 23:45')).toMatch(/ 0\.0$/)
})

it('shows months, packs, their days, circuits, the sun, sessions and completeness', async () => {
  expect(await told('energy', { by: 'month' })).toMatch(/\n2026-05 /)
  const packs = await told('battery')
  for (const pack of PACKS) expect(rowOf(packs, pack)).toContain('98.0')
  expect(rowOf(await told('battery', { from: '2026-06-01', to: '2026-06-01' }), 'Mon 2026-06-01')).toContain(PACKS[0])
  const circuits = await told('circuits')
  expect(circuits).toContain('Fridge')
  expect(rowOf(circuits, 'sum')).toMatch(/\d\.\d/)
  const solar = await told('solar', { from: '2026-06' })
  expect(solar).toMatch(/Best days: 2026-06-\d\d with \d{3}\.\d Wh/)
  const runs = await told('runs')
  expect(runs).toMatch(/2026-06-13 00:00 +shore +5:00 +5\.23 +\S* +20 +90/)
  expect(runs).toMatch(/generator .*goes on/)
  const completeness = await told('completeness', { from: '2026-06-11', to: '2026-06-16' })
  expect(completeness).toContain('device offline h:min')
  expect(rowOf(completeness, 'Fri 2026-06-12')).toContain('24:00')
})

it('gives all that is known as JSON and as CSV', async () => {
  const json = JSON.parse(await told('energy', { from: '2026-06-01', to: '2026-06-02', form: 'json' }))
  expect(json).toMatchObject({ report: 'energy', kit_sn: KIT, name: 'Van', time_zone: ZONE, by: 'day' })
  expect(json.entries).toHaveLength(2)
  expect(json.entries[0]).toMatchObject({ local_date: '2026-06-01', hours_count: 24 })
  const csv = await told('energy', { from: '2026-06-01', to: '2026-06-02', form: 'csv' })
  const [head, first, second, rest] = csv.split('\r\n')
  expect(head).toMatch(/^start,start_ms,.*solar_wh.*local_date/)
  expect(first).toMatch(/^2026-06-01 00:00,/)
  expect([second?.split(',').length, rest]).toEqual([head?.split(',').length, ''])
})

it('says what there is where nothing was found', async () => {
  expect(await told('runs', { from: '2025-01', to: '2025-01' })).toBe(
    `Nothing of runs is stored of Van · ${KIT} from 2025-01-01 to 2025-01-31. There is something from 2026-06-13 to 2026-06-18: --from 2026-06-13 --to 2026-06-18\n`,
  )
  expect(await told('runs', {}, [BOAT])).toBe(`Nothing of runs is stored of Boat · ${BOAT.kitSn} yet.\n`)
})

it('finds a kit by name or serial number, and asks which of several', async () => {
  const kits = [VAN, BOAT]
  expect(await told('runs', { kit: 'van' }, kits)).toContain('shore')
  expect(await told('runs', { kit: KIT.toLowerCase() }, kits)).toContain('shore')
  expect(await told('runs', { kit: 'B' }, kits)).toContain('Boat')
  await expect(told('runs', {}, kits)).rejects.toThrow(`There are several kits: Van · ${KIT}, Boat`)
  await expect(told('runs', { kit: 'M109' }, kits)).rejects.toThrow('give the serial number')
  await expect(told('runs', { kit: 'Vann' }, kits)).rejects.toThrow('Is Van meant?')
  await expect(told('runs', {}, [])).rejects.toMatchObject({ code: 'nothing_collected' })
  let text = ''
  await report(
    { what: 'runs', form: 'table' },
    { answers: past.store, kits, close: async () => undefined },
    {
      now: END,
      width: 100,
      ask: async (_question, choices) => choices.indexOf(`Van · ${KIT}`),
      write: (part) => (text += part),
    },
  )
  expect(text).toContain('shore')
})

it('says which reports and periods there are', async () => {
  await expect(told('weather')).rejects.toThrow('There is no report weather: expected energy, battery')
  await expect(told('solar', { by: 'week' })).rejects.toThrow('cannot be told by week: expected day.')
  await expect(told('runs', { by: 'day' })).rejects.toThrow('leave --by out')
})

it('is told as it is', () => {
  const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')
  const rows = page.split('\n').filter((line) => /^\| `\w+` +\|/.test(line))
  const told = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  const reports = Object.entries(REPORTS).map(([name, { by }]) => [name, name === 'battery' ? 'day' : by.join(', ')])
  expect(told.filter(([, name]) => name! in REPORTS).map(([, name, , by]) => [name, by])).toEqual(reports)
})
