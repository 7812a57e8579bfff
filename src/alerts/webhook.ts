/**
 * Messages over HTTP: as JSON for one's own programs, in the words of ntfy, or of Telegram's bots. The address may hold
 * a secret, so that nothing said here holds the address.
 */
import type { Message } from './message.ts'
import type { Outcome } from './outcome.ts'

export type WebhookFormat = 'json' | 'ntfy' | 'telegram'

export interface Webhook {
  readonly url: string
  readonly format: WebhookFormat
  /** Goes with each request as a bearer token. */
  readonly token?: string | undefined
}

const TIMEOUT_MS = 15_000
/** Telegram refuses longer ones. */
const MOST_TELEGRAM = 4_096
const MOST_SHOWN = 200
const PRIORITIES = { info: 3, warning: 4, critical: 5 } as const
const NTFY_TAGS = { info: 'information_source', warning: 'warning', critical: 'rotating_light' } as const

interface Request {
  readonly url: string
  readonly body: unknown
}

/** The last part of the path is the topic; ntfy takes JSON at its root alone. src: docs.ntfy.sh/publish, "Publish as JSON" */
const toNtfy = (url: URL, { title, text, severity }: Message): Request => {
  const parts = url.pathname.split('/').filter(Boolean)
  const topic = parts.pop() ?? ''
  const root = new URL(url)
  root.pathname = `/${parts.join('/')}`
  const body = { topic, title, message: text, priority: PRIORITIES[severity], tags: [NTFY_TAGS[severity]] }
  return { url: root.href, body }
}

/** `…/bot<token>/sendMessage?chat_id=<id>`. src: core.telegram.org/bots/api#sendmessage */
const toTelegram = (url: URL, { title, text }: Message): Request => {
  const chat = url.searchParams.get('chat_id') ?? ''
  const bare = new URL(url)
  bare.search = ''
  const whole = [...`${title}\n\n${text}`]
  return { url: bare.href, body: { chat_id: chat, text: whole.slice(0, MOST_TELEGRAM).join('') } }
}

const toJson = (url: URL, message: Message): Request => ({ url: url.href, body: { source: 'powerkits', ...message } })

const REQUESTS = { json: toJson, ntfy: toNtfy, telegram: toTelegram } as const

/** The user and password of an address go as a header: requests refuse such addresses. */
const authorization = (url: URL, token: string | undefined): Record<string, string> => {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (url.username === '') return {}
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** `connect ECONNREFUSED 127.0.0.1:1` stands in the cause. */
const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return 'it could not be reached'
  if (error.name === 'TimeoutError') return `it did not answer within ${TIMEOUT_MS / 1000} s`
  return `it could not be reached (${error.cause instanceof Error ? error.cause.message : error.name})`
}

const excerpt = async (response: Response): Promise<string> => {
  const text = (await response.text().catch(() => '')).replace(/\s+/g, ' ').trim()
  return text === '' ? 'with nothing more' : `and said: ${text.slice(0, MOST_SHOWN)}`
}

/** Sends a message. Never rejects. */
export const postMessage = async (send: typeof fetch, webhook: Webhook, message: Message): Promise<Outcome> => {
  const url = new URL(webhook.url)
  const headers = { 'content-type': 'application/json', ...authorization(url, webhook.token) }
  url.username = ''
  url.password = ''
  const request = REQUESTS[webhook.format](url, message)
  try {
    const response = await send(request.url, {
      method: 'POST',
      headers,
      body: JSON.stringify(request.body),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { isTaken: response.ok, text: `it answered ${response.status} ${await excerpt(response)}` }
  } catch (error) {
    return { isTaken: false, text: reason(error) }
  }
}
