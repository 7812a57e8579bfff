/** Columns of reports: what of an entry a person sees, in which unit, and how it adds up. */
import type { Entry } from '../analysis/asked.ts'
import { dateOf, wallAt } from '../track/local-day.ts'
import type { Column } from './table.ts'

export interface ReportColumn {
  readonly head: string
  /** The field it shows. */
  readonly name: string
  readonly show: (value: number | string, entry: Entry) => string
  readonly isRight: boolean
  readonly hasBar?: boolean
  /** What a whole bar stands for; the column's largest value where it is left out. */
  readonly wholeBar?: number
  readonly isSummed?: boolean
  /** Of a whole that is not covered at all it is not known, whatever is stored. */
  readonly isCounted?: boolean
  /** Where it is not known although it is no nothing. */
  readonly isUnknown?: (entry: Entry) => boolean
  /** Left out where it says nothing in any row. */
  readonly isOptional?: boolean
}

type Also = Partial<Pick<ReportColumn, 'hasBar' | 'wholeBar' | 'isSummed' | 'isOptional' | 'isCounted'>>

const UNKNOWN = '–'

const fixed =
  (digits: number, factor = 1) =>
  (value: number | string) =>
    (Number(value) * factor).toFixed(digits)

/** `2:05`, hours and minutes. */
const hoursMinutes = (seconds: number | string): string => {
  const minutes = Math.round(Number(seconds) / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

export const text = (name: string, head: string, also: Also = {}): ReportColumn => ({
  name,
  head,
  show: String,
  isRight: false,
  ...also,
})

export const number = (name: string, head: string, digits: number, also: Also = {}): ReportColumn => ({
  name,
  head,
  show: fixed(digits),
  isRight: true,
  ...also,
})

/** Stored in Wh, told in kWh. */
export const kiloWattHours = (name: string, what: string, also: Also = {}): ReportColumn => ({
  ...number(name, what === '' ? 'kWh' : `${what} kWh`, 2, { isSummed: true, isCounted: true, ...also }),
  show: fixed(2, 1e-3),
})

/** As it is stored: for what is short. */
export const wattHours = (name: string, what: string, also: Also = {}): ReportColumn =>
  number(name, `${what} Wh`.trim(), 1, { isSummed: true, isCounted: true, ...also })

export const hours = (name: string, what: string, also: Also = {}): ReportColumn => ({
  ...number(name, what === '' ? 'h:min' : `${what} h:min`, 0, also),
  show: hoursMinutes,
})

export const ratio = (name: string, head: string, also: Also = {}): ReportColumn => ({
  ...number(name, head, 1, also),
  show: fixed(1, 100),
})

const KWH = 1000

/** In kWh; in Wh where none of the entries has a whole one, so that little is not told as nothing. */
export const energyOf = (entries: readonly Entry[]): typeof kiloWattHours => {
  const isTold = (name: string): boolean => /(?:^|_)wh$/.test(name) && !name.startsWith('uncovered_')
  const isLarge = (entry: Entry): boolean =>
    Object.entries(entry).some(([name, value]) => isTold(name) && Math.abs(Number(value)) >= KWH)
  return entries.some(isLarge) ? kiloWattHours : wattHours
}

/** Less than this of what came from shore is not all of it. */
const WHOLE_PRICE = 0.99

const fromShore = (entry: Entry): number => Number(entry.ac_in_wh ?? 0) - Number(entry.generator_wh ?? 0)

/** What came from shore, priced; with the share that the price is of where that is not all: `1.20 (45 %)`. */
export const cost = (currency: string): ReportColumn => ({
  ...number('ac_in_cost', `cost ${currency}`.trim(), 2, { isSummed: true, isOptional: true, isCounted: true }),
  isUnknown: (entry) => fromShore(entry) > 0,
  show: (value, entry) => {
    const share = entry.priced_wh === undefined ? 1 : Number(entry.priced_wh) / fromShore(entry)
    const told = Number(value).toFixed(2)
    return share < WHOLE_PRICE ? `${told} (${Math.floor(share * 100)} %)` : told
  },
})

/** Rounded down, so that nothing is whole that is not. */
const percent = (share: number): string => (Math.floor(share * 1000) / 10).toFixed(1)

/** Coverage, where it is not whole: `97.2 %`. */
export const covered: ReportColumn = {
  head: 'covered',
  name: 'covered_s',
  isRight: true,
  isOptional: true,
  show: (value, { expected_s: expected }) => {
    const share = Number(value) / Number(expected)
    return share >= 0.9995 || !Number.isFinite(share) ? '' : `${percent(share)} %`
  },
}

/** The same of every entry, by its share alone. */
export const complete: ReportColumn = {
  ...number('completeness_pct', 'complete %', 1, { hasBar: true, wholeBar: 100 }),
  show: (_, { covered_s: known, expected_s: expected }) => percent(Number(known) / Number(expected)),
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** When an entry begins, by the clock of the kit's place. */
export const start = (form: 'moment' | 'day' | 'month' | 'year', timeZone: string): ReportColumn => ({
  head: { moment: 'begins', day: 'day', month: 'month', year: 'year' }[form],
  name: 'start_ms',
  isRight: false,
  show: (value) => {
    const date = dateOf(Number(value), timeZone)
    const wall = new Date(wallAt(Number(value), timeZone))
    if (form === 'moment') return `${date} ${wall.toISOString().slice(11, 16)}`
    if (form === 'day') return `${WEEKDAYS[wall.getUTCDay()]} ${date}`
    return date.slice(0, form === 'month' ? 7 : 4)
  },
})

const isUncovered = (entry: Entry): boolean => entry.covered_s === 0 && Number(entry.expected_s) > 0

const cellOf = (column: ReportColumn, entry: Entry): string => {
  const value = entry[column.name]
  if (value === undefined) return column.isUnknown?.(entry) ? UNKNOWN : ''
  return column.isCounted && isUncovered(entry) ? UNKNOWN : column.show(value, entry)
}

const numbersIn = ({ name }: ReportColumn, entries: readonly Entry[]): number[] =>
  entries.map((entry) => Number(entry[name] ?? 0))

/** Coverage says something where there is none; anything else where it is more than nothing. */
const says = (column: ReportColumn, entries: readonly Entry[]): boolean =>
  entries.some(
    (entry) => column.name in entry && cellOf(column, entry) !== '' && (column === covered || entry[column.name] !== 0),
  )

/** All sums of the entries as one entry; coverage too. */
const sumOf = (columns: readonly ReportColumn[], entries: readonly Entry[]): Entry => {
  const names = [
    ...columns.filter(({ isSummed }) => isSummed).map(({ name }) => name),
    'priced_wh',
    'covered_s',
    'expected_s',
  ]
  const total = (name: string): number => entries.reduce((sum, entry) => sum + Number(entry[name] ?? 0), 0)
  const present = names.filter((name) => entries.some((entry) => entry[name] !== undefined))
  return Object.fromEntries(present.map((name) => [name, total(name)]))
}

/** The columns filled with the entries; with more than one of them the sums stand below. */
export const fillColumns = (columns: readonly ReportColumn[], entries: readonly Entry[]): Column[] => {
  const sum = sumOf(columns, entries)
  const hasSum = entries.length > 1 && columns.some(({ isSummed }) => isSummed)
  return columns
    .filter((column) => !column.isOptional || says(column, entries))
    .map((column, index) => {
      const { head, isRight, hasBar, wholeBar, isSummed } = column
      const values = hasBar ? numbersIn(column, entries) : []
      const most = hasBar ? (wholeBar ?? Math.max(0, ...values)) : 0
      const isTold = isSummed || column === covered
      const below = index === 0 ? 'sum' : isTold ? cellOf(column, sum) : ''
      return {
        head,
        isRight,
        cells: entries.map((entry) => cellOf(column, entry)),
        ...(most > 0 && { shares: values.map((value) => value / most) }),
        ...(hasSum && { sum: below }),
      }
    })
}
