/** Calls at each whole minute of the collector's clock. */
import type { Timers } from './timers.ts'

const MINUTE_MS = 60_000
/** The clock may be set meanwhile: it is looked at this often at least. */
const LOOK_MS = 5_000

/** `onMinute` hears the minute (epoch ms). A minute that could not be kept (a machine asleep) is not made up later. */
export const everyMinute = ({ now, after }: Timers, onMinute: (at: number) => void): (() => void) => {
  let stop = (): void => undefined
  let last = Math.floor(now() / MINUTE_MS)
  const look = (): void => {
    const minute = Math.floor(now() / MINUTE_MS)
    if (minute > last) onMinute(minute * MINUTE_MS)
    last = Math.max(last, minute)
    stop = after(Math.min(MINUTE_MS - (now() % MINUTE_MS), LOOK_MS), look)
  }
  look()
  return () => stop()
}
