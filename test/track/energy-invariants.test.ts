/** Whatever comes, in whatever order and with whatever clock: what energy promises of its rows. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { histories } from './random-inputs.ts'
import { createLine, minuteInput } from './virtual-line.ts'

const QUARTER_MS = 900_000
const OPEN_ENDED = new Set(['uncovered_min_wh', 'uncovered_max_wh'])

/** The rows of the inputs, and of the minutes behind them until all quarters are written. */
const rowsOf = (inputs: Parameters<ReturnType<typeof createLine>['run']>[0][]): Point[] => {
  const line = createLine()
  const rows = inputs.flatMap((input) => line.run(input))
  const last = Math.ceil(inputs.at(-1)!.at / 60_000) * 60_000
  for (let minute = 0; minute < 30; minute++) rows.push(...line.run(minuteInput(last + minute * 60_000)))
  return rows
}

const numbersOf = (row: Point): [string, number][] =>
  Object.entries(row.fields).filter((entry): entry is [string, number] => typeof entry[1] === 'number')

it('energy never runs backwards, covers more than there is, or leaves out a quarter', () => {
  fc.assert(
    fc.property(histories, (inputs) => {
      const rows = rowsOf(inputs)
      const quarters = rows.filter(({ measurement }) => measurement === 'energy')
      const starts = [...new Set(quarters.map(({ at }) => at))].sort((a, b) => a - b)
      expect(starts).toEqual(starts.map((_, i) => starts[0]! + i * QUARTER_MS))
      for (const row of rows) {
        if (!row.measurement.startsWith('energy') || row.measurement === 'energy_device') continue
        for (const [name, value] of numbersOf(row))
          if (!OPEN_ENDED.has(name)) expect(value, `${row.measurement} ${name}`).toBeGreaterThanOrEqual(0)
        const { covered_s, expected_s } = row.fields as Record<string, number>
        expect(covered_s).toBeLessThanOrEqual(expected_s! + 1e-6)
      }
      for (const { fields } of quarters) {
        const { uncovered_min_wh: least, uncovered_max_wh: most } = fields as Record<string, number>
        if (least !== undefined) expect(least).toBeLessThanOrEqual(most!)
      }
    }),
    { numRuns: 100 },
  )
})

it('days, months and years hold what their quarters hold', () => {
  fc.assert(
    fc.property(histories, (inputs) => {
      const rows = rowsOf(inputs)
      const last = (measurement: string): Point[] => [
        ...new Map(rows.filter((row) => row.measurement === measurement).map((row) => [row.at, row])).values(),
      ]
      const sum = (measurement: string, name: string): number =>
        last(measurement).reduce((all, { fields }) => all + Number(fields[name] ?? 0), 0)
      for (const name of ['covered_s', 'expected_s', 'battery_charge_wh', 'dc_in_wh', 'dc_out_wh', 'solar_wh'])
        for (const measurement of ['energy_day', 'energy_month', 'energy_year'])
          expect(sum(measurement, name), `${measurement} ${name}`).toBeCloseTo(sum('energy', name), 4)
    }),
    { numRuns: 60 },
  )
})
