/**
 * The HTTP side of the stand-in: the signed endpoints of the vendor's API, with its envelope and its error codes (which
 * come with HTTP status 200). From a request to an answer, without a socket; `http-server.ts` and `http-fetch.ts` carry
 * both. What a set command does is the caller's to say; that it was queued is all the sender hears.
 */
import { flattenParams, type Signable, signatureOf, signedText } from '../cloud/signature.ts'
import type { Account } from './account.ts'
import { type CloudKit, knownQuotas } from './cloud-kit.ts'
import type { Taken } from './control.ts'
import { ofKind, type Trouble, takeTroubles, VENDOR_MESSAGES } from './http-trouble.ts'
import { type Answer, shapeQuotas, success } from './quota-all.ts'

/** Where the certification sends an account to. */
export interface MqttPlace {
  readonly host: string
  readonly port: number
  readonly protocol: 'mqtt' | 'mqtts'
}

export interface HttpApiOptions {
  readonly accounts: readonly Account[]
  readonly mqttPlace: () => MqttPlace
  /** Epoch ms by the cloud's clock. */
  readonly now: () => number
  /** Epoch ms by the kits' clock. */
  readonly kitTime: () => number
  /** Takes the body of a set command. */
  readonly onSet: (kit: CloudKit, message: unknown) => Taken
}

/** A request as both fronts bring it. Header names are in lower case. */
export interface ApiRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** An answer after so many ms; without a status the connection is closed instead. */
export interface ApiReply {
  readonly delayMs: number
  readonly status?: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

interface Call {
  readonly method: string
  readonly path: string
  readonly account: Account
  /** The parameters that were signed: the JSON body or the query. */
  readonly params: { readonly [key: string]: Signable }
}

const FRESH_MS = 300_000

const failure = (code: string, message = VENDOR_MESSAGES[code] ?? 'fail'): Answer => ({
  code,
  message,
  eagleEyeTraceId: 'ea1a2b3c4d5e6f708192',
  tid: '',
})

const header = (request: ApiRequest, name: string): string => String(request.headers[name.toLowerCase()] ?? '')

/** Whether the request is signed with the account's secret, and of now. */
const isSigned = (request: ApiRequest, call: Call, now: number): boolean => {
  const { accessKey, secretKey } = call.account
  const [nonce, timestamp] = [header(request, 'nonce'), header(request, 'timestamp')]
  const text = signedText(flattenParams(call.params), accessKey, { nonce, timestamp })
  const isFresh = /^\d+$/.test(timestamp) && Math.abs(Number(timestamp) - now) <= FRESH_MS
  return isFresh && header(request, 'sign') === signatureOf(text, secretKey)
}

const certification = ({ account }: Call, { mqttPlace }: HttpApiOptions): Answer => {
  const { host, port, protocol } = mqttPlace()
  return success({
    certificateAccount: account.account,
    certificatePassword: account.password,
    url: host,
    port: String(port),
    protocol,
  })
}

const deviceList = ({ account }: Call): Answer =>
  success(
    [...account.kits.values()].map(({ sn, kit, online }) => ({
      sn,
      deviceName: kit.settings.name,
      online,
      productName: 'Power Kits',
    })),
  )

const quotasWanted = (params: Call['params']): string[] | undefined => {
  const quotas = (params.params as { quotas?: unknown } | undefined)?.quotas
  return Array.isArray(quotas) ? quotas.map(String) : undefined
}

const setQuota = (kit: CloudKit, call: Call, options: HttpApiOptions): Answer | undefined => {
  const taken = options.onSet(kit, call.params)
  if (taken === 'unanswered') return undefined
  return taken === 'queued' ? success() : failure('1008')
}

const quota = (call: Call, options: HttpApiOptions): Answer | undefined => {
  const kit = call.account.kits.get(String(call.params.sn))
  if (kit === undefined) return failure('8512')
  if (call.method === 'PUT') return setQuota(kit, call, options)
  const isAll = call.path.endsWith('/all')
  const wanted = isAll ? undefined : quotasWanted(call.params)
  if (!isAll && wanted === undefined) return failure('1008')
  return shapeQuotas(knownQuotas(kit, options.kitTime()), kit.shape, wanted)
}

const ROUTES: Readonly<Record<string, (call: Call, options: HttpApiOptions) => Answer | undefined>> = {
  'GET /iot-open/sign/certification': certification,
  'GET /iot-open/sign/device/list': deviceList,
  'GET /iot-open/sign/device/quota/all': quota,
  'GET /iot-open/sign/device/quota': quota,
  'POST /iot-open/sign/device/quota': quota,
  'PUT /iot-open/sign/device/quota': quota,
}

const parseBody = (text: string): Call['params'] => {
  try {
    const body: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Call['params']) : {}
  } catch {
    return {}
  }
}

// A GET with a content type is signed by its body, even an empty one: the vendor's cloud does so too.
const paramsOf = (request: ApiRequest): Call['params'] =>
  header(request, 'content-type').startsWith('application/json')
    ? parseBody(request.body)
    : Object.fromEntries(request.url.searchParams)

/** The vendor's hosts know the keys of their own region only; any other host stands for the account's. */
const isAtHome = ({ region, isElsewhere }: Account, { hostname }: URL): boolean => {
  const asked = hostname.startsWith('api-a.') ? 'us' : hostname.startsWith('api-e.') ? 'eu' : region
  return asked === region && !isElsewhere
}

const without = (answer: Answer, as: 'null' | 'missing'): Answer => {
  const { data: _data, ...envelope } = answer
  return as === 'null' ? { ...envelope, data: null } : envelope
}

/** Undefined: the connection ends without an answer. */
const answerTo = (
  request: ApiRequest,
  call: Call,
  troubles: readonly Trouble[],
  options: HttpApiOptions,
): Answer | undefined => {
  if (!isSigned(request, call, options.now())) return failure('8521')
  const [code, noData] = [ofKind(troubles, 'code'), ofKind(troubles, 'no_data')]
  if (code) return failure(code.code)
  const answer = ROUTES[`${call.method} ${call.path}`]!(call, options)
  return noData && answer ? without(answer, noData.as) : answer
}

const JSON_TYPE = 'application/json;charset=UTF-8'
const PAGE = '<html><head><title>Bad Gateway</title></head><body>The service is not available.</body></html>'

/** The API's answer to a request, troubles included. */
export const replyTo = (request: ApiRequest, options: HttpApiOptions): ApiReply => {
  const date = new Date(options.now()).toUTCString()
  const json = (answer: Answer, status = 200, delayMs = 0): ApiReply => ({
    delayMs,
    status,
    headers: { 'content-type': JSON_TYPE, date },
    text: JSON.stringify(answer),
  })
  const [method, path, params] = [request.method, request.url.pathname, paramsOf(request)]
  if (!Object.hasOwn(ROUTES, `${method} ${path}`)) return json(failure('404', 'no such path'), 404)
  const account = options.accounts.find(({ accessKey }) => accessKey === header(request, 'accessKey'))
  if (account === undefined || !isAtHome(account, request.url)) return json(failure('8513'))
  const troubles = takeTroubles(account.troubles, path, String(params.sn ?? ''))
  const delayMs = ofKind(troubles, 'slow')?.ms ?? 0
  if (ofKind(troubles, 'dropped')) return { delayMs, headers: {}, text: '' }
  const html = ofKind(troubles, 'html')
  if (html) return { delayMs, status: html.status, headers: { 'content-type': 'text/html', date }, text: PAGE }
  const answer = answerTo(request, { method, path, account, params }, troubles, options)
  return answer === undefined ? { delayMs, headers: {}, text: '' } : json(answer, 200, delayMs)
}
