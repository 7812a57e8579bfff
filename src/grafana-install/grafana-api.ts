/**
 * Grafana's HTTP API with a token. Refused tokens, missing rights and a Grafana that does not answer become errors with
 * what was being done; what else an answer means is left to who asks. The token goes nowhere but to this address.
 */
import { CollectorError } from '../errors.ts'

export interface Answer {
  readonly status: number
  /** What stood in its JSON; empty where a refusal had none. */
  readonly is: Readonly<Record<string, unknown>>
}

/** `doing` is told when it fails: `making the folder`. */
export type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, doing: string, body?: object) => Promise<Answer>

const TIMEOUT_MS = 30_000

/** Undefined where it is no JSON. */
const read = async (response: Response): Promise<Answer['is'] | undefined> => {
  const value: unknown = await response.json().catch(() => undefined)
  return typeof value === 'object' && value !== null ? (value as Answer['is']) : undefined
}

const said = ({ message }: Answer['is']): string =>
  typeof message === 'string' ? `: ${message.replace(/\.$/, '')}` : ''

const reason = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)

/** Throws where nothing of what it answers can be used. */
const judged = (host: string, doing: string, answer: Answer): Answer => {
  const { status, is } = answer
  if (status === 401)
    throw new CollectorError(
      'grafana_token_refused',
      `Grafana at ${host} refuses the token, while ${doing}${said(is)}.`,
    )
  if (status === 403)
    throw new CollectorError('grafana_rights_missing', `The token has no right for ${doing} at ${host}${said(is)}.`)
  return answer
}

const NOT_GRAFANA = 'Check --url: the address at which Grafana opens in a browser, with its path if it has one.'

/** What stands between us and Grafana, such as a proxy with a page of its own, answers in other ways than it. */
const refuseForeign = (host: string, doing: string, response: Response, is: Answer['is'] | undefined): void => {
  const { status, headers } = response
  if (status >= 300 && status < 400)
    throw new CollectorError('grafana_refused', `${host} answers with a redirect (${status}), while ${doing}.`, {
      help: `Give --url the address that it leads to: ${headers.get('location') ?? 'it names none'}.`,
    })
  if (is === undefined && response.ok)
    throw new CollectorError('grafana_refused', `${host} does not answer as Grafana's API does, while ${doing}.`, {
      help: NOT_GRAFANA,
    })
}

/** Throws where the token cannot go into a header; it is not told. */
const refuseUnsendable = (token: string): void => {
  if (/^[\x21-\x7e]+$/.test(token)) return
  throw new CollectorError('grafana_token_refused', 'The token holds letters that no token has, or none at all.', {
    help: 'Copy the whole token, without blanks, line breaks or dots that stand for the rest of it.',
  })
}

/** `url` may have a path; user and password do not belong into it. */
export const openGrafana = (url: string, token: string, send: typeof fetch): Ask => {
  refuseUnsendable(token)
  const { host } = new URL(url)
  const base = url.replace(/\/+$/, '')
  return async (method, path, doing, body) => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const init = { method, headers, redirect: 'manual', signal, ...(body && { body: JSON.stringify(body) }) } as const
    const response = await send(`${base}${path}`, init).catch((cause: unknown) => {
      const text = `Grafana at ${host} does not answer, while ${doing} (${reason(cause)}).`
      throw new CollectorError('grafana_not_reached', text, { cause })
    })
    const is = await read(response)
    refuseForeign(host, doing, response, is)
    return judged(host, doing, { status: response.status, is: is ?? {} })
  }
}

const helpWith = (status: number): string | undefined => {
  if (status === 404) return NOT_GRAFANA
  if (status === 409) return 'Something of yours has its name: rename or delete that in Grafana, then run this again.'
  if (status >= 500) return "Look into Grafana's log, then run this again: it goes on where it stopped."
  return undefined
}

/** The answer where it was taken; else says what Grafana says. */
export const taken = (answer: Answer, doing: string): Answer => {
  const { status, is } = answer
  if (status < 300) return answer
  const help = helpWith(status)
  throw new CollectorError('grafana_refused', `Grafana answers ${status} to ${doing}${said(is)}.`, {
    ...(help !== undefined && { help }),
  })
}

/** The same for what has a uid: an answer with another one is of no Grafana. */
export const takenAs = (uid: string, answer: Answer, doing: string): Answer => {
  if (taken(answer, doing).is.uid === uid) return answer
  throw new CollectorError('grafana_refused', `The answer to ${doing} is not one of Grafana's.`, { help: NOT_GRAFANA })
}
