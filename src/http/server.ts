/** Starts and stops the API. Promises: off loopback nothing is served without a token. */
import { type AddressInfo, isIPv6, type Socket } from 'node:net'
import { CollectorError } from '../errors.ts'
import type { Timers } from '../timers.ts'
import { isLoopback } from './access.ts'
import { createApp } from './app.ts'
import type { Access } from './guards.ts'
import type { ErrorLog } from './refusals.ts'
import type { App, Sources } from './route.ts'

export interface HttpOptions extends Access, Sources {
  /** 0: any free one. */
  readonly port: number
  readonly log: ErrorLog
}

export interface Http {
  /** Without a slash at its end. */
  readonly url: string
  /** Ends when the requests under way are answered, or are given up since their clients do not read. */
  close(): Promise<void>
}

const listenError = (cause: NodeJS.ErrnoException, host: string, port: number): CollectorError =>
  cause.code === 'EADDRINUSE'
    ? new CollectorError('http_port_in_use', `Another program listens on port ${port} of ${host}.`, { cause })
    : new CollectorError('http_cannot_listen', `Port ${port} of ${host} cannot be listened on: ${cause.message}.`, {
        cause,
      })

const CLOSE_MS = 3_000

/** Browsers open connections in advance, and a server that closes would wait for what they never ask. Gives what ends them. */
const watchUnused = ({ server }: App): (() => void) => {
  const unused = new Set<Socket>()
  server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', ({ socket }) => unused.delete(socket))
  return () => {
    for (const socket of unused) socket.destroy()
  }
}

const close = async (app: App, { after }: Timers, endUnused: () => void): Promise<void> => {
  const cancel = after(CLOSE_MS, () => app.server.closeAllConnections())
  const closed = app.close()
  endUnused()
  await closed
  cancel()
}

const listen = async (app: App, host: string, port: number): Promise<void> => {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    await app.close()
    throw listenError(cause as NodeJS.ErrnoException, host, port)
  }
}

/** Throws CollectorError `http_token_required`, `http_port_in_use` or `http_cannot_listen`. */
export const startHttp = async (options: HttpOptions): Promise<Http> => {
  const { host, port, token, log } = options
  if (!token && !isLoopback(host))
    throw new CollectorError('http_token_required', `The API is to listen on ${host}, which others can reach.`)
  const app = await createApp(options, options, log)
  const endUnused = watchUnused(app)
  await listen(app, host, port)
  const bound = app.server.address() as AddressInfo
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${bound.port}`
  return { url, close: () => close(app, options, endUnused) }
}
