/** The read API of the made-up van on a real socket. */
import { request } from 'node:http'
import type { AccountStatus } from '../../src/cloud/account-status.ts'
import { type Doctor, pass } from '../../src/doctor/finding.ts'
import { type HttpOptions, startHttp } from '../../src/http/server.ts'
import type { CollectorStatus } from '../../src/http/status.ts'
import type { Answers } from '../../src/store/store.ts'
import { machineTimers, type Timers } from '../../src/timers.ts'
import { createScripted } from './scripted-control.ts'
import { createVan, KIT, START } from './van.ts'

export const NOW = START + 12_000

export const status: CollectorStatus = {
  version: '0.1.0',
  startedAt: START - 60_000,
  store: 'embedded',
  spool: {
    bytes: 4096,
    recordingBytes: 65_536,
    records: 7,
    oldestAt: NOW - 5000,
    hoursLeft: 1200.5,
    isRefusing: false,
  },
  drain: { cursor: 41, inFlight: 1, lastAnswer: 'accepted', latencyMs: 3.5 },
  counters: new Map(),
  accounts: [],
}

/** An account whose broker took one topic and refused the other, and whose HTTP API is well. */
export const account: AccountStatus = {
  name: 'van',
  kind: 'cloud',
  host: 'api-e.ecoflow.com',
  kits: [KIT],
  session: {
    isConnected: true,
    state: 'connected',
    sinceAt: NOW - 30_000,
    problem: '',
    granted: new Map([
      ['/open/open-1/A/quota', 1],
      ['/open/open-1/B/quota', 128],
    ]),
    unacknowledged: 3,
    connects: { today: 4, limit: 100 },
    ids: { today: 1, limit: 10 },
  },
  http: { isDown: false, lastOkAt: NOW - 41_000, requestsLastMinute: 2, problem: '' },
  clockOffsetMs: -1500,
}

/** A broker of one's own that cannot be reached. */
export const broker: AccountStatus = {
  name: 'boat "north"',
  kind: 'broker',
  host: 'broker.lan',
  kits: [],
  session: {
    isConnected: false,
    state: 'waiting',
    sinceAt: START,
    problem: 'connection refused',
    granted: new Map(),
    unacknowledged: 0,
    connects: undefined,
    ids: undefined,
  },
  http: undefined,
  clockOffsetMs: undefined,
}

export const ready = { blindMs: 600_000, storeMs: 600_000 }

/** A store into which nothing was ever written. */
export const nothingStored: Answers = {
  last: async () => [],
  rows: async () => [],
  steps: async () => [],
  sums: async () => [],
}

/** Finds one thing, and puts it into an archive. */
export const healthy: Doctor = {
  examine: async () => ({ at: NOW, findings: [pass('clock', 'within 2 s of the cloud’s')] }),
  bundle: async () => Buffer.from('an archive'),
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
    ready,
    control: createScripted(),
    answers: nothingStored,
    rawKeptMs: 365 * 86_400_000,
    isDemonstration: false,
    doctor: healthy,
    now: () => NOW,
    after: machineTimers(() => NOW).after,
    log: {
      error: (...args: unknown[]) => void logged.push(args),
      warn: (...args: unknown[]) => void logged.push(args),
    },
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

/** Timers whose calls a test makes. */
export const keepIn =
  (keep: (call: () => void) => void): Timers['after'] =>
  (_ms, call) => {
    keep(call)
    return () => undefined
  }
