/**
 * Ranges of time as the address has them, in the words of the API: `-7d`, `today`, `2026-11`, epoch ms; `all` is ours.
 * How they move to and fro: by the calendar where they are of it. Pure.
 */
import { dateAt, zoneOf } from '../../zone.ts'

export interface Range {
  readonly from: string
  /** Exclusive; now when left out. */
  readonly to?: string
}

/** A range as it was answered: epoch ms, `at` the moment of the answer. */
export interface Moments {
  readonly fromAt: number
  readonly toAt: number
  readonly at: number
  readonly timeZone: string
}

export const ALL = 'all'
const USUAL: Range = { from: '-24h' }
const LEAST_MS = 5 * 60_000

export const readRange = ({ from, to }: Readonly<Record<string, string>>): Range => {
  if (from === undefined) return USUAL
  return to === undefined ? { from } : { from, to }
}

export const isSame = (one: Range, other: Range): boolean => one.from === other.from && one.to === other.to

/** Whether nothing of it is over yet. */
export const isAhead = ({ fromAt, at }: Pick<Moments, 'fromAt' | 'at'>): boolean => fromAt >= at

/** Whether it goes on as time does. */
export const isRunning = ({ to }: Range, moments: Moments | undefined): boolean =>
  moments === undefined ? to === undefined : !isAhead(moments) && (to === undefined || moments.toAt > moments.at)

/** The letters of a local year, month or day, such as `2026-11`. */
const LENGTHS = { year: 4, month: 7, day: 10 } as const
type Unit = keyof typeof LENGTHS

const unitOf = (text: string | undefined): Unit | undefined => {
  if (text === undefined || !/^\d{4}(-\d{2}){0,2}$/.test(text)) return undefined
  return (Object.keys(LENGTHS) as Unit[]).find((unit) => LENGTHS[unit] === text.length)
}

const written = (wall: number, unit: Unit): string => new Date(wall).toISOString().slice(0, LENGTHS[unit])

/** The local date so many of its units later. */
const later = (text: string, unit: Unit, count: number): string => {
  const [year = 1970, month = 1, day = 1] = text.split('-').map(Number)
  if (unit === 'day') return written(Date.UTC(year, month - 1, day + count), unit)
  return written(Date.UTC(year + (unit === 'year' ? count : 0), month - 1 + (unit === 'month' ? count : 0)), unit)
}

const countBetween = (from: string, to: string, unit: Unit): number => {
  if (unit === 'day') return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
  const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7) || 1)
  return (months(to) - months(from)) / (unit === 'year' ? 12 : 1)
}

export const today = (at: number, timeZone: string): string => dateAt(at, zoneOf(timeZone))

interface OfCalendar {
  readonly from: string
  readonly unit: Unit
  readonly count: number
}

const calendarOf = ({ from, to }: Range, { at, timeZone }: Moments): OfCalendar | undefined => {
  const date = today(at, timeZone)
  if (from === 'today' && to === undefined) return { from: date, unit: 'day', count: 1 }
  const days = Number(/^-(\d+)d$/.exec(from)?.[1])
  if (days > 0 && to === undefined) return { from: later(date, 'day', -days), unit: 'day', count: days }
  const unit = unitOf(from)
  if (unit === undefined) return undefined
  if (to === undefined) return { from, unit, count: 1 }
  return unitOf(to) === unit ? { from, unit, count: countBetween(from, to, unit) } : undefined
}

/** The range before (-1) or after (1) this one. */
export const shifted = (range: Range, moments: Moments, by: 1 | -1): Range => {
  const own = calendarOf(range, moments)
  if (own === undefined) {
    const length = (moments.toAt - moments.fromAt) * by
    return momentRange(moments.fromAt + length, moments.toAt + length, moments)
  }
  const from = later(own.from, own.unit, own.count * by)
  return { from, to: later(from, own.unit, own.count) }
}

/** From moment to moment, not beyond now; one that reaches beyond is moved back whole. */
export const momentRange = (from: number, to: number, { at }: Pick<Moments, 'at'>): Range => {
  const missing = Math.max(0, LEAST_MS - (to - from)) / 2
  const beyond = Math.max(0, to + missing - at)
  return { from: String(Math.round(from - missing - beyond)), to: String(Math.round(to + missing - beyond)) }
}

/** Whether a range of this length (ms) was come to by moving it, but for the rounding of what is drawn. */
export const isAsLong = (length: number, before: number): boolean => Math.abs(length - before) < before / 100

/** `factor` below 1 shows less time, around the same middle. */
export const zoomed = (moments: Moments, factor: number): Range => {
  const half = ((moments.toAt - moments.fromAt) / 2) * factor
  const middle = (moments.fromAt + moments.toAt) / 2
  return momentRange(middle - half, middle + half, moments)
}

/** The day, month or year of a date, whole. */
export const wholeOf = (date: string, unit: Unit): Range => {
  const from = date.slice(0, LENGTHS[unit])
  return { from, to: later(from, unit, 1) }
}

/** From one day to another, both whole. */
export const daysRange = (first: string, last: string): Range => ({ from: first, to: later(last, 'day', 1) })

const DAY_MS = 86_400_000
const AGO_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: DAY_MS }

const aboutWhen = (text: string, at: number): number => {
  if (text === 'today') return at - DAY_MS
  const [, count, unit = ''] = /^-(\d+)([hd])$/.exec(text) ?? []
  if (count !== undefined) return at - Number(count) * (AGO_MS[unit] ?? 0)
  return /^\d{9,}$/.test(text) ? Number(text) : Date.parse(text)
}

/** About how long it is (ms), before it is answered; `at` is now. */
export const lengthOf = ({ from, to }: Range, at: number): number =>
  (to === undefined ? at : aboutWhen(to, at)) - aboutWhen(from, at)

/** In words: days where it is of whole ones. */
export const rangeText = ({ fromAt, toAt, timeZone }: Moments, locale: string): string => {
  const zone = zoneOf(timeZone)
  const isMidnight = (at: number) => zone.wallOf(at) % 86_400_000 === 0
  const isOfDays = isMidnight(fromAt) && isMidnight(toAt)
  if (!isOfDays) return stretchText(fromAt, toAt, timeZone, locale)
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).formatRange(fromAt, toAt - 1)
}

/** From minute to minute in words, the day once where it is one. */
export const stretchText = (fromAt: number, toAt: number, timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).formatRange(fromAt, toAt)
