/**
 * Server-sent events, to be read by `fetch`: a page's EventSource could not send a token. The signal of a stream comes
 * when it has ended, whoever ended it: the server as it stops, the reader as he goes, or we.
 */
import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Timers } from '../timers.ts'

/** Proxies take a connection that says nothing for a dead one. */
const HEARTBEAT_MS = 15_000

export interface EventStream {
  /** Whether the reader has taken what was sent so far. */
  isTaken(): boolean
  /** After the end nothing is sent. */
  send(event: string, content: unknown): void
  /** What was sent still reaches the reader. */
  end(): void
}

/** Describes a stream in the document of the API. */
export const eventsResponse = (description: string) => ({
  description,
  content: { 'text/event-stream': { schema: z.string() } },
})

/** Begins the answer. */
export const openEventStream = (reply: FastifyReply, timers: Timers, signal: AbortSignal): EventStream => {
  // Room for nothing: what is taken at once goes on to the socket, and the rest tells that the reader is slow.
  const stream = new PassThrough({ highWaterMark: 1 })
  const write = (text: string): void => {
    if (!stream.writableEnded) stream.write(text)
  }
  const isTaken = (): boolean => !stream.writableNeedDrain
  const beat = (): void => {
    if (isTaken()) write(': still here\n\n')
    cancel = timers.after(HEARTBEAT_MS, beat)
  }
  let cancel = timers.after(HEARTBEAT_MS, beat)
  const end = (): void => void stream.end()
  signal.addEventListener('abort', () => {
    cancel()
    end()
  })
  reply.headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
  reply.send(stream)
  const send = (event: string, content: unknown): void => write(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`)
  return { isTaken, send, end }
}
