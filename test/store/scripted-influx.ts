/** A stand-in for an InfluxDB: a real HTTP server whose answers a test scripts. It records what it was asked. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly lines: readonly string[]
  readonly body: string
  readonly authorization: string | undefined
}

interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** `hang` leaves the question open, `cut` closes the connection without an answer. */
export type Script = (asked: Asked, index: number) => Reply | 'hang' | 'cut'

const send = (response: ServerResponse, reply: Reply): void => {
  const isJson = reply.body !== undefined && typeof reply.body !== 'string'
  response.writeHead(reply.status, { 'content-type': isJson ? 'application/json' : 'text/plain', ...reply.headers })
  response.end(isJson ? JSON.stringify(reply.body) : reply.body)
}

export const startScripted = async (script: Script) => {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const { method = '', url: path = '', headers } = request
      const one = {
        method,
        path,
        body,
        lines: body.split('\n').filter((line) => line !== ''),
        authorization: headers.authorization,
      }
      const reply = script(one, asked.push(one) - 1)
      if (reply === 'cut') request.socket.destroy()
      else if (reply !== 'hang') send(response, reply)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, asked, close }
}
