/** Calls at each whole minute of the collector's clock. */

const MINUTE_MS = 60_000

/** `onMinute` hears the minute (epoch ms). A minute that could not be kept (a machine asleep) is not made up later. */
export const everyMinute = (now: () => number, onMinute: (at: number) => void): (() => void) => {
  let timer: NodeJS.Timeout
  let last = Math.floor(now() / MINUTE_MS)
  const look = (): void => {
    const minute = Math.floor(now() / MINUTE_MS)
    if (minute > last) onMinute(minute * MINUTE_MS)
    last = Math.max(last, minute)
    timer = setTimeout(look, Math.min(MINUTE_MS - (now() % MINUTE_MS) + 5, 5_000))
  }
  timer = setTimeout(look, 0)
  return () => clearTimeout(timer)
}
