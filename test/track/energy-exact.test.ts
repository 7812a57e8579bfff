/** Reports at random moments against an integral of its own kind: breakpoints of all modules, and lines between them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/store/line-protocol.ts'
import { restoreSnapshot, takeSnapshot } from '../../src/track/snapshot.ts'
import { catalogue, createLine, DCIN, DCOU, minuteInput, PACK, pushInput, START } from './virtual-line.ts'

const SECOND_PACK = 'M101Z3B4ZE5K0032'
const QUARTER_MS = 900_000
const MINUTE_MS = 60_000
const VOLTS = 50

interface Report {
  readonly sn: string
  readonly at: number
  readonly amperes: number
}

/** Whole milliamperes at 50 V; the watts are cut off, as kits do. */
const paramsOf = ({ sn, amperes }: Report): object => {
  const milli = Math.round(amperes * 1000)
  const watts = Math.trunc(VOLTS * amperes)
  if (sn === DCIN) return { dcInVol: VOLTS * 1000, dcInCurr: milli, dcInWatts: watts, chgType: 2 }
  if (sn === DCOU) return { ldOutVol: VOLTS * 1000, ldOutCurr: milli, ldOutWatts: watts }
  return { vol: VOLTS * 1000, amp: milli, inWatts: Math.max(0, watts), outWatts: Math.min(0, watts) }
}

const reportsOf = (sn: string, least: number): fc.Arbitrary<Report[]> =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: least, max: 20_000 })), {
      minLength: 2,
      maxLength: 60,
    })
    .map((steps) => {
      let at = START
      return steps.map(([wait, milli]) => {
        at += wait
        return { sn, at, amperes: milli / 1000 }
      })
    })

const kits = fc
  .tuple(reportsOf(PACK, -20_000), reportsOf(SECOND_PACK, -20_000), reportsOf(DCIN, -5_000), reportsOf(DCOU, 0))
  .map((modules) => ({ modules, reports: modules.flat().sort((a, b) => a.at - b.at) }))

/** What is not told anew holds until ten seconds before the next report. */
const rampAtOf = (a: Report, b: Report): number => Math.max(a.at, b.at - 10_000)

/** The power of a module before and after a moment: it has none outside its reports. */
const powerIn = (reports: readonly Report[], from: number, to: number): [number, number] => {
  const end = reports.findIndex(({ at }) => at >= to)
  if (end < 1 || reports[end - 1]!.at > from) return [0, 0]
  const [a, b] = [reports[end - 1]!, reports[end]!]
  const rampAt = rampAtOf(a, b)
  const at = (when: number): number =>
    VOLTS * (a.amperes + ((b.amperes - a.amperes) * Math.max(0, when - rampAt)) / (b.at - rampAt))
  return [at(from), at(to)]
}

/** Wh above and below zero of the sum of these modules, by the quarter in which they lie. */
const integrals = (modules: readonly (readonly Report[])[]): Map<number, { above: number; below: number }> => {
  const edges = new Set(modules.flat().map(({ at }) => at))
  for (const reports of modules)
    for (let i = 1; i < reports.length; i++) edges.add(rampAtOf(reports[i - 1]!, reports[i]!))
  for (let at = START; at < START + 8 * QUARTER_MS; at += QUARTER_MS) edges.add(at)
  const sorted = [...edges].sort((a, b) => a - b)
  const found = new Map<number, { above: number; below: number }>()
  for (let i = 1; i < sorted.length; i++) {
    const [from, to] = [sorted[i - 1]!, sorted[i]!]
    const ends = modules.map((reports) => powerIn(reports, from, to))
    const [a, b] = [ends.reduce((sum, [p]) => sum + p, 0), ends.reduce((sum, [, p]) => sum + p, 0)]
    const whole = ((a + b) / 2) * (to - from)
    // Both triangles of a crossing have the same slope: the larger less the smaller is the whole.
    const size = a * b < 0 ? ((a * a + b * b) / (2 * Math.abs(a - b))) * (to - from) : Math.abs(whole)
    const quarter = from - (from % QUARTER_MS)
    const { above, below } = found.get(quarter) ?? { above: 0, below: 0 }
    found.set(quarter, { above: above + (size + whole) / 7.2e6, below: below + (size - whole) / 7.2e6 })
  }
  return found
}

const coveredIn = (reports: readonly Report[], quarter: number): number =>
  Math.max(0, Math.min(reports.at(-1)!.at, quarter + QUARTER_MS) - Math.max(reports[0]!.at, quarter)) / 1000

/** All rows: reports and whole minutes in order, until every quarter is final. `restarts` cuts in between. */
const live = (reports: readonly Report[], restarts: Iterator<boolean>): Point[] => {
  let line = createLine()
  const rows: Point[] = []
  const inputs = reports.map((report) => pushInput(report.at, report.sn, paramsOf(report)))
  for (let at = START; at <= reports.at(-1)!.at + 25 * MINUTE_MS; at += MINUTE_MS) inputs.push(minuteInput(at))
  for (const input of inputs.sort((a, b) => a.at - b.at)) {
    rows.push(...line.run(input))
    if (restarts.next().value)
      line = createLine(restoreSnapshot(Buffer.concat(takeSnapshot(line.state, catalogue)), catalogue))
  }
  return rows
}

const never: Iterator<boolean> = { next: () => ({ value: false, done: false }) }

const lastOf = (rows: readonly Point[], measurement: string, at: number, sn?: string): Point['fields'] =>
  rows.findLast((row) => row.measurement === measurement && row.at === at && (!sn || row.tags.module_sn === sn))!.fields

describe('energy', () => {
  it('is the exact integral of straight lines between reports, and covers what lies between them', () => {
    fc.assert(
      fc.property(kits, ({ modules, reports }) => {
        const rows = live(reports, never)
        const [packs, dcIn, dcOut] = [modules.slice(0, 2), modules[2]!, modules[3]!]
        const [battery, input, output] = [integrals(packs), integrals([dcIn]), integrals([dcOut])]
        const end = reports.at(-1)!.at
        for (let at = START; at <= end; at += QUARTER_MS) {
          const row = lastOf(rows, 'energy', at)
          expect(row.battery_charge_wh).toBeCloseTo(battery.get(at)?.above ?? 0, 4)
          expect(row.battery_discharge_wh).toBeCloseTo(battery.get(at)?.below ?? 0, 4)
          expect(row.dc_in_wh).toBeCloseTo(input.get(at)?.above ?? 0, 4)
          expect(row.dc_in_solar_wh).toBe(row.dc_in_wh)
          expect(row.dc_out_wh).toBeCloseTo((output.get(at)?.above ?? 0) + (input.get(at)?.below ?? 0), 4)
          expect(row.covered_s).toBeCloseTo(Math.min(...modules.map((each) => coveredIn(each, at))), 6)
          for (const pack of packs) {
            if (coveredIn(pack, at) === 0) continue
            const own = lastOf(rows, 'energy_battery', at, pack[0]!.sn)
            expect(own.charge_wh).toBeCloseTo(integrals([pack]).get(at)?.above ?? 0, 4)
            expect(own.discharge_ah).toBeCloseTo((integrals([pack]).get(at)?.below ?? 0) / VOLTS, 5)
            expect(own.covered_s).toBeCloseTo(coveredIn(pack, at), 6)
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is the same to the last digit wherever the collector is restarted', () => {
    fc.assert(
      fc.property(kits, fc.infiniteStream(fc.boolean()), ({ reports }, restarts) => {
        expect(live(reports, restarts)).toEqual(live(reports, never))
      }),
      { numRuns: 8 },
    )
  })

  it('of days, months and years is the sum of their quarters', () => {
    fc.assert(
      fc.property(kits, ({ reports }) => {
        const rows = live(reports, never)
        const quarters = new Map(rows.filter((row) => row.measurement === 'energy').map((row) => [row.at, row.fields]))
        for (const measurement of ['energy_day', 'energy_month', 'energy_year']) {
          const { fields } = rows.findLast((row) => row.measurement === measurement)!
          for (const [name, value] of Object.entries(fields)) {
            if (name === 'local_date' || name === 'hours_count') continue
            const sum = [...quarters.values()].reduce((all, quarter) => all + Number(quarter[name] ?? 0), 0)
            expect(value, `${measurement} ${name}`).toBeCloseTo(sum, 5)
          }
        }
      }),
      { numRuns: 15 },
    )
  })
})
