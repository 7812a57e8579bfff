/** The local day, month and year of a time zone: where they begin and end, also when a day has 23 or 25 hours. */

const HOUR_MS = 3_600_000
const FIELDS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const

/** Making one takes longer than asking it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** A zone that the runtime does not know counts as UTC. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...FIELDS, timeZone, hourCycle: 'h23', calendar: 'iso8601' })
  } catch {
    format = new Intl.DateTimeFormat('en-GB', { ...FIELDS, timeZone: 'UTC', hourCycle: 'h23' })
  }
  formats.set(timeZone, format)
  return format
}

/** What the wall clock shows at `at`, in whole seconds, as if it stood in UTC (epoch ms). */
export const wallAt = (at: number, timeZone: string): number => {
  const shown: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) shown[type] = Number(value)
  const { year, month, day, hour, minute, second } = shown
  return Date.UTC(year!, month! - 1, day, hour, minute, second)
}

const DAY_MS = 24 * HOUR_MS

/** The first moment of the local date whose midnight would be `midnight` if the zone were UTC (epoch ms). */
export const beginOfDate = (midnight: number, timeZone: string): number => {
  const offsets = [-DAY_MS, 0, DAY_MS].map((shift) => wallAt(midnight + shift, timeZone) - (midnight + shift))
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b)
  return candidates.find((at) => wallAt(at, timeZone) >= midnight) ?? midnight
}

/** The local day in which `at` lies: from its first moment to that of the next one (epoch ms). */
export const dayOf = (at: number, timeZone: string): { startAt: number; endAt: number } => {
  const wall = wallAt(Math.floor(at / 1000) * 1000, timeZone)
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS
  return { startAt: beginOfDate(midnight, timeZone), endAt: beginOfDate(midnight + DAY_MS, timeZone) }
}

/** The first moment of a month counted from year 0. */
const beginOfMonth = (months: number, timeZone: string): number =>
  beginOfDate(Date.UTC(Math.floor(months / 12), months % 12), timeZone)

const monthsAt = (at: number, timeZone: string): number => {
  const wall = new Date(wallAt(Math.floor(at / 1000) * 1000, timeZone))
  return wall.getUTCFullYear() * 12 + wall.getUTCMonth()
}

/** The local month in which `at` lies (epoch ms). */
export const monthOf = (at: number, timeZone: string): { startAt: number; endAt: number } => {
  const months = monthsAt(at, timeZone)
  return { startAt: beginOfMonth(months, timeZone), endAt: beginOfMonth(months + 1, timeZone) }
}

/** The local year in which `at` lies (epoch ms). */
export const yearOf = (at: number, timeZone: string): { startAt: number; endAt: number } => {
  const months = monthsAt(at, timeZone)
  const first = months - (months % 12)
  return { startAt: beginOfMonth(first, timeZone), endAt: beginOfMonth(first + 12, timeZone) }
}

/** The local date of `at` (epoch ms), such as 2026-06-01. */
export const dateOf = (at: number, timeZone: string): string =>
  new Date(wallAt(Math.floor(at / 1000) * 1000, timeZone)).toISOString().slice(0, 10)
