/** Series: which bucket is read in which steps, and what the steps say. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaintAbout, SERIES_MEASUREMENTS, seriesFields } from '../../src/analysis/fields.ts'
import { type SeriesAnswer, seriesOf } from '../../src/analysis/series.ts'
import { planSeries, type SeriesAsked } from '../../src/analysis/series-plan.ts'
import type { Answers } from '../../src/store/store.ts'
import { DAY_MS, END, HOUR_MS, KIT, MINUTE_MS, openTemporary, PACKS, pastRows, writePast } from './past.ts'

let answers: Answers
let close: () => Promise<void>
const rows = pastRows()
beforeAll(async () => {
  const opened = await openTemporary()
  close = opened.close
  answers = opened.store
  await writePast(opened.store, rows)
})
afterAll(() => close())

const rawFromAt = END - 30 * DAY_MS
const plan = (days: number, more: Partial<SeriesAsked> = {}) => {
  const usual = { kitSn: KIT, measurement: 'battery', fields: ['soc_pct'], aggregate: 'mean' } as const
  const planned = planSeries({ ...usual, fromAt: END - days * DAY_MS, toAt: END, rawFromAt, ...more })
  return 'refusal' in planned ? planned.refusal : `${planned.bucket} ${planned.stepMs / 1000}`
}

it.each([
  [2000 / 86_400, 'raw 1'],
  [1, 'raw 60'],
  [7, 'raw 600'],
  [30, 'raw 1800'],
  [31, 'history 3600'],
  [365, 'history 21600'],
  [5 * 365, 'history 86400'],
  [20 * 365, 'history 604800'],
])('reads %s days in steps that fit', (days, expected) => {
  expect(plan(days)).toBe(expected)
})

it('keeps to a step that is given, or says which one fits', () => {
  expect(plan(1, { stepS: 300 })).toBe('raw 300')
  expect(plan(1, { stepS: 7200 })).toBe('history 7200')
  expect(plan(1, { stepS: 10 })).toMatch(/8640 points .* ask for step=60/)
  expect(plan(1, { stepS: 5000 })).toMatch(/ask for step=7200/)
  expect(plan(60, { stepS: 3000 })).toMatch(/only values of hours are kept: ask for step=3600/)
})

it('reads years of hours of a few fields only', () => {
  const fields = [...seriesFields('battery').keys()]
  expect(plan(300, { fields })).toBe('history 14400')
  expect(plan(5 * 365, { fields })).toBe('Over so long a time name at most 11 fields.')
  expect(plan(5 * 365, { fields, aggregate: 'max' })).toBe('history 86400')
})

it('reads where a measurement is kept: some have no hours, some are history only', () => {
  expect(plan(365, { measurement: 'module' })).toBe('raw 21600')
  expect(plan(1, { measurement: 'energy' })).toBe('history 60')
  expect(plan(400, { measurement: 'battery_health' })).toBe('history 21600')
})

const ask = async (more: Partial<SeriesAsked>): Promise<SeriesAnswer> => {
  const answer = await seriesOf(answers, {
    kitSn: KIT,
    fromAt: END - DAY_MS,
    toAt: END,
    measurement: 'battery',
    fields: ['soc_pct'],
    aggregate: 'mean',
    rawFromAt,
    ...more,
  })
  if ('refusal' in answer) throw new Error(answer.refusal)
  return answer
}

/** What was written of one pack, by time. */
const written = (bucket: 'raw' | 'history', fromAt: number, toAt: number) =>
  rows[bucket].filter(
    ({ measurement, tags, at }) =>
      measurement === 'battery' && tags.module_sn === PACKS[0] && at >= fromAt && at < toAt,
  )

it('tells means of raw values, and their minima, maxima and last ones', async () => {
  const [fromAt, toAt] = [END - HOUR_MS, END - HOUR_MS + 5 * MINUTE_MS]
  const values = written('raw', fromAt, toAt).map(({ fields }) => Number(fields.soc_pct))
  expect(values).toHaveLength(10)
  const expected = {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1),
  }
  for (const aggregate of ['mean', 'min', 'max', 'last'] as const) {
    const answer = await ask({ fromAt, toAt, stepS: 300, aggregate, tags: { module_sn: PACKS[0] } })
    expect(answer).toMatchObject({ bucket: 'raw', stepS: 300, rows: [{ at: fromAt }] })
    expect(answer.rows[0]!.values.soc_pct).toBeCloseTo(expected[aggregate]!, 6)
  }
})

it('joins hours by what they cover, and takes their own minima and maxima', async () => {
  const fromAt = END - 118 * DAY_MS
  const at = Math.ceil(fromAt / DAY_MS) * DAY_MS
  const hours = written('history', at, at + DAY_MS).map(({ fields }) => fields as Record<string, number>)
  expect(hours).toHaveLength(24)
  const covered = hours.reduce((sum, { covered_s }) => sum + covered_s!, 0)
  const expected = {
    mean: hours.reduce((sum, { soc_pct, covered_s }) => sum + soc_pct! * covered_s!, 0) / covered,
    min: Math.min(...hours.map(({ min_soc_pct }) => min_soc_pct!)),
    max: Math.max(...hours.map(({ max_soc_pct }) => max_soc_pct!)),
    last: hours.at(-1)!.last_soc_pct,
  }
  for (const aggregate of ['mean', 'min', 'max', 'last'] as const) {
    const answer = await ask({ fromAt, stepS: 86_400, aggregate })
    expect([answer.bucket, answer.rows.length]).toEqual(['history', 2 * 119])
    const row = answer.rows.find((one) => one.at === at && one.tags.module_sn === PACKS[0])!
    expect(row.values.soc_pct).toBeCloseTo(expected[aggregate]!, 6)
  }
})

it('gives the hours as they are where a step is an hour', async () => {
  const fromAt = END - 80 * DAY_MS
  const { rows: told, stepS } = await ask({ fromAt, tags: { module_sn: PACKS[0] } })
  const hours = written('history', fromAt, END)
  expect([stepS, told.map(({ at }) => at)]).toEqual([3600, hours.map(({ at }) => at)])
  expect(told.map(({ values }) => values.soc_pct)).toEqual(hours.map(({ fields }) => fields.soc_pct))
})

it('gives no mean to codes and settings, but their last value', async () => {
  const fields = ['soc_pct', 'error_code', 'charge_limit_pct']
  for (const more of [{}, { fromAt: END - 100 * DAY_MS }]) {
    const { rows: told } = await ask({ ...more, fields, tags: { module_sn: PACKS[1] } })
    expect(told.length).toBeGreaterThan(100)
    for (const { values } of told)
      expect(values).toMatchObject({ soc_pct: expect.any(Number), error_code: 3, charge_limit_pct: 90 })
  }
  const { rows: least } = await ask({ fromAt: END - 100 * DAY_MS, fields, aggregate: 'min' })
  expect(least[0]!.values).toMatchObject({ error_code: 0, charge_limit_pct: 90 })
})

it('says of flags whether they were ever 0, or 1, raw and of hours', async () => {
  const fields = ['is_ups_mode']
  for (const days of [1, 100]) {
    const told = async (aggregate: 'min' | 'max' | 'mean') => {
      const { rows: steps } = await ask({ fromAt: END - days * DAY_MS, fields, aggregate })
      return new Set(steps.filter(({ tags }) => tags.module_sn === PACKS[0]).map(({ values }) => values.is_ups_mode))
    }
    expect([days, await told('min'), await told('max')]).toEqual([days, new Set([0]), new Set([1])])
    expect([...(await told('mean'))][0]).toBeGreaterThan(0)
  }
})

it('fills nothing', async () => {
  const { rows: told } = await ask({ fromAt: END - 3 * DAY_MS, toAt: END - DAY_MS })
  expect(told[0]!.at).toBe(END - 2 * DAY_MS)
  expect((await ask({ fields: ['cell_min_v'] })).rows).toEqual([])
})

it('knows every number of the catalogue, and guesses at names that are misspelt', () => {
  expect(SERIES_MEASUREMENTS).toEqual(expect.arrayContaining(['battery', 'flow', 'kit', 'energy', 'battery_health']))
  expect(SERIES_MEASUREMENTS).not.toContain('collector')
  expect(seriesFields('battery').get('soc_pct')).toEqual({ unit: 'pct', hasRange: true, hasMean: true })
  expect(seriesFields('battery').get('charge_limit_pct')).toMatchObject({ hasRange: false, hasMean: false })
  expect(seriesFields('battery').get('charge_state_raw')).toMatchObject({ unit: 'code', hasMean: false })
  expect(complaintAbout('battery', ['soc_pct'])).toBeUndefined()
  expect(complaintAbout('batery', [])).toMatch(/no measurement batery .* Is battery meant\?/)
  expect(complaintAbout('battery', ['soc_pct', 'sock_pct'])).toBe('battery has no number sock_pct. Is soc_pct meant?')
  expect(complaintAbout('battery', ['charge_state'])).toMatch(/is a word; its number is in charge_state_raw/)
  expect(complaintAbout('collector', [])).toMatch(/no measurement collector/)
})
