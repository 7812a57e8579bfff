/**
 * The states of a command as server-sent events, read by `fetch`: a page's EventSource could not send a token. The
 * stream ends when the command has.
 */
import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { type CommandRecord, hasEnded } from '../control/command-record.ts'
import type { Control } from '../control/control.ts'
import type { Timers } from '../timers.ts'
import { commandView } from './command-schema.ts'

/** Proxies take a connection that says nothing for a dead one. */
const HEARTBEAT_MS = 15_000

const eventOf = (record: CommandRecord): string =>
  `event: ${record.state}\ndata: ${JSON.stringify(commandView(record))}\n\n`

interface Stream {
  readonly control: Control
  readonly timers: Timers
  readonly signal: AbortSignal
}

/** Answers with the states of the command as they come. */
export const sendEvents = (reply: FastifyReply, id: string, { control, timers, signal }: Stream): FastifyReply => {
  const stream = new PassThrough()
  const stopFollowing = control.follow(id, (record) => {
    if (stream.writableEnded) return
    stream.write(eventOf(record))
    if (hasEnded(record)) stream.end()
  })
  const beat = (): void => {
    if (stream.writableEnded) return
    stream.write(': still here\n\n')
    cancel = timers.after(HEARTBEAT_MS, beat)
  }
  let cancel = timers.after(HEARTBEAT_MS, beat)
  signal.addEventListener('abort', () => {
    stopFollowing()
    cancel()
    stream.end()
  })
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  return reply.send(stream)
}
