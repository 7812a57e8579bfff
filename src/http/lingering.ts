/**
 * Requests that are answered over time: those that wait for a command, and streams of events. Promises that none of
 * them outlives its client or the server, and that there are never too many.
 */
import type { FastifyReply } from 'fastify'
import type { CommandRecord } from '../control/command-record.ts'
import type { Control } from '../control/control.ts'
import type { Timers } from '../timers.ts'
import type { App } from './route.ts'

const MOST_AT_ONCE = 256

/** Gives a signal that ends the request's waiting; undefined when too many wait already. */
export type Linger = (reply: FastifyReply) => AbortSignal | undefined

export const createLinger = (app: App): Linger => {
  const open = new Set<AbortController>()
  app.addHook('preClose', async () => {
    for (const one of open) one.abort()
  })
  return ({ raw }) => {
    if (open.size >= MOST_AT_ONCE) return undefined
    const one = new AbortController()
    open.add(one)
    raw.once('close', () => {
      open.delete(one)
      one.abort()
    })
    return one.signal
  }
}

/** Resolves when the command is as wished, after so many ms, or on the signal. */
export const untilCommand = (
  { control, timers, signal }: { control: Control; timers: Timers; signal: AbortSignal },
  id: string,
  isWished: (record: CommandRecord) => boolean,
  mostMs: number,
): Promise<void> =>
  new Promise((resolve) => {
    const stopFollowing = control.follow(id, (record) => {
      if (isWished(record)) done()
    })
    const cancel = timers.after(mostMs, () => done())
    signal.addEventListener('abort', () => done())
    function done(): void {
      // Deferred: a command that stands as wished says so before there is anything to stop.
      queueMicrotask(() => {
        stopFollowing()
        cancel()
      })
      resolve()
    }
  })
