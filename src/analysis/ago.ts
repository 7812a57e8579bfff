/** Times told from now on backwards, as people say them: `today`, `yesterday`, `-30d`, `-6h`. */
import { beginOfDate, dayOf, wallAt } from '../track/local-day.ts'

interface Place {
  readonly timeZone: string
  /** Epoch ms. */
  readonly now: number
}

const HOUR_MS = 3_600_000
const AGO = /^-(\d{1,6})([hdwmy])$/

/** The local day so long ago, from its start to its end, or the moment so many hours ago (epoch ms). */
export const agoNamed = (
  text: string,
  { timeZone, now }: Place,
): { readonly fromAt: number; readonly toAt: number } | undefined => {
  const days = text === 'today' ? 0 : text === 'yesterday' ? 1 : undefined
  const [, count, unit] = AGO.exec(text) ?? []
  if (days === undefined && count === undefined) return undefined
  const back = days ?? Number(count)
  if (unit === 'h') return { fromAt: now - back * HOUR_MS, toAt: now - back * HOUR_MS }
  const wall = new Date(wallAt(now, timeZone))
  if (unit === 'm') wall.setUTCMonth(wall.getUTCMonth() - back)
  else if (unit === 'y') wall.setUTCFullYear(wall.getUTCFullYear() - back)
  else wall.setUTCDate(wall.getUTCDate() - back * (unit === 'w' ? 7 : 1))
  const midnight = wall.setUTCHours(0, 0, 0, 0)
  if (!(midnight >= 0)) return undefined
  const { startAt, endAt } = dayOf(beginOfDate(midnight, timeZone), timeZone)
  return { fromAt: startAt, toAt: endAt }
}
