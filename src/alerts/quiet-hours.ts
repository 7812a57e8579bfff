/** The hours in which nobody wants to hear of what can wait. Local times of day; the end is not quiet any more. */

/** Minutes since local midnight. */
export interface QuietHours {
  readonly from: number
  readonly to: number
}

const SPAN = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)$/

/** `22:00-07:00`, over midnight as well; undefined for anything else, and for a span of nothing. */
export const readQuietHours = (text: string): QuietHours | undefined => {
  const [, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(text.trim()) ?? []
  if (toMinute === undefined) return undefined
  const [from, to] = [Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute)]
  return from === to ? undefined : { from, to }
}

const minuteOf = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const [hour = 0, minute = 0] = parts.format(at).split(':').map(Number)
  return hour * 60 + minute
}

/** Whether `at` (epoch ms) lies in them, where the clocks show the time of this zone. */
export const isQuiet = (quiet: QuietHours | undefined, timeZone: string, at: number): boolean => {
  if (quiet === undefined) return false
  const minute = minuteOf(at, timeZone)
  return quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to
}
