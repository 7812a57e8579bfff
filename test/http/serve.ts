/** The read API of the made-up van on a real socket. */
import { request } from 'node:http'
import { type HttpOptions, startHttp } from '../../src/http/server.ts'
import type { CollectorStatus } from '../../src/http/status.ts'
import { createVan, START } from './van.ts'

export const NOW = START + 12_000

export const status: CollectorStatus = {
  version: '0.1.0',
  startedAt: START - 60_000,
  store: 'embedded',
  spool: { bytes: 4096, records: 7, oldestAt: NOW - 5000, hoursLeft: 1200.5 },
  drain: { cursor: 41, inFlight: 1, lastAnswer: 'accepted', latencyMs: 3.5 },
  counters: new Map(),
}

export interface Served {
  readonly url: string
  readonly logged: unknown[][]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

export const serve = async (changes: Partial<HttpOptions> = {}): Promise<Served> => {
  const { state, counters } = createVan()
  const logged: unknown[][] = []
  const http = await startHttp({
    host: '127.0.0.1',
    port: 0,
    state: () => state,
    status: () => ({ ...status, counters }),
    now: () => NOW,
    log: { error: (...args: unknown[]) => void logged.push(args) },
    ...changes,
  })
  return { ...http, logged, get: (path, headers = {}) => fetch(`${http.url}${path}`, { headers }) }
}

/** A request exactly as given: `fetch` would put path and Host header right. */
export const askRaw = (url: string, path: string, host: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ host: hostname, port, path, headers: { host }, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        body += part
      })
      response.on('end', () => resolve({ status: response.statusCode!, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
