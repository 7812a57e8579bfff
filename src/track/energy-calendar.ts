/**
 * Sums of quarters over the local day, month and year: a quarter belongs to the day in which it starts. Days lie end to
 * end, also when the time zone changes, which counts from the next day on: that one is shorter or longer then, so that no
 * date comes twice.
 */
import type { Calendar, EnergyState, Period } from './energy-state.ts'
import { createSum } from './energy-sum.ts'
import { dateOf, dayOf, monthOf, yearOf } from './local-day.ts'

const LENGTH_OF_MONTH = '2026-06'.length
const LENGTH_OF_YEAR = '2026'.length

type Bounds = { readonly startAt: number; readonly endAt: number }

const period = ({ startAt, endAt }: Bounds, date: string): Period => ({ startAt, endAt, date, ...createSum() })

const begin = (at: number, timeZone: string): Calendar => {
  const of = (bounds: Bounds): Period => period(bounds, dateOf(bounds.startAt, timeZone))
  return {
    timeZone,
    day: of(dayOf(at, timeZone)),
    month: of(monthOf(at, timeZone)),
    year: of(yearOf(at, timeZone)),
  }
}

/** The day behind `day`, in a zone that may be another one: it ends with a later date. */
const nextDay = (day: Period, timeZone: string): Period => {
  const startAt = day.endAt
  let { endAt } = dayOf(startAt, timeZone)
  if (dateOf(endAt - 1, timeZone) <= day.date) endAt = dayOf(endAt, timeZone).endAt
  return period({ startAt, endAt }, dateOf(endAt - 1, timeZone))
}

/** The month or year in which the new day lies: the same one, or one that begins with it. */
const around = (known: Period, day: Period, { endAt }: Bounds, length: number): Period =>
  day.date.slice(0, length) === known.date.slice(0, length)
    ? Object.assign(known, { endAt })
    : period({ startAt: day.startAt, endAt }, day.date)

const next = (calendar: Calendar, timeZone: string): Calendar => {
  const day = nextDay(calendar.day, timeZone)
  const last = day.endAt - 1
  const { month, year } = calendar
  return {
    timeZone,
    day,
    month: around(month, day, monthOf(last, timeZone), LENGTH_OF_MONTH),
    year: around(year, day, yearOf(last, timeZone), LENGTH_OF_YEAR),
  }
}

/** Whether the quarter that starts at `startAt` (epoch ms) begins another day than the one before it. */
export const isNextDay = ({ calendar }: EnergyState, startAt: number): boolean =>
  calendar !== undefined && startAt >= calendar.day.endAt

/** The calendar in which the quarter lies. */
export const calendarAt = (energy: EnergyState, startAt: number, timeZone: string): Calendar => {
  let calendar = energy.calendar ?? begin(startAt, timeZone)
  while (startAt >= calendar.day.endAt) calendar = next(calendar, timeZone)
  energy.calendar = calendar
  return calendar
}
