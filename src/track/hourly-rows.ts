/** The rows of a module's hour, one per series: no point objects, since all modules of a fleet write theirs at once. */
import { COVERED } from '../catalogue/hourly-form.ts'
import type { HourField } from '../catalogue/table.ts'
import { createPen, type Lead, leadOf, putLead, putNumber, putText, takeText } from '../store/line-bytes.ts'
import { type LineBuilder, prefixOf } from './encode.ts'
import type { ModuleState } from './state.ts'

/** Means carry six decimals: more is noise of the arithmetic. */
const DIGITS = 1e6
const BEFORE_COVERED = leadOf(` ${COVERED}=`)
const BEFORE_STAMP = leadOf(' ')
const LINE_END = leadOf('\n')

const pen = createPen()

const put = (at: number, lead: Lead, value: number): number => putNumber(pen, putLead(pen, at, lead), value)

/** What the field was last in the hour; NaN where no report of the hour told it. */
const lastOf = ({ hours }: ModuleState, values: Float64Array, slot: number): number => {
  if (hours.reports === 0) return Number.NaN
  return Number.isNaN(values[slot]!) ? (hours.lasts?.[slot] ?? Number.NaN) : values[slot]!
}

const putField = (module: ModuleState, field: HourField, last: number, at: number): number => {
  const { numbers } = module.hours
  const { means, ranges } = module.table.hours
  const { mean, range, states, mask } = field
  const least = numbers[2 * means.length + range]!
  const most = numbers[2 * means.length + ranges.length + range]!
  const ms = numbers[means.length + mean]!
  let end = at
  if (mean >= 0 && ms > 0) end = put(end, field.meanLead, Math.round((numbers[mean]! / ms) * DIGITS) / DIGITS)
  if (range >= 0 && least <= most) end = put(put(end, field.minLead, least), field.maxLead, most)
  if (Number.isNaN(last)) return end
  const lead = states ? (states.listed.get(mask < 0 ? last : last & mask) ?? states.other) : field.lastLead
  return put(end, lead, last)
}

/** The longest time that a mean of the series is over; where it has none, the module's. */
const coveredOf = ({ hours, table }: ModuleState, series: number): number => {
  const { means, fields } = table.hours
  let most = 0
  for (const field of fields)
    if (field.series === series && field.mean >= 0) most = Math.max(most, hours.numbers[means.length + field.mean]!)
  return most || hours.coveredMs
}

const rowOf = (module: ModuleState, kitSn: string, series: number, values: Float64Array): string => {
  const begin = put(putText(pen, 0, prefixOf(module, kitSn, series)), BEFORE_COVERED, coveredOf(module, series) / 1000)
  let end = begin
  for (const field of module.table.hours.fields)
    if (field.series === series) end = putField(module, field, lastOf(module, values, field.slot), end)
  if (end === begin) return ''
  return takeText(pen, putLead(pen, put(end, BEFORE_STAMP, module.hours.at), LINE_END))
}

/** Appends the rows of the hour. `values`: as they were at its last report. */
export const writeHour = (module: ModuleState, kitSn: string, values: Float64Array, into: LineBuilder): void => {
  for (let series = 0; series < module.table.series.length; series++)
    into.history += rowOf(module, kitSn, series, values)
}
