/** Where the axis of time has its lines, and what stands at them: at whole minutes, hours, days, months or years of a zone. Pure. */
import type { Zone } from '../../zone.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const MONTH_MS = 30 * DAY_MS
const YEAR_MS = 365 * DAY_MS

/** About how long each step is; from a month on they are counted in the calendar. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 3, 7, 14].map((days) => days * DAY_MS),
  ...[1, 2, 3, 6].map((months) => months * MONTH_MS),
  ...[1, 2, 5, 10].map((years) => years * YEAR_MS),
]

/** The first Monday of the epoch: weeks begin there. */
const MONDAY_MS = 4 * DAY_MS

/** The least step of which at most `most` lie in the range. */
export const stepFor = (rangeMs: number, most: number): number =>
  STEPS_MS.find((step) => rangeMs / step <= most) ?? (STEPS_MS.at(-1) as number)

const evenWalls = function* (from: number, stepMs: number): Generator<number> {
  const begin = stepMs % (7 * DAY_MS) === 0 ? MONDAY_MS : 0
  for (let wall = begin + Math.ceil((from - begin) / stepMs) * stepMs; ; wall += stepMs) yield wall
}

const calendarWalls = function* (from: number, months: number): Generator<number> {
  const date = new Date(from)
  const first = date.getUTCFullYear() * 12 + date.getUTCMonth()
  for (let month = Math.floor(first / months) * months; ; month += months)
    yield Date.UTC(Math.floor(month / 12), month % 12, 1)
}

const wallsFrom = (from: number, stepMs: number): Generator<number> => {
  if (stepMs >= YEAR_MS) return calendarWalls(from, Math.round(stepMs / YEAR_MS) * 12)
  return stepMs >= MONTH_MS ? calendarWalls(from, Math.round(stepMs / MONTH_MS)) : evenWalls(from, stepMs)
}

/** Moments from `from` to `to` (epoch ms), in order. */
export const ticksBetween = (from: number, to: number, stepMs: number, zone: Zone): number[] => {
  const ticks: number[] = []
  for (const wall of wallsFrom(zone.wallOf(from), stepMs)) {
    const at = zone.atOf(wall)
    if (at > to) return ticks
    if (at >= from && at > (ticks.at(-1) ?? -Infinity)) ticks.push(at)
  }
  return ticks
}

/** How a tick is written, and what it belongs to: told once, in a second line, where that changes. */
const formsFor = (stepMs: number): readonly [Intl.DateTimeFormatOptions, Intl.DateTimeFormatOptions?] => {
  if (stepMs >= YEAR_MS) return [{ year: 'numeric' }]
  if (stepMs >= MONTH_MS) return [{ month: 'short' }, { year: 'numeric' }]
  if (stepMs >= DAY_MS) return [{ day: 'numeric', month: 'short' }, { year: 'numeric' }]
  return [{ timeStyle: 'short' }, { day: 'numeric', month: 'short' }]
}

export const tickLabels = (ticks: readonly number[], stepMs: number, zone: Zone, locale: string): string[] => {
  const [form, above] = formsFor(stepMs)
  const write = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone.name })
    return (at: number) => formatter.format(at)
  }
  const own = write(form)
  const upper = above === undefined ? () => '' : write(above)
  let before = ''
  return ticks.map((at) => {
    const of = upper(at)
    const text = of === before ? own(at) : `${own(at)}\n${of}`
    before = of
    return text
  })
}
