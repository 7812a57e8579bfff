/** Moments as people and programs write them: epoch ms, ISO 8601 with its offset, a local year, month or day, or so long ago. */
import { agoNamed } from '../analysis/ago.ts'
import { beginOfDate } from '../track/local-day.ts'

const EPOCH_MS = /^\d{9,15}$/
const LOCAL = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/
/** A + that nobody escaped arrives as a space. */
const ISO = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+ -]\d{2}:\d{2})$/

/** How a moment is to be written, for descriptions and complaints. */
export const MOMENT_FORMS =
  'epoch ms, 2026-06-01T12:00:00Z, a local 2026-06-01, 2026-06 or 2026, today, yesterday, -7d or -6h'

/** The midnight with which a date begins, as if its zone were UTC; undefined for a date that no calendar has. */
const midnightOf = (text: string): number | undefined => {
  const [, year, month = '01', day = '01'] = LOCAL.exec(text) ?? []
  if (year === undefined) return undefined
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  return new Date(midnight).toISOString().startsWith(`${year}-${month}-${day}`) ? midnight : undefined
}

/** The moment in epoch ms; a local one is the first of its year, month or day. Undefined when it cannot be read. */
export const readMoment = (text: string, timeZone: string, now: number): number | undefined => {
  if (EPOCH_MS.test(text)) return Number(text)
  const iso = ISO.exec(text)
  if (iso) {
    const at = Date.parse(text.replace(' ', '+'))
    return Number.isNaN(at) || midnightOf(iso[1]!) === undefined ? undefined : at
  }
  const midnight = midnightOf(text)
  return midnight === undefined ? agoNamed(text, { timeZone, now })?.fromAt : beginOfDate(midnight, timeZone)
}
