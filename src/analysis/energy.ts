/** Energy by quarters of an hour, local days, months or years: as `track` has summed it, nothing is added up here. */
import type { Answers } from '../store/store.ts'
import { type Asked, type Entry, entryOf, numberIn } from './asked.ts'

const HOUR_MS = 3_600_000
const QUARTER_MS = 900_000

/** Where each is stored, and how long one can be at most: years of 366 days, hours of changing clocks. */
const STORED = {
  quarter: { measurement: 'energy', longestMs: QUARTER_MS },
  day: { measurement: 'energy_day', longestMs: 26 * HOUR_MS },
  month: { measurement: 'energy_month', longestMs: (31 * 24 + 2) * HOUR_MS },
  year: { measurement: 'energy_year', longestMs: (366 * 24 + 2) * HOUR_MS },
} as const

export type Period = keyof typeof STORED

export const PERIODS = Object.keys(STORED) as [Period, ...Period[]]

const endOf = (entry: Entry): number =>
  numberIn(entry, 'start_ms') + ('hours_count' in entry ? numberIn(entry, 'hours_count') * HOUR_MS : QUARTER_MS)

/** The periods that lie in the range at least in part, each whole; the names are the fields of `energy` or `energy_day`. */
export const energyBy = async (
  answers: Answers,
  { kitSn, fromAt, toAt, by }: Asked & { readonly by: Period },
): Promise<Entry[]> => {
  const { measurement, longestMs } = STORED[by]
  const from = fromAt - longestMs
  const rows = await answers.rows({ bucket: 'history', measurement, tags: { kit_sn: kitSn }, from, to: toAt })
  return rows.map((row) => entryOf(measurement, row)).filter((entry) => endOf(entry) > fromAt)
}
