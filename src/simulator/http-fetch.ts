/** Carries the API without a socket: a function shaped like `fetch`, which takes its time by the given timers. */
import type { Timers } from '../timers.ts'
import type { ApiReply, ApiRequest } from './http-api.ts'

export interface FetchOptions {
  readonly replyTo: (request: ApiRequest) => ApiReply
  readonly isReachable: () => boolean
  readonly timers: Timers
}

/** One way of a request or an answer. */
const TRAVEL_MS = 25

/** As undici fails: the reason is in the cause. */
const failed = (code: string, text: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(text), { code }) })

const requestOf = (input: string | URL | Request, init: RequestInit): ApiRequest => ({
  method: init.method ?? 'GET',
  url: new URL(input instanceof Request ? input.url : input),
  headers: Object.fromEntries(new Headers(init.headers)),
  body: typeof init.body === 'string' ? init.body : '',
})

/** Resolves after so many ms, or rejects with the signal's reason as soon as that is aborted. */
const travel = (timers: Timers, ms: number, signal: AbortSignal | null | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = (): void => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = timers.after(ms, () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    })
    signal?.addEventListener('abort', abort, { once: true })
  })

/** Takes `method`, `headers`, a text as `body`, and `signal`. */
export const createFetch =
  ({ replyTo, isReachable, timers }: FetchOptions): typeof fetch =>
  async (input, init = {}) => {
    await travel(timers, TRAVEL_MS, init.signal)
    if (!isReachable()) throw failed('ECONNREFUSED', 'connect ECONNREFUSED')
    const reply = replyTo(requestOf(input, init))
    await travel(timers, TRAVEL_MS + reply.delayMs, init.signal)
    if (reply.status === undefined) throw failed('UND_ERR_SOCKET', 'other side closed')
    return new Response(reply.text, { status: reply.status, headers: reply.headers })
  }
