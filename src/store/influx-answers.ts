/**
 * What an InfluxDB's answer to one write means: statuses and messages of 1.x, 2.x and 3.x, and what their owner can do.
 * Sends nothing and looks at no line: that is left to influx.ts and influx-refusals.ts.
 */
import { ERRORS, type ErrorCode } from '../errors.ts'
import type { StoreProblem } from './store.ts'

export type SendOutcome =
  | { readonly outcome: 'stored' }
  | { readonly outcome: 'too_large' }
  /** The server found fault with lines; `body` is its whole answer. */
  | { readonly outcome: 'refused'; readonly status: number; readonly body: string }
  | { readonly outcome: 'kept'; readonly error: StoreProblem; readonly retryAfterMs?: number }

/** Where a write went, for messages. `url` holds no password. */
export interface InfluxPlace {
  readonly url: string
  readonly bucket: string
  /** The command by which a person creates the bucket. */
  readonly createCommand: string
}

export interface InfluxAnswer {
  readonly status: number
  readonly body: string
  readonly retryAfter?: string | undefined
  /** The server's own `Date`. */
  readonly date?: string | undefined
}

/** The message inside an error's JSON, of whatever version; else the text itself. */
export const messageOf = (body: string): string => {
  try {
    const json = JSON.parse(body) as { error?: unknown; message?: unknown }
    const message = json.message ?? json.error
    if (typeof message === 'string') return message
  } catch {
    // not JSON: a proxy's page, or a plain text
  }
  return body.trim().slice(0, 1_000)
}

/** `Retry-After` in ms: seconds, or a date measured against the server's own `Date`. */
const retryAfterMs = (header: string | undefined, date: string | undefined): number | undefined => {
  if (header === undefined) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const wait = Date.parse(header) - Date.parse(date ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

const problem = (code: ErrorCode, message: string, help: string = ERRORS[code].help): StoreProblem => ({
  code,
  message,
  help,
})

export const unreachable = (place: InfluxPlace, reason: string): SendOutcome => ({
  outcome: 'kept',
  error: problem('store_unreachable', `The store at ${place.url} does not answer: ${reason}`),
})

const problemOf = (answer: InfluxAnswer, place: InfluxPlace): StoreProblem => {
  const { status, body } = answer
  const said = `The store at ${place.url} answers a write to "${place.bucket}" with status ${status}: ${messageOf(body)}`
  if (status === 401 || status === 403) return problem('store_denied', said)
  if (status === 404 && body.trim() === '404 page not found') {
    // What a server says that has no /api/v2 at all: 1.x before 1.8.
    return problem('store_wrong_api', said)
  }
  if (status === 404) {
    const help = `Create the bucket: ${place.createCommand}. If it exists, check INFLUX_URL and INFLUX_API.`
    return problem('store_bucket_missing', said, help)
  }
  if (status === 429) return problem('store_busy', said)
  if (status >= 500) return problem('store_failing', said)
  return problem('store_refuses', said)
}

/** The meaning of an answer that has a status. */
export const judge = (answer: InfluxAnswer, place: InfluxPlace): SendOutcome => {
  const { status, body } = answer
  if (status >= 200 && status < 300) return { outcome: 'stored' }
  if (status === 413) return { outcome: 'too_large' }
  if (status === 400 || status === 422) return { outcome: 'refused', status, body }
  const wait = retryAfterMs(answer.retryAfter, answer.date)
  const error = problemOf(answer, place)
  return wait === undefined ? { outcome: 'kept', error } : { outcome: 'kept', error, retryAfterMs: wait }
}
