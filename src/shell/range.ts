/**
 * Ranges of time as a person writes them: years, months, days, moments, `today`, `yesterday`, `-30d`, each in the time
 * zone of the kit. A day named as the end is part of the range.
 */
import { agoNamed } from '../analysis/ago.ts'
import { CollectorError } from '../errors.ts'
import { beginOfDate, dayOf, monthOf, wallAt, yearOf } from '../track/local-day.ts'

/** From `fromAt` up to, not including, `toAt` (epoch ms). */
export interface Range {
  readonly fromAt: number
  readonly toAt: number
}

/** What was written; nothing where it was left out. */
export interface Written {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface Place {
  readonly timeZone: string
  /** Epoch ms. */
  readonly now: number
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/
const WALL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/

const wrong = (option: string, text: string): CollectorError =>
  new CollectorError(
    'question_unclear',
    `${option} ${text} is no time: expected 2026, 2026-06, 2026-06-01, 2026-06-01T12:00, today, yesterday or -30d.`,
  )

/** A year, month or day by its name. */
const dateNamed = (text: string, timeZone: string): Range | undefined => {
  const [, year, month, day] = DATE.exec(text) ?? []
  if (year === undefined) return undefined
  const midnight = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1))
  if (new Date(midnight).toISOString().slice(0, text.length) !== text) return undefined
  const of = day !== undefined ? dayOf : month !== undefined ? monthOf : yearOf
  const { startAt, endAt } = of(beginOfDate(midnight, timeZone), timeZone)
  return { fromAt: startAt, toAt: endAt }
}

/** What the clock on the wall shows, or a moment with its offset. */
const momentNamed = (text: string, timeZone: string): Range | undefined => {
  const [, date, time] = WALL.exec(text) ?? []
  const told = date === undefined ? Date.parse(MOMENT.test(text) ? text : '') : Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(told)) return undefined
  const near = told - (wallAt(told, timeZone) - told)
  const at = date === undefined ? told : told - (wallAt(near, timeZone) - near)
  return { fromAt: at, toAt: at }
}

const read = (option: string, text: string, place: Place): Range => {
  const range =
    agoNamed(text, place) ??
    dateNamed(text, place.timeZone) ??
    (DATE.test(text) ? undefined : momentNamed(text, place.timeZone))
  if (range === undefined) throw wrong(option, text)
  return range
}

/**
 * The range written; `usual` is its beginning, as it could be written, where none is given, and it goes up to now where
 * no end is. Throws CollectorError `question_unclear`.
 */
export const readRange = ({ from, to }: Written, usual: string, place: Place): Range => {
  const toAt = to === undefined ? place.now : read('--to', to, place).toAt
  const { fromAt } = read('--from', from ?? usual, from === undefined ? { ...place, now: toAt } : place)
  if (fromAt >= toAt)
    throw new CollectorError('question_unclear', `The range from ${from ?? usual} to ${to ?? 'now'} has no time in it.`)
  return { fromAt, toAt }
}
