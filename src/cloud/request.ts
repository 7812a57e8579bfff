/**
 * One HTTP exchange: sent, answered and read within ten seconds and four MiB, or what came in between, in words. Never
 * throws and never follows a redirect. The words come from a table, not from the error, which may quote a header.
 */
import type { Timers } from '../timers.ts'

/** An HTTP answer, whoever gave it. */
export interface HttpAnswer {
  readonly status: number
  /** Empty where there was none. */
  readonly contentType: string
  readonly location: string
  /** The `Date` header, epoch ms; NaN where there was none. */
  readonly dateAt: number
  readonly bytes: Uint8Array
}

/** No answer. */
export interface Missed {
  readonly missed: 'unreachable' | 'untrusted' | 'timed_out' | 'not_understood'
  readonly detail: string
}

const TIME_OUT_MS = 10_000
const MAX_BYTES = 4 * 1024 * 1024

const TIMED_OUT: Missed = { missed: 'timed_out', detail: `within ${TIME_OUT_MS / 1000} s` }
const TOO_LONG: Missed = { missed: 'not_understood', detail: `it is longer than ${MAX_BYTES} bytes` }

const CLOCK_HINT = ': is the clock of this machine right?'

const WORDS: Readonly<Record<string, Missed>> = {
  ENOTFOUND: { missed: 'unreachable', detail: 'DNS does not know its name' },
  EAI_AGAIN: { missed: 'unreachable', detail: 'DNS does not answer' },
  ECONNREFUSED: { missed: 'unreachable', detail: 'the connection was refused' },
  ECONNRESET: { missed: 'unreachable', detail: 'the connection was cut' },
  EPIPE: { missed: 'unreachable', detail: 'the connection was cut' },
  UND_ERR_SOCKET: { missed: 'unreachable', detail: 'the connection was cut' },
  ENETUNREACH: { missed: 'unreachable', detail: 'there is no network' },
  EHOSTUNREACH: { missed: 'unreachable', detail: 'there is no way to it' },
  ETIMEDOUT: { missed: 'timed_out', detail: 'no connection came about' },
  UND_ERR_CONNECT_TIMEOUT: { missed: 'timed_out', detail: 'no connection came about' },
  CERT_NOT_YET_VALID: { missed: 'untrusted', detail: `the certificate is not valid yet${CLOCK_HINT}` },
  CERT_HAS_EXPIRED: { missed: 'untrusted', detail: `the certificate has expired${CLOCK_HINT}` },
  ERR_TLS_CERT_ALTNAME_INVALID: { missed: 'untrusted', detail: 'the certificate is for another name' },
}

const IS_TLS = /CERT|TLS|SSL|SIGNED|SIGNATURE|ISSUER|CRL|EPROTO/

/** The code of the failure beneath `fetch failed`; with several addresses, that of the first. */
const codeOf = (error: unknown): string => {
  const cause = (error as { cause?: unknown }).cause ?? error
  const { code, errors } = cause as { code?: unknown; errors?: readonly { code?: unknown }[] }
  return String(code ?? errors?.[0]?.code ?? '')
}

const missedBy = (error: unknown): Missed => {
  const code = codeOf(error)
  const known = WORDS[code]
  if (known !== undefined) return known
  if (IS_TLS.test(code)) return { missed: 'untrusted', detail: code }
  return { missed: 'unreachable', detail: code === '' ? 'the request could not be sent' : code }
}

const readBody = async (response: Response): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const exchange = async (send: typeof fetch, url: string, init: RequestInit): Promise<HttpAnswer | Missed> => {
  const response = await send(url, { ...init, redirect: 'manual' })
  const bytes = await readBody(response)
  const header = (name: string): string => response.headers.get(name) ?? ''
  if (bytes === undefined) return TOO_LONG
  return {
    status: response.status,
    contentType: header('content-type'),
    location: header('location'),
    dateAt: Date.parse(header('date')),
    bytes,
  }
}

/** Sends the request once. The time-out is the given timers’, so that it also passes in virtual time. */
export const request = async (
  send: typeof fetch,
  url: string,
  init: RequestInit,
  timers: Timers,
): Promise<HttpAnswer | Missed> => {
  const abort = new AbortController()
  let stop = (): void => {}
  const timeOut = new Promise<Missed>((resolve) => {
    stop = timers.after(TIME_OUT_MS, () => {
      resolve(TIMED_OUT)
      abort.abort()
    })
  })
  const answer = exchange(send, url, { ...init, signal: abort.signal }).catch(missedBy)
  return await Promise.race([answer, timeOut]).finally(() => stop())
}
