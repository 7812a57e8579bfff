/** Which numbers a measurement has, by the catalogue, and how each is told over longer times. */
import { compile } from '../catalogue/compile.ts'
import { type HourlyForm, hourlyForm } from '../catalogue/hourly-form.ts'
import { MEASUREMENTS, type MeasurementName } from '../catalogue/measurements.ts'
import { MODULES } from '../catalogue/modules.ts'
import { ROWS } from '../catalogue/rows.ts'
import type { Unit } from '../catalogue/units.ts'
import { nearest } from '../nearest.ts'

interface SeriesField extends HourlyForm {
  readonly unit: Unit
}

const describe = (unit: Unit, isSetting = false): SeriesField => ({ unit, ...hourlyForm(unit, isSetting) })

const readCatalogue = (): ReadonlyMap<MeasurementName, Map<string, SeriesField>> => {
  const all = new Map(
    Object.keys(MEASUREMENTS).map((name) => [name as MeasurementName, new Map<string, SeriesField>()]),
  )
  for (const { slots, series } of MODULES.map(compile))
    for (const { name, unit, format, isSetting, series: index } of slots) {
      const fields = all.get(series[index]!.measurement)!
      if (format === 'number') fields.set(name, describe(unit, isSetting))
      // of a state the number is no quantity: like a setting it has its last value alone
      if (format === 'state') fields.set(`${name}_raw`, describe('code', true))
    }
  for (const [measurement, row] of Object.entries(ROWS))
    for (const [name, { unit }] of Object.entries(row))
      if (unit !== 'text') all.get(measurement as MeasurementName)!.set(name, describe(unit))
  return all
}

const FIELDS = readCatalogue()

const isOfKits = (name: MeasurementName): boolean => (MEASUREMENTS[name].tags as readonly string[])[0] === 'kit_sn'

/** The measurements that have numbers of kits, which can be asked for as series. */
export const SERIES_MEASUREMENTS: readonly MeasurementName[] = [...FIELDS]
  .filter(([name, fields]) => isOfKits(name) && fields.size > 0)
  .map(([name]) => name)

/** The numbers of a measurement. */
export const seriesFields = (measurement: MeasurementName): ReadonlyMap<string, SeriesField> => FIELDS.get(measurement)!

const meant = (given: string, names: readonly string[]): string => {
  const near = nearest(given, names)
  return near === undefined ? '' : ` Is ${near} meant?`
}

/** What is wrong with the names asked for, as a sentence; undefined when nothing is. */
export const complaintAbout = (measurement: string, fields: readonly string[]): string | undefined => {
  const known = SERIES_MEASUREMENTS.find((name) => name === measurement)
  if (known === undefined)
    return `There is no measurement ${measurement} with numbers of a kit.${meant(measurement, SERIES_MEASUREMENTS)}`
  const names = [...seriesFields(known).keys()]
  const wrong = fields.find((name) => !names.includes(name))
  if (wrong === undefined) return undefined
  if (names.includes(`${wrong}_raw`)) return `${wrong} of ${measurement} is a word; its number is in ${wrong}_raw.`
  return `${measurement} has no number ${wrong}.${meant(wrong, names)}`
}
