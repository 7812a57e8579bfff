/** Energies of periods as columns: what came in stands on what went out. Pure. */

import type { MessageKey } from '../../language.ts'
import type { EnergyPeriod } from '../../past-shapes.ts'
import { dateAt, type Zone } from '../../zone.ts'

type Take = (period: EnergyPeriod) => number | undefined

export interface EnergyPart {
  readonly key: string
  readonly label: MessageKey
  readonly colour: string
  /** Wh; undefined where it is not known. */
  readonly take: Take
}

/** `whole` less what of it is told by itself. */
const less = (whole: number | undefined, part: number | undefined): number | undefined =>
  whole === undefined ? undefined : Math.max(0, whole - (part ?? 0))

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : one + (other ?? 0)

export const SOURCES: readonly EnergyPart[] = [
  { key: 'solar', label: 'history.solar', colour: '--sun', take: (of) => sum(of.solar_wh, of.dc_in_solar_wh) },
  { key: 'dc_in', label: 'history.dc-in', colour: '--alternator', take: (of) => less(of.dc_in_wh, of.dc_in_solar_wh) },
  { key: 'shore', label: 'history.shore', colour: '--shore', take: (of) => less(of.ac_in_wh, of.generator_wh) },
  { key: 'generator', label: 'history.generator', colour: '--generator', take: (of) => of.generator_wh },
  {
    key: 'discharge',
    label: 'history.discharge',
    colour: '--discharge',
    take: (of) => of.battery_discharge_wh,
  },
]

export const SINKS: readonly EnergyPart[] = [
  { key: 'ac_out', label: 'history.ac-out', colour: '--ac-out', take: (of) => of.ac_out_wh },
  { key: 'dc_out', label: 'history.dc-out', colour: '--dc-out', take: (of) => of.dc_out_wh },
  { key: 'charge', label: 'history.charge', colour: '--charge', take: (of) => of.battery_charge_wh },
  { key: 'loss', label: 'history.loss', colour: '--strong-line', take: (of) => of.loss_wh },
]

const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000

export interface EnergyColumn {
  readonly startAt: number
  readonly endAt: number
  readonly date: string
  readonly period: EnergyPeriod
  /** Seconds of it that nothing is known of; what has not come yet is not missing. */
  readonly missingS: number
  /** Whether it is not over. */
  readonly isRunning: boolean
}

export const columnsOf = (periods: readonly EnergyPeriod[], at: number, zone: Zone): EnergyColumn[] =>
  periods.map((period) => {
    const endAt = period.start_ms + (period.hours_count === undefined ? QUARTER_MS : period.hours_count * HOUR_MS)
    return {
      startAt: period.start_ms,
      endAt,
      date: period.local_date ?? dateAt(period.start_ms, zone),
      period,
      missingS: Math.max(0, period.expected_s - period.covered_s),
      isRunning: endAt > at,
    }
  })

/** So little is not worth a mark: modules report at different moments. */
const LITTLE = 0.01

export const isIncomplete = ({ missingS, period }: EnergyColumn): boolean => missingS > period.expected_s * LITTLE

export const heightOf = (parts: readonly EnergyPart[], hidden: ReadonlySet<string>, { period }: EnergyColumn): number =>
  parts.reduce((height, { key, take }) => height + (hidden.has(key) ? 0 : (take(period) ?? 0)), 0)

/** Over all periods; undefined where none of them knows it. */
export const totalOf = ({ take }: EnergyPart, columns: readonly EnergyColumn[]): number | undefined =>
  columns.reduce<number | undefined>((total, { period }) => sum(total, take(period)), undefined)

/** Round numbers from 0 to at least `most`, three or four of them. */
export const roundSteps = (most: number): number[] => {
  const rough = Math.max(most, 3) / 3
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, index) => index * step)
}

export type By = 'quarter' | 'day' | 'month' | 'year'
export const BYS: readonly By[] = ['quarter', 'day', 'month', 'year']

const DAY_MS = 24 * HOUR_MS
/** So long a range may be for each to be offered. */
export const LONGEST_MS: Readonly<Record<By, number>> = {
  quarter: 8 * DAY_MS,
  day: 400 * DAY_MS,
  month: Infinity,
  year: Infinity,
}

/** The one that shows most without being crowded. */
export const usualBy = (rangeMs: number): By => {
  if (rangeMs <= 2 * DAY_MS) return 'quarter'
  return rangeMs <= 100 * DAY_MS ? 'day' : rangeMs <= 6 * 366 * DAY_MS ? 'month' : 'year'
}
