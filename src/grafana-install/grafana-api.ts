/**
 * Grafana's HTTP API with a token. Refused tokens, missing rights and a Grafana that does not answer become errors with
 * what was being done; what else an answer means is left to who asks. The token goes nowhere but to this address.
 */
import { CollectorError } from '../errors.ts'

export interface Answer {
  readonly status: number
  /** What stood in its JSON; empty where it was none. */
  readonly is: Readonly<Record<string, unknown>>
}

/** `doing` is told when it fails: `making the folder`. */
export type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, doing: string, body?: object) => Promise<Answer>

const TIMEOUT_MS = 30_000

const read = async (response: Response): Promise<Answer['is']> => {
  const value: unknown = await response.json().catch(() => ({}))
  return typeof value === 'object' && value !== null ? (value as Answer['is']) : {}
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
  if (status >= 300 && status < 400)
    throw new CollectorError('grafana_refused', `${host} answers with a redirect (${status}), while ${doing}.`)
  return answer
}

/** `url` may have a path; user and password do not belong into it. */
export const openGrafana = (url: string, token: string, send: typeof fetch): Ask => {
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
    return judged(host, doing, { status: response.status, is: await read(response) })
  }
}

/** The answer where it was taken; else says what Grafana says. */
export const taken = (answer: Answer, doing: string): Answer => {
  if (answer.status < 300) return answer
  throw new CollectorError('grafana_refused', `Grafana answers ${answer.status} to ${doing}${said(answer.is)}.`)
}
