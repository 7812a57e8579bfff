/** A real HTTP server that takes what a webhook posts, or refuses it. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  // What JSON gives: each test says what it looks for in it.
  readonly body: Record<string, unknown>
}

export interface Receiver {
  readonly url: string
  readonly received: Received[]
  /** How it answers from now on. */
  answer(status: number, text?: string, headers?: Record<string, string>): void
  close(): Promise<void>
}

export const openReceiver = async (): Promise<Receiver> => {
  const received: Received[] = []
  let [status, text, more]: [number, string, Record<string, string>] = [200, 'ok', {}]
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = JSON.parse(Buffer.concat(chunks).toString())
    received.push({ path: request.url ?? '', headers: request.headers, body })
    response.writeHead(status, more).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (code, said = '', headers = {}) => {
      ;[status, text, more] = [code, said, headers]
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
