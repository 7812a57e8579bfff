/** Hourly rows of a kit as a whole, against the rows they are made from: each holds until the next, at most a minute. */
import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { createHours } from './kit-hours.ts'
import { catalogue, createLine, START } from './virtual-line.ts'

const HOUR_MS = 3_600_000
const isHourly = ({ fields }: Point): boolean => 'covered_s' in fields

const own = (points: readonly Point[], measurement: string): Point[] =>
  points.filter((point) => point.measurement === measurement && !isHourly(point))

const hours = (points: readonly Point[], measurement: string): Point[] =>
  points.filter((point) => point.measurement === measurement && isHourly(point))

interface Expected {
  sum: number
  ms: number
  readonly told: number[]
}

/** What the rows say of one field in the hour from `at`. */
const expectedOf = (rows: readonly Point[], field: string, at: number): Expected => {
  const expected: Expected = { sum: 0, ms: 0, told: [] }
  rows.forEach((row, i) => {
    const value = row.fields[field]
    if (typeof value !== 'number') return
    const until = Math.min(row.at + 60_000, rows[i + 1]?.at ?? row.at, at + HOUR_MS)
    const ms = Math.max(0, until - Math.max(row.at, at))
    expected.sum += value * ms
    expected.ms += ms
    if (row.at >= at && row.at < at + HOUR_MS) expected.told.push(value)
  })
  return expected
}

/** Three hours with a silence, a minute that never came, and a kit that goes away. */
const recorded = (): Point[] => {
  const kit = createHours()
  kit.stretch(0, 4000, { pushes: 7, polls: 60 })
  kit.stretch(4000, 5000, {})
  kit.stretch(5000, 6660, { pushes: 5 })
  kit.stretch(6900, 7300, { pushes: 1 })
  kit.stretch(7300, 4 * 3600 + 1, { polls: 60, watts: 900 })
  return kit.rows
}

const points = recorded()

describe.each(['kit', 'flow'])('the hours of %s', (measurement) => {
  const rows = own(points, measurement)
  const told = hours(points, measurement)

  it('come once each, stamped at their start', () => {
    expect(rows.length).toBeGreaterThan(200)
    expect(told.map(({ at }) => (at - START) / HOUR_MS)).toEqual([0, 1, 2, 3])
  })

  it('say what the rows said', () => {
    const fields = new Set(rows.flatMap(({ fields: all }) => Object.keys(all)))
    let means = 0
    for (const { at, fields: hour } of told)
      for (const field of fields) {
        const { sum, ms, told: values } = expectedOf(rows, field, at)
        if (values.length === 0) continue
        if (hour[field] !== undefined) expect(hour[field], field).toBeCloseTo(sum / ms, 5)
        if (hour[field] !== undefined) means++
        if (hour[`min_${field}`] !== undefined)
          expect([hour[`min_${field}`], hour[`max_${field}`]]).toEqual([Math.min(...values), Math.max(...values)])
        expect(hour[`last_${field}`], field).toBe(values.at(-1))
      }
    expect(means).toBeGreaterThan(30)
  })

  it('cover what the rows cover', () => {
    const field = measurement === 'kit' ? 'error_count' : 'solar_w'
    for (const { at, fields } of told) expect(fields.covered_s).toBe(expectedOf(rows, field, at).ms / 1000)
    expect(told[1]!.fields.covered_s).toBeLessThan(3600)
  })
})

it('begins the hour anew when a snapshot is of other fields', () => {
  const line = createLine()
  line.minute(60)
  line.push(61, 'M1093-DCOU-4B2D6', { ldOutVol: 26_000 })
  for (let at = 120; at < 600; at += 60) line.minute(at)
  const text = Buffer.concat(takeSnapshot(line.state, catalogue)).toString()
  const other = text.replaceAll(/"layout":\d+/g, '"layout":1')
  const rowOf = (snapshot: string): Point => {
    const restored = createLine(restoreSnapshot(Buffer.from(snapshot), catalogue))
    const rows: Point[] = []
    for (let at = 600; at <= 3600; at += 60) rows.push(...restored.minute(at))
    return hours(rows, 'kit')[0]!
  }
  expect(rowOf(text).fields.covered_s).toBe(3600 - 120)
  expect(rowOf(other).fields.covered_s).toBe(3600 - 600)
})
