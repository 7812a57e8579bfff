/** Hours of modules: means, least, greatest and last values against the plain sum over what reports told. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Point, parseLine } from '../../src/store/line-protocol.ts'
import type { LineBuilder } from '../../src/track/encode.ts'
import { holdHour, tickHours, trackHour } from '../../src/track/hourly.ts'
import { createKit, createModule, createState, forget, type ModuleState } from '../../src/track/state.ts'
import { catalogue, createLine, DCOU, KIT, PACK, START, type VirtualLine } from './virtual-line.ts'

const HOUR = 3600
const HOUR_MS = HOUR * 1000
const table = catalogue.tables.get('bbcout')!
const [volts, state] = [table.slotOf('voltage_v'), table.slotOf('nominal_output')]

/** A report: so many ms behind the one before, whether what was held still held, and the voltage (undefined: unknown). */
interface Told {
  readonly afterMs: number
  readonly isHeld: boolean
  readonly isForgotten: boolean
  readonly value: number | undefined
}

interface Sum {
  wh: number
  ownMs: number
  coveredMs: number
  readonly told: number[]
}

/** Every millisecond counted where it belongs: a stretch is cut at each hour it crosses. */
const reference = (reports: readonly Told[]): Map<number, Sum> => {
  const hours = new Map<number, Sum>()
  const hourAt = (at: number): Sum => {
    const start = at - (at % HOUR_MS)
    if (!hours.has(start)) hours.set(start, { wh: 0, ownMs: 0, coveredMs: 0, told: [] })
    return hours.get(start)!
  }
  let at = START
  let before: number | undefined
  reports.forEach(({ afterMs, isHeld, isForgotten, value }, i) => {
    const fromAt = at
    at += afterMs
    const held = isForgotten ? undefined : before
    if (isHeld && !isForgotten && i > 0)
      for (let start = fromAt; start < at; ) {
        const end = Math.min(at, start - (start % HOUR_MS) + HOUR_MS)
        const sum = hourAt(start)
        sum.coveredMs += end - start
        if (held !== undefined && value !== undefined) {
          // It holds until ten seconds before the report, and ramps then.
          const rampAt = Math.max(fromAt, at - 10_000)
          const along = (moment: number): number => held + ((value - held) * (moment - rampAt)) / (at - rampAt)
          const [held1, held2, ramp1, ramp2] = [Math.min, Math.max].flatMap((of) => [
            of(start, rampAt),
            of(end, rampAt),
          ])
          sum.ownMs += end - start
          sum.wh += held * (held2! - held1!)
          sum.wh += ((along(ramp1!) + along(ramp2!)) / 2) * (ramp2! - ramp1!)
        }
        start = end
      }
    if (value !== undefined) hourAt(at).told.push(value)
    before = value
  })
  return hours
}

/** `fromAt`: of the report before; 0 for the first one. */
const report = (module: ModuleState, told: Told, fromAt: number, at: number, into: LineBuilder): void => {
  const kit = createKit(KIT, createState())
  if (told.isForgotten) forget(module)
  holdHour(module)
  module.values[volts] = told.value ?? Number.NaN
  module.heardAt = at
  trackHour(kit, module, told.isHeld && !told.isForgotten ? fromAt : 0, at, into)
}

const rowsOf = (reports: readonly Told[]): Map<number, Point['fields']> => {
  const into: LineBuilder = { raw: '', history: '' }
  const kit = createKit(KIT, createState())
  const module = createModule(table, DCOU, kit.numbers)
  kit.modules.set('it', module)
  let at = START
  for (const told of reports) {
    report(module, told, module.heardAt, at + told.afterMs, into)
    at += told.afterMs
  }
  tickHours(kit, at + 10 * HOUR_MS, into)
  const points = into.history.split('\n').filter(Boolean).map(parseLine)
  expect(new Set(points.map((point) => point.at)).size).toBe(points.length)
  return new Map(points.map((point) => [point.at, point.fields]))
}

const told = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 3 * HOUR_MS })),
  isHeld: fc.boolean().map((isNot) => !isNot || isNot),
  isForgotten: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  value: fc.option(
    fc.integer({ min: 0, max: 60_000 }).map((milli) => milli / 1000),
    { nil: undefined, freq: 8 },
  ),
})

describe('the hours of a module', () => {
  it('are the plain sums over what its reports told, each millisecond in its hour', () => {
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 40 }), (reports) => {
        const rows = rowsOf(reports)
        const expected = [...reference(reports)].filter(([, sum]) => sum.coveredMs > 0)
        const shown = expected.filter(([, { ownMs, told: values }]) => ownMs > 0 || values.length > 0)
        expect([...rows.keys()].sort()).toEqual(shown.map(([at]) => at).sort())
        for (const [at, { wh, ownMs, coveredMs, told: values }] of shown) {
          const row = rows.get(at)!
          expect(row.covered_s).toBe((ownMs || coveredMs) / 1000)
          if (ownMs > 0) expect(row.voltage_v).toBeCloseTo(wh / ownMs, 5)
          else expect(row.voltage_v).toBeUndefined()
          const range = values.length > 0 ? [Math.min(...values), Math.max(...values), values.at(-1)] : []
          expect([row.min_voltage_v, row.max_voltage_v, row.last_voltage_v].filter((v) => v !== undefined)).toEqual(
            range,
          )
        }
      }),
      { numRuns: 300 },
    )
  })
})

const hourly = (points: readonly Point[], measurement = 'dc_output'): Point[] =>
  points.filter((point) => point.measurement === measurement && 'covered_s' in point.fields)

/** Pushes of DC output every ten seconds. */
const pushes = (line: VirtualLine, from: number, to: number, voltage: (seconds: number) => number): Point[] => {
  const rows: Point[] = []
  for (let at = from; at <= to; at += 10) rows.push(...line.push(at, DCOU, { ldOutVol: voltage(at) }))
  return rows
}

describe('hourly rows of the line', () => {
  it('are written once, stamped at the hour, with what its reports told', () => {
    const line = createLine()
    const first = line.push(0, DCOU, { cfgVolTag: 1, dcOutSta: 1, errCode: 10_000 })
    const rows = [...first, ...pushes(line, 0, HOUR, (at) => 26_000 + at / 10)]
    const [row, ...others] = hourly(rows)
    expect(others).toEqual([])
    expect(row).toMatchObject({ at: START, tags: { kit_sn: KIT, module_sn: DCOU } })
    expect(row!.fields).toEqual({
      covered_s: HOUR,
      voltage_v: 26.18,
      min_voltage_v: 26,
      max_voltage_v: 26.359,
      last_voltage_v: 26.359,
      last_nominal_output: '24 V',
      last_nominal_output_raw: 1,
      last_is_nominal_output_known: 1,
      is_on: 1,
      last_is_on: 1,
      min_error_code_raw: 10_000,
      max_error_code_raw: 10_000,
      last_error_code_raw: 10_000,
    })
    expect(row!.fields.voltage_v).toBe(26.18)
  })

  it('cover what is heard: nothing across a gap, and what was known before it stays the last', () => {
    const line = createLine()
    const rows = [
      ...line.push(0, DCOU, { hs1Temp: 31 }),
      ...pushes(line, 0, 600, () => 26_000),
      ...pushes(line, 1800, HOUR, () => 27_000),
    ]
    expect(hourly(rows)[0]!.fields).toMatchObject({
      covered_s: 2400,
      voltage_v: 26.75,
      last_voltage_v: 27,
      heatsink_1_temperature_c: 31,
      last_heatsink_1_temperature_c: 31,
    })
  })

  it('do not stay open of a module that is no longer heard, and of hours without it there are none', () => {
    const line = createLine()
    const rows = pushes(line, 0, 600, () => 26_000)
    for (let at = 660; at < 4 * HOUR; at += 60) rows.push(...line.minute(at))
    rows.push(...pushes(line, 4 * HOUR, 5 * HOUR, () => 26_000))
    expect(hourly(rows).map(({ at, fields }) => [(at - START) / HOUR_MS, fields.covered_s])).toEqual([
      [0, 600],
      [4, HOUR],
    ])
  })

  it('are not made where no history is kept', () => {
    const line = createLine(createState(undefined, false))
    expect(hourly(pushes(line, 0, HOUR, () => 26_000))).toEqual([])
  })

  it('tell of a pack’s estimate only while there is one', () => {
    const line = createLine()
    const rows = line.push(0, PACK, { chgState: 2, remainTime: 90 })
    for (let at = 10; at <= HOUR; at += 10)
      rows.push(...line.push(at, PACK, at === 1800 ? { chgState: 1, remainTime: 143_999 } : { soc: 70 }))
    const [row] = hourly(rows, 'battery')
    expect(row!.fields).toMatchObject({ to_full_s: 5400, last_to_full_s: 5400, last_is_remaining_s_known: 0 })
    expect(row!.fields.is_remaining_s_known).toBeCloseTo(1795 / HOUR, 6)
  })
})

it('knows no free words in hourly rows, and no module with more slots than a merge can mark', () => {
  for (const { slots, hours } of catalogue.tables.values()) {
    expect(slots.length).toBeLessThan(1024)
    for (const { slot } of hours.fields) expect(slots[slot]!.format).not.toBe('text')
  }
  expect(table.hours.fields.find(({ slot }) => slot === state)?.states).toBeDefined()
})
