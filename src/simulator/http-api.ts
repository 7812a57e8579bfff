/**
 * The HTTP side of the stand-in: the signed endpoints of the vendor's API, with its envelope, its error codes (which come
 * with HTTP status 200) and a `Date` header from the given clock. What a set command does is the caller's to say; that
 * it was queued is all the sender hears.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { flattenParams, type Signable, signatureOf, signedText } from '../cloud/signature.ts'
import type { Kit } from './kit-model.ts'
import { type Answer, type QuotaShape, quotaAll, success } from './quota-all.ts'
import { readSetCommand, type SetCommand } from './set-command.ts'

export interface HttpApiOptions {
  readonly accessKey: string
  readonly secretKey: string
  readonly account: string
  readonly password: string
  readonly mqttHost: string
  readonly mqttPort: number
  /** By hub serial number. */
  readonly kits: ReadonlyMap<string, Kit>
  readonly shape: QuotaShape
  readonly now: () => number
  /** Brings a kit up to the present before it is read. */
  readonly refresh: (kit: Kit) => void
  readonly onSet: (kit: Kit, command: SetCommand) => void
}

interface Request {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** The parameters that were signed: the JSON body or the query. */
  readonly params: { readonly [key: string]: Signable }
}

const FRESH_MS = 300_000

const failure = (code: string, message: string): Answer => ({
  code,
  message,
  eagleEyeTraceId: 'ea1a2b3c4d5e6f708192',
  tid: '',
})

const header = (request: Request, name: string): string => String(request.headers[name.toLowerCase()] ?? '')

/** What is wrong with the signature, if anything. */
const refuse = (request: Request, options: HttpApiOptions): Answer | undefined => {
  const [accessKey, nonce, timestamp] = ['accessKey', 'nonce', 'timestamp'].map((name) => header(request, name))
  if (accessKey !== options.accessKey) return failure('8513', 'accessKey is invalid')
  const text = signedText(flattenParams(request.params), options.accessKey, { nonce: nonce!, timestamp: timestamp! })
  const isFresh = /^\d+$/.test(timestamp!) && Math.abs(Number(timestamp) - options.now()) <= FRESH_MS
  const isSigned = header(request, 'sign') === signatureOf(text, options.secretKey)
  return isFresh && isSigned ? undefined : failure('8521', 'signature is wrong')
}

const certification = (options: HttpApiOptions): Answer =>
  success({
    certificateAccount: options.account,
    certificatePassword: options.password,
    url: options.mqttHost,
    port: String(options.mqttPort),
    protocol: 'mqtt',
  })

const deviceList = (options: HttpApiOptions): Answer =>
  success(
    [...options.kits].map(([sn, { settings }]) => ({
      sn,
      deviceName: settings.name,
      online: settings.isOff ? 0 : 1,
      productName: 'Power Kits',
    })),
  )

const quotasWanted = (params: Request['params']): string[] | undefined => {
  const quotas = (params.params as { quotas?: unknown } | undefined)?.quotas
  return Array.isArray(quotas) ? quotas.map(String) : undefined
}

const setQuota = (kit: Kit, request: Request, options: HttpApiOptions): Answer => {
  const command = readSetCommand(request.params)
  if (command === undefined || kit.settings.isOff) return failure('1008', 'request fail,please check your params')
  options.onSet(kit, command)
  return success()
}

const quota = (request: Request, options: HttpApiOptions): Answer => {
  const kit = options.kits.get(String(request.params.sn))
  if (kit === undefined) return failure('8512', 'no permission to do it')
  if (request.method === 'PUT') return setQuota(kit, request, options)
  options.refresh(kit)
  const isAll = request.path.endsWith('/all')
  const wanted = isAll ? undefined : quotasWanted(request.params)
  if (!isAll && wanted === undefined) return failure('1008', 'request fail,please check your params')
  return quotaAll(kit, options.shape, wanted)
}

const ROUTES: Readonly<Record<string, (request: Request, options: HttpApiOptions) => Answer>> = {
  'GET /iot-open/sign/certification': (_request, options) => certification(options),
  'GET /iot-open/sign/device/list': (_request, options) => deviceList(options),
  'GET /iot-open/sign/device/quota/all': quota,
  'GET /iot-open/sign/device/quota': quota,
  'POST /iot-open/sign/device/quota': quota,
  'PUT /iot-open/sign/device/quota': quota,
}

const parseBody = (text: string): Request['params'] => {
  try {
    const body: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Request['params']) : {}
  } catch {
    return {}
  }
}

const read = async (incoming: IncomingMessage): Promise<Request> => {
  const url = new URL(incoming.url ?? '/', 'http://localhost')
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const isJson = incoming.headers['content-type']?.startsWith('application/json') ?? false
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    headers: incoming.headers,
    // A GET with a content type is signed by its body, even an empty one: the vendor's cloud does so too.
    params: isJson ? parseBody(Buffer.concat(chunks).toString()) : Object.fromEntries(url.searchParams),
  }
}

const answerTo = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  options: HttpApiOptions,
): Promise<void> => {
  const request = await read(incoming)
  const route = ROUTES[`${request.method} ${request.path}`]
  const answer = route && (refuse(request, options) ?? route(request, options))
  response.writeHead(answer === undefined ? 404 : 200, {
    'content-type': 'application/json;charset=UTF-8',
    date: new Date(options.now()).toUTCString(),
  })
  response.end(JSON.stringify(answer ?? failure('404', 'no such path')))
}

/** A request listener for node:http. */
export const httpApi =
  (options: HttpApiOptions) =>
  (incoming: IncomingMessage, response: ServerResponse): void => {
    // A caller who hangs up in the middle of his request gets no answer, and harms nobody else.
    answerTo(incoming, response, options).catch(() => response.destroy())
  }
