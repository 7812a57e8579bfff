/** Whether the days, months and years of a life are those of the calendar, and the sums of what lies in them. */
import type { Point } from '../../src/store/line-protocol.ts'
import { type CalendarLife, localTimeOf } from './calendar-life.ts'
import { numberOf, sumOf } from './energy-verdict.ts'

export interface CalendarFound {
  readonly days: number
  /** Local dates of days that have not 24 hours, with how many they have. */
  readonly oddDays: Readonly<Record<string, number>>
  readonly complaints: readonly string[]
}

const FIELDS = ['dc_out_wh', 'load_wh', 'battery_discharge_wh', 'covered_s', 'expected_s']
const HOUR_MS = 3_600_000
/** Rows carry six decimals. */
const ROUNDING = 1e-4

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= ROUNDING + 1e-9 * Math.abs(b)

/** How dates end on which a period begins, by how many characters of a local time name it. */
const FIRST: Readonly<Record<number, string>> = { 10: '', 7: '-01', 4: '-01-01' }

/** Rows by the first characters of a local time: ten of a day, seven of a month, four of a year. */
const grouped = (rows: readonly Point[], timeZone: string, length: number): Map<string, Point[]> => {
  const groups = new Map<string, Point[]>()
  for (const row of rows) {
    const key = localTimeOf(row.at, timeZone).slice(0, length)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}

const textOf = (row: Point, field: string): string => String(row.fields[field] ?? '')

/** Rows of one measurement against the quarters that lie in each. */
const periodComplaints = (life: CalendarLife, measurement: string, timeZone: string, length: number): string[] => {
  const quarters = grouped(life.rows('energy'), timeZone, length)
  const rows = life.rows(measurement)
  const complaints = rows.length === quarters.size ? [] : [`${rows.length} rows of ${quarters.size} ${measurement}`]
  for (const row of rows) {
    const date = textOf(row, 'local_date')
    const own = quarters.get(date.slice(0, length)) ?? []
    const shown = localTimeOf(row.at, timeZone)
    if (shown !== `${date} 00:00` || !date.endsWith(FIRST[length]!))
      complaints.push(`${measurement} ${date} is stamped ${shown}`)
    for (const field of FIELDS)
      if (!isNear(numberOf(row, field), sumOf(own, field)))
        complaints.push(`${measurement} ${date}: ${field} ${numberOf(row, field)}, its quarters ${sumOf(own, field)}`)
  }
  return complaints
}

/** Hours by the stamps: until the next row begins. */
const hourComplaints = (rows: readonly Point[]): string[] =>
  rows.slice(0, -1).flatMap((row, index) => {
    const hours = (rows[index + 1]!.at - row.at) / HOUR_MS
    return numberOf(row, 'hours_count') === hours
      ? []
      : [`${textOf(row, 'local_date')}: ${numberOf(row, 'hours_count')} hours told, ${hours} by the stamps`]
  })

/** Looks at a life that stayed in one zone. */
export const calendarFound = (life: CalendarLife, timeZone: string): CalendarFound => {
  const days = life.rows('energy_day')
  const odd = days.filter((row) => numberOf(row, 'hours_count') !== 24)
  const whole = sumOf(life.rows('energy_year'), 'dc_out_wh')
  // The last report is followed by nothing, and its quarter may not be told yet.
  const isWhole = Math.abs(whole - life.dcOutWh) <= 1e-3 * life.dcOutWh + 60
  return {
    days: days.length,
    oddDays: Object.fromEntries(odd.map((row) => [textOf(row, 'local_date'), numberOf(row, 'hours_count')])),
    complaints: [
      ...periodComplaints(life, 'energy_day', timeZone, 10),
      ...periodComplaints(life, 'energy_month', timeZone, 7),
      ...periodComplaints(life, 'energy_year', timeZone, 4),
      ...hourComplaints(days),
      ...hourComplaints(life.rows('energy_month')),
      ...(isWhole ? [] : [`the years hold ${whole} Wh of ${life.dcOutWh}`]),
    ],
  }
}
