/**
 * Asks a host for the time before anything is stamped: a box without a clock chip starts with whatever time it went
 * down at, and every value would carry it until the first answer of the cloud.
 */
import type { Timers } from '../timers.ts'
import type { ClockOffset } from './clock-offset.ts'

const MOST_MS = 3_000

/** Learns from the `Date` of whatever the host answers; gives up quietly where there is none. `localNow` is epoch ms. */
export const askTime = async (
  ask: typeof fetch,
  url: string,
  clockOffset: ClockOffset,
  localNow: () => number,
  timers: Timers,
): Promise<void> => {
  const stop = new AbortController()
  const cancel = timers.after(MOST_MS, () => stop.abort())
  const sentAt = localNow()
  await ask(url, { method: 'HEAD', signal: stop.signal, redirect: 'manual' }).then(
    ({ headers }) => clockOffset.learn(Date.parse(headers.get('date') ?? ''), sentAt, localNow()),
    () => undefined,
  )
  cancel()
}
