/** Carries the API over real sockets: from a request of node:http to its answer, or to a closed connection. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Timers } from '../timers.ts'
import { pause } from '../timers.ts'
import type { ApiReply, ApiRequest } from './http-api.ts'

export interface HttpServerOptions {
  readonly replyTo: (request: ApiRequest) => ApiReply
  readonly isReachable: () => boolean
  readonly timers: Timers
}

const read = async (incoming: IncomingMessage): Promise<ApiRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://localhost'),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
  }
}

const respond = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
): Promise<void> => {
  const request = await read(incoming)
  const reply = options.isReachable() ? options.replyTo(request) : undefined
  if (reply && reply.delayMs > 0) await pause(options.timers, reply.delayMs)
  if (reply?.status === undefined) return void response.destroy()
  response.writeHead(reply.status, reply.headers).end(reply.text)
}

/** A server that does not listen yet. */
export const createApiServer = (options: HttpServerOptions): Server => {
  const server = createServer((incoming, response) => {
    // A caller who hangs up in the middle of his request gets no answer, and harms nobody else.
    respond(incoming, response, options).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    if (!options.isReachable()) socket.destroy()
  })
  return server
}
