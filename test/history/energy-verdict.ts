/** What the rows of a life say of each flow, pack and circuit, beside what is true of the time that they cover. */
import type { Point } from '../../src/store/line-protocol.ts'
import type { Life } from './scenario.ts'

/** Shares of what is true. */
export interface Limits {
  readonly flow: number
  /** AC watts arrive cut off to whole ones. */
  readonly ac: number
}

export interface Finding {
  readonly what: string
  readonly truth: number
  readonly found: number
  /** How far the two may be apart. */
  readonly allowed: number
}

export const isGood = ({ truth, found, allowed }: Finding): boolean => Math.abs(found - truth) <= allowed

const HOUR_S = 3_600
const HOUR_MS = 3_600_000
const FLOWS = ['solar_1', 'solar_2', 'dc_in', 'ac_in', 'battery_charge', 'battery_discharge', 'ac_out', 'dc_out']

export const numberOf = (point: Point | undefined, field: string): number => {
  const value = point?.fields[field]
  return typeof value === 'number' ? value : Number.NaN
}

/** Of a field that rows may leave out: absent is nothing. */
export const sumOf = (rows: readonly Point[], field: string): number =>
  rows.reduce((sum, row) => sum + (Number.isNaN(numberOf(row, field)) ? 0 : numberOf(row, field)), 0)

/** Rows of a measurement within the life, where these tags hold. */
export const rowsIn = (life: Life, measurement: string, tags: Readonly<Record<string, string>> = {}): Point[] =>
  life.line
    .rows(measurement)
    .filter(({ at }) => at >= life.from && at < life.until)
    .filter((row) => Object.entries(tags).every(([tag, value]) => row.tags[tag] === value))

const trueOf = ({ names, coveredWh }: Life, name: string): number => coveredWh[names.indexOf(name)]!

const flowFindings = (life: Life, limits: Limits): Finding[] => {
  const rows = rowsIn(life, 'energy')
  const found = FLOWS.map((flow): Finding => {
    const truth = trueOf(life, flow)
    const limit = flow.startsWith('ac_') ? limits.ac : limits.flow
    return { what: flow, truth, found: sumOf(rows, `${flow}_wh`), allowed: limit * truth }
  })
  const load = trueOf(life, 'ac_out') + trueOf(life, 'dc_out')
  const solar = trueOf(life, 'solar_1') + trueOf(life, 'solar_2')
  return [
    ...found,
    { what: 'solar', truth: solar, found: sumOf(rows, 'solar_wh'), allowed: limits.flow * solar },
    { what: 'load', truth: load, found: sumOf(rows, 'load_wh'), allowed: limits.ac * load },
  ]
}

const packFindings = (life: Life, limits: Limits): Finding[] =>
  life.kit.plan.packs.flatMap(({ sn }, index) =>
    (['charge', 'discharge'] as const).map((way): Finding => {
      const truth = trueOf(life, `pack ${index + 1} ${way}`)
      const found = sumOf(rowsIn(life, 'energy_battery', { module_sn: sn }), `${way}_wh`)
      return { what: `pack ${index + 1} ${way}`, truth, found, allowed: limits.flow * truth }
    }),
  )

/** How far cutting off to whole watts (of which half of one is given back), and to whole milliamperes, takes a steady load off (W). */
const CUT_OFF_W: Readonly<Record<string, number>> = { ac: 0.1, dc: 0.0005 * 13.8 }
const CIRCUIT = /^[ad]c \d/

/**
 * How far chance alone takes the energy of a circuit off (Wh, three standard deviations): a jump of its power lies
 * anywhere between two reports, evenly.
 */
const chanceWh = ({ jumps, scenario: { cadenceMs } }: Life, channel: number): number =>
  3 * Math.sqrt((jumps[channel]! * (cadenceMs / HOUR_MS) ** 2) / 12)

/** A small circuit loses to the cutting off beside its share; one that is on for minutes is met by few reports. */
const circuitFindings = (life: Life, limits: Limits): Finding[] =>
  life.names
    .filter((name) => CIRCUIT.test(name))
    .map((name): Finding => {
      const [side, circuit] = name.split(' ') as [string, string]
      const rows = rowsIn(life, 'energy_circuit', { side, circuit })
      const limit = side === 'ac' ? limits.ac : limits.flow
      const hours = sumOf(rows, 'covered_s') / HOUR_S
      const truth = trueOf(life, name)
      const allowed =
        limit * truth + (truth > 0 ? CUT_OFF_W[side]! * hours + chanceWh(life, life.names.indexOf(name)) : 0)
      return { what: `circuit ${name}`, truth, found: sumOf(rows, 'energy_wh'), allowed }
    })

/** Energies in watt-hours: flows, packs, circuits. */
export const energyFindings = (life: Life, limits: Limits): Finding[] => [
  ...flowFindings(life, limits),
  ...packFindings(life, limits),
  ...circuitFindings(life, limits),
]
