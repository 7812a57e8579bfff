/** A small curve of days as the points of a line, with a break where days are missing. Pure. */
import type { Ageing, HealthDay } from '../../past-shapes.ts'

export interface Trend {
  /** Stretches without a missing day, as `x,y` in a box of 100 by 100, y downwards. */
  readonly lines: readonly string[]
  readonly first: number
  readonly last: number
  readonly lastAt: number
  readonly days: number
}

const DAY_MS = 86_400_000
/** Days of 25 hours are no hole. */
const HOLE_MS = 1.5 * DAY_MS
const BOX = 100

const rounded = (value: number): number => Math.round(value * 100) / 100

/** `leastSpan`: so much the box is high at least, in the unit of the field, so that noise does not look like a trend. */
export const trendOf = (days: readonly HealthDay[], field: keyof Ageing, leastSpan: number): Trend | undefined => {
  const points = days.flatMap((day) => {
    const value = day[field]
    return value === undefined ? [] : [{ at: day.start_ms, value }]
  })
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined || points.length < 2) return undefined
  const values = points.map(({ value }) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = Math.max(high - low, leastSpan)
  const bottom = (low + high - span) / 2
  const lines: string[][] = []
  points.forEach(({ at, value }, i) => {
    if (i === 0 || at - (points[i - 1]?.at ?? at) > HOLE_MS) lines.push([])
    const x = ((at - first.at) / (last.at - first.at)) * BOX
    lines.at(-1)?.push(`${rounded(x)},${rounded(BOX - ((value - bottom) / span) * BOX)}`)
  })
  return {
    // A day between two holes is a dot: a line of no length with round ends.
    lines: lines.map((line) => (line.length === 1 ? [...line, ...line] : line).join(' ')),
    ...{ first: first.value, last: last.value, lastAt: last.at, days: points.length },
  }
}
