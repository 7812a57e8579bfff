/** The states of a command as server-sent events. The stream ends when the command has. */
import type { FastifyReply } from 'fastify'
import { hasEnded } from '../control/command-record.ts'
import type { Control } from '../control/control.ts'
import type { Timers } from '../timers.ts'
import { commandView } from './command-schema.ts'
import { openEventStream } from './event-stream.ts'

interface Followed {
  readonly control: Control
  readonly timers: Timers
  readonly signal: AbortSignal
}

/** Answers with the states of the command as they come. */
export const sendEvents = (reply: FastifyReply, id: string, { control, timers, signal }: Followed): FastifyReply => {
  const stream = openEventStream(reply, timers, signal)
  const stopFollowing = control.follow(id, (record) => {
    stream.send(record.state, commandView(record))
    if (hasEnded(record)) stream.end()
  })
  signal.addEventListener('abort', stopFollowing)
  return reply
}
