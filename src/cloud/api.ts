/**
 * The vendor's HTTP API, spoken: each request signed anew, each answer judged by its code and never by its HTTP status,
 * each failure a value with a sentence for a person. A refused signature is repeated here, since it also passes by
 * itself; everything else is the caller's to repeat, so that no set command can be sent twice.
 */
import { count } from '../counters.ts'
import { pause } from '../timers.ts'
import { type Envelope, readCertification, readDevices, readEnvelope } from './answer.ts'
import type { Answered, Api, ApiOptions, StrangeKind } from './api-contract.ts'
import { excerpt, withoutSecrets } from './excerpt.ts'
import { type About, type Call, explainFailure, type Told } from './explain-failure.ts'
import { type FailureKind, kindOfCode } from './failures.ts'
import type { Failure, Outcome } from './outcome.ts'
import { type HttpAnswer, request } from './request.ts'
import { type Signable, signedHeaders } from './signature.ts'

const CERTIFICATION = '/iot-open/sign/certification'
const DEVICE_LIST = '/iot-open/sign/device/list'
const QUOTA = '/iot-open/sign/device/quota'

const MAX_TRIES = 4
const FIRST_PAUSE_MS = 250
/** The cloud refuses signatures whose time is further off. */
const SKEW_MS = 60_000

interface Ask {
  readonly call: Call
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** Empty where it concerns the account. */
  readonly kitSn: string
  /** Already flat: sent as the query and signed. */
  readonly query?: { readonly [key: string]: string }
  readonly body?: { readonly [key: string]: Signable }
}

/** What came of one try; `isSkewed` when a refusal is explained by the time it was signed with. */
interface Tried {
  readonly outcome: Outcome<{ readonly envelope: Envelope; readonly bytes: Uint8Array }>
  readonly isSkewed: boolean
}

/** The signed request. A GET carries no content type: with one the cloud signs a body that is not there. */
const signed = ({ method, path, query = {}, body }: Ask, { host, credentials, random }: ApiOptions, at: number) => {
  const fresh = { nonce: String(100_000 + Math.floor(random() * 900_000)), timestamp: String(at) }
  const headers = signedHeaders(body ?? query, credentials, fresh)
  const search = new URLSearchParams(query).toString()
  const url = `${host.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`
  if (body === undefined) return { url, init: { method, headers } }
  const contentType = { 'content-type': 'application/json;charset=UTF-8' }
  return { url, init: { method, headers: { ...headers, ...contentType }, body: JSON.stringify(body) } }
}

const aboutOf = ({ call, kitSn }: Ask, { account, host }: ApiOptions): About => ({
  call,
  account,
  kitSn,
  host: new URL(host).host,
})

/** Counts the failure and explains it. */
const fail = (kind: FailureKind, ask: Ask, options: ApiOptions, told: Told): Failure => {
  count(options.counters, 'cloud_failures', kind)
  const detail = withoutSecrets(told.detail ?? '', options.credentials)
  return explainFailure(kind, aboutOf(ask, options), { ...told, detail })
}

const strange = (kind: StrangeKind, ask: Ask, options: ApiOptions, bytes: Uint8Array): void =>
  options.onStrange(kind, ask.kitSn, excerpt(bytes, options.credentials))

/** Not from the cloud, or not as it used to answer. */
const foreign = (answer: HttpAnswer, ask: Ask, options: ApiOptions): Failure => {
  const { status, contentType, location, bytes } = answer
  const isRedirect = status >= 300 && status < 400
  // Its path may hold somebody's log-in.
  const place = URL.canParse(location, options.host) ? ` to ${new URL(location, options.host).origin}` : ''
  strange(isRedirect ? 'redirect' : 'answer', ask, options, bytes)
  const kind = contentType.split(';')[0] || 'without a content type'
  const detail = `HTTP status ${status}, ${isRedirect ? `sent on${place}, which is not followed` : kind}`
  return fail('not_understood', ask, options, { detail })
}

const refused = (envelope: Envelope, bytes: Uint8Array, ask: Ask, options: ApiOptions): Failure => {
  const { code, message, eagleEyeTraceId } = envelope
  const kind = kindOfCode(code)
  if (kind === 'unknown') strange('code', ask, options, bytes)
  const detail = message ? `“${message}”` : ''
  return fail(kind, ask, options, { code, detail, traceId: eagleEyeTraceId ?? '' })
}

const tryOnce = async (ask: Ask, options: ApiOptions): Promise<Tried> => {
  count(options.counters, 'cloud_requests', ask.call)
  const signedAt = Math.round(options.now())
  const { url, init } = signed(ask, options, signedAt)
  const sentAt = options.localNow()
  const answer = await request(options.fetch, url, init, options.timers)
  const receivedAt = options.localNow()
  const failed = (failure: Failure, isSkewed = false): Tried => ({ outcome: { isOk: false, failure }, isSkewed })
  if ('missed' in answer) return failed(fail(answer.missed, ask, options, { detail: answer.detail }))
  const envelope = readEnvelope(answer.bytes)
  if (envelope === undefined) return failed(foreign(answer, ask, options))
  if (!Number.isNaN(answer.dateAt)) options.onDate(answer.dateAt, sentAt, receivedAt)
  if (envelope.code !== '0')
    return failed(refused(envelope, answer.bytes, ask, options), Math.abs(answer.dateAt - signedAt) > SKEW_MS)
  return { outcome: { isOk: true, value: { envelope, bytes: answer.bytes } }, isSkewed: false }
}

/** A refused signature was not acted upon: asking again, with the clock as learnt from the refusal, harms nothing. */
const askOf = async (ask: Ask, options: ApiOptions): Promise<Tried['outcome']> => {
  for (let tries = 1; ; tries++) {
    const { outcome, isSkewed } = await tryOnce(ask, options)
    if (outcome.isOk || outcome.failure.kind !== 'signature' || tries === MAX_TRIES) return outcome
    if (!isSkewed) await pause(options.timers, FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + options.random()))
  }
}

/** The answer with what `read` makes of it; where that is nothing, a failure that is told and kept to look at. */
const askFor = async <T>(
  ask: Ask,
  kind: StrangeKind,
  options: ApiOptions,
  read: (data: unknown, bytes: Uint8Array) => T | undefined,
): Promise<Outcome<T>> => {
  const outcome = await askOf(ask, options)
  if (!outcome.isOk) return outcome
  const { envelope, bytes } = outcome.value
  const value = read(envelope.data, bytes)
  if (value !== undefined) return { isOk: true, value }
  strange(kind, ask, options, bytes)
  const told = { detail: 'it lacks what it should hold', traceId: envelope.eagleEyeTraceId ?? '' }
  return { isOk: false, failure: fail('not_understood', ask, options, told) }
}

const answered = async (ask: Ask, options: ApiOptions): Promise<Outcome<Answered>> => {
  const outcome = await askOf(ask, options)
  if (!outcome.isOk) return outcome
  return { isOk: true, value: { topic: `${ask.path}?sn=${ask.kitSn}`, bytes: outcome.value.bytes } }
}

const quotasAsk = (sn: string, names: readonly string[], method: 'GET' | 'POST'): Ask => {
  const ask = { call: 'quotas', method, path: QUOTA, kitSn: sn } as const
  if (method === 'POST') return { ...ask, body: { sn, params: { quotas: names } } }
  const flat = Object.fromEntries(names.map((name, index) => [`params.quotas[${index}]`, name]))
  return { ...ask, query: { ...flat, sn } }
}

/** Speaks to one host with one account's keys. */
export const createApi = (options: ApiOptions): Api => ({
  certification: () => {
    const isPlain = options.host.startsWith('http://')
    const ask: Ask = { call: 'certification', method: 'GET', path: CERTIFICATION, kitSn: '' }
    return askFor(ask, 'certification', options, (data) => readCertification(data, isPlain))
  },
  devices: () => {
    const ask: Ask = { call: 'device_list', method: 'GET', path: DEVICE_LIST, kitSn: '' }
    return askFor(ask, 'device_list', options, (data, bytes) => {
      const list = readDevices(data)
      for (const entry of list?.strange ?? []) strange('device', ask, options, Buffer.from(JSON.stringify(entry)))
      return list && { devices: list.devices, topic: DEVICE_LIST, bytes }
    })
  },
  quotaAll: (sn) =>
    answered({ call: 'quota_all', method: 'GET', path: `${QUOTA}/all`, kitSn: sn, query: { sn } }, options),
  quotas: (sn, names) => answered(quotasAsk(sn, names, options.quotasMethod), options),
  set: (body) => answered({ call: 'set', method: 'PUT', path: QUOTA, kitSn: body.sn, body }, options),
})
