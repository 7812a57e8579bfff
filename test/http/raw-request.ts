/** Requests byte for byte as given: what no well-behaved client would send. */
import { connect } from 'node:net'

export interface RawRequest {
  /** POST when left out. */
  readonly method?: string
  /** As it stands in the request line. */
  readonly path: string
  /** `host` and the length of the body are added where they are left out; nothing is checked. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Uint8Array
  /** Bytes instead of all that. */
  readonly bytes?: string
}

export interface RawAnswer {
  /** 0: the connection was closed without one. */
  readonly status: number
  readonly head: string
  readonly body: string
}

const bytesOf = ({ method = 'POST', path, headers = [], body = '', bytes }: RawRequest, host: string): Buffer => {
  if (bytes !== undefined) return Buffer.from(bytes, 'latin1')
  const has = (name: string): boolean => headers.some(([given]) => given.toLowerCase() === name)
  const content = Buffer.from(body)
  const isBare = has('content-length') || has('transfer-encoding') || content.length === 0
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(has('host') ? [] : [`host: ${host}`]),
    ...(isBare ? [] : [`content-length: ${content.length}`]),
    ...headers.filter(([name]) => name !== '').map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content])
}

const TIMEOUT_MS = 10_000

/** The first answer to the request. */
export const sendRaw = (url: string, request: RawRequest): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const { hostname, port, host } = new URL(url)
    const parts: Buffer[] = []
    const socket = connect(Number(port), hostname, () => socket.write(bytesOf(request, host)))
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy())
    socket.on('data', (part) => parts.push(part))
    // A server that refuses early may close while the rest is still being written.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString()
      const [head = '', body = ''] = text.split('\r\n\r\n', 2)
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body })
    })
  })
