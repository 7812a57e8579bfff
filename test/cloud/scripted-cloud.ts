/** An HTTP server that answers as told, one answer after another, and an API that speaks to it; for odd answers. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApi } from '../../src/cloud/api.ts'
import type { ApiOptions } from '../../src/cloud/api-contract.ts'
import { type Counters, createCounters } from '../../src/counters.ts'
import type { Timers } from '../../src/timers.ts'

export const KEYS = { accessKey: 'AkMadeUpForTests0123456789', secretKey: 'SkMadeUpForTests9876543210' }
/** By the local clock, which stands still. */
export const NOW = 1_760_000_000_000
/** The API's limit, which only a test that wants it lets pass. */
export const TIME_OUT_MS = 10_000

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Script = (response: ServerResponse, asked: Asked) => void

/** An answer in the vendor's envelope. */
export const envelope =
  (code: string | number, data?: unknown, message = code === '0' ? 'Success' : 'some words'): Script =>
  (response) => {
    const body = { code, message, data, eagleEyeTraceId: 'ea1a2b3c4d5e', tid: '' }
    response.setHeader('date', new Date(NOW).toUTCString())
    response.end(JSON.stringify(body))
  }

/** Answers in the order of the scripts; the last one again and again. */
export const startCloud = async (...scripts: Script[]) => {
  const asked: Asked[] = []
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = incoming
    asked.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    const script = scripts[Math.min(asked.length, scripts.length) - 1]!
    script(response, asked.at(-1)!)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    host: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface Observed {
  readonly counters: Counters
  readonly strange: [kind: string, kitSn: string, text: string][]
  readonly dates: [serverAt: number, sentAt: number, receivedAt: number][]
  readonly pauses: number[]
  /** Lets the time-out of the running request pass. */
  timeOut: () => void
}

/** An API with keys of its own; pauses pass at once, the time-out only when told to. */
export const apiFor = (host: string, changed: Partial<ApiOptions> = {}) => {
  const observed: Observed = { counters: createCounters(), strange: [], dates: [], pauses: [], timeOut: () => {} }
  const timers: Timers = {
    now: () => NOW,
    after: (ms, call) => {
      if (ms === TIME_OUT_MS) observed.timeOut = call
      else {
        observed.pauses.push(ms)
        queueMicrotask(call)
      }
      return () => {}
    },
  }
  const api = createApi({
    account: 'van',
    host,
    credentials: KEYS,
    fetch,
    now: () => NOW,
    localNow: () => NOW,
    timers,
    random: () => 0.5,
    onDate: (...date) => void observed.dates.push(date),
    onStrange: (...strange) => void observed.strange.push(strange),
    counters: observed.counters,
    quotasMethod: 'POST',
    ...changed,
  })
  return { api, observed }
}
