/**
 * Bytes to report. Knows topics, envelopes and shapes, nothing about units; lenient about UTF-8 and extra keys.
 * Never throws: any bytes at all give a report or a named rejection.
 */
import { isObject, type Json, parseJson, toText, unpack } from './json.ts'
import type { Decoded, ModuleRecord, QuotaReport, Rejection, Via } from './report.ts'
import { type Kinds, resolveKind } from './resolve.ts'
import { NO_SN, unpackModules } from './shapes.ts'
import { parseTopic } from './topic.ts'

const MAX_BYTES = 1024 * 1024
/** Below this a `time` is an uptime in ms, above it an epoch. src: powerkits-api.txt L2541, L2511 */
const EPOCH_FROM_MS = 1e11

const rejected = (reason: Rejection, detail = ''): Decoded => ({ rejected: reason, detail: detail.slice(0, 200) })

/** `id` is opaque: the app channel's exceeds 2^53, so its digits are taken from the text. */
const messageId = (message: Json, text: string): string => {
  const id = message.id
  if (typeof id === 'number' && !Number.isSafeInteger(id)) return /"id"\s*:\s*(-?\d+)/.exec(text)?.[1] ?? String(id)
  return typeof id === 'number' || typeof id === 'string' ? String(id) : ''
}

const clockOf = (message: Json): number | undefined => {
  const clock = message.time ?? message.timestamp
  return typeof clock === 'number' && Number.isFinite(clock) ? clock : undefined
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Context {
  readonly kitSn: string
  readonly kinds: Kinds
}

const isEmpty = (fields: Json): boolean => {
  for (const _ in fields) return false
  return true
}

/** Records of a keyed object; fields that name no module belong to `moduleSn`, or to the kit itself. */
const recordsOf = (packed: Json, message: Json, { kitSn, kinds }: Context): ModuleRecord[] => {
  const moduleSn = text(message.moduleSn)
  const { records, plain } = unpackModules(packed, { kitSn, moduleSn }, kinds)
  if (isEmpty(plain)) return records
  const hints = { kitSn, moduleSn, moduleType: message.moduleType, typeCode: message.typeCode }
  const kind = resolveKind(hints, plain, kinds)
  const sn = kinds.isOfKit(kind) ? kitSn : moduleSn || NO_SN
  return [...records, { kind, sn, fields: plain }]
}

const quota = (records: ModuleRecord[], via: Via, message: Json, kitSn: string): Decoded => {
  if (records.length === 0) return rejected('empty')
  const clock = clockOf(message)
  const isIdentified = clock !== undefined && (typeof message.id === 'number' || typeof message.id === 'string')
  const report: Mutable<QuotaReport> = { type: 'quota', kitSn, via, records, isIdentified }
  if (clock === undefined) return { report }
  if (clock < EPOCH_FROM_MS && message.time !== undefined) report.uptimeMs = clock
  return { report }
}

/** A full record asked for on the app channel. src: captures of the app channel */
const latestQuotas = (message: Json, context: Context): Decoded => {
  const data = unpack(message.data)
  if (!isObject(data)) return rejected('no_data')
  const packed = unpack(data.quotaMap)
  if (!isObject(packed)) return rejected('no_data')
  const kitSn = context.kitSn || text(data.sn)
  if (kitSn === '') return rejected('no_serial_number')
  const decoded = quota(recordsOf(packed, {}, { ...context, kitSn }), 'poll', message, kitSn)
  if (!('report' in decoded) || (data.online !== 0 && data.online !== 1)) return decoded
  return { report: { ...(decoded.report as QuotaReport), isOnline: data.online === 1 } }
}

/** The answer to quota/all or to selected quotas, wrapped once or twice. src: powerkits-api.txt L755-814 */
const answer = (message: Json, context: Context): Decoded => {
  let wrapped: Json = message
  for (let depth = 0; depth < 4; depth++) {
    const code = toText(wrapped.code, 20)
    if ('code' in wrapped && code !== '0') return rejected('refused', `code ${code}: ${text(wrapped.message)}`)
    const inner = unpack(wrapped.data)
    if (!isObject(inner)) return rejected('no_data')
    if (!('data' in inner && 'code' in inner)) {
      if (isObject(unpack(inner.quotaMap))) return latestQuotas(wrapped, context)
      if (context.kitSn === '') return rejected('no_serial_number')
      return quota(recordsOf(inner, {}, context), 'poll', wrapped, context.kitSn)
    }
    wrapped = inner
  }
  return rejected('no_data')
}

const push = (message: Json, context: Context): Decoded => {
  const packed = unpack(message.params ?? message.param)
  if (!isObject(packed)) return rejected('empty')
  return quota(recordsOf(packed, message, context), 'push', message, context.kitSn)
}

const status = (message: Json, kitSn: string): Decoded => {
  const params = unpack(message.params ?? message.param)
  const value = toText(isObject(params) ? params.status : message.status, 20)
  if (value !== '0' && value !== '1') return rejected('no_status', value)
  return { report: { type: 'status', kitSn, isOnline: value === '1' } }
}

/** 1 and 0 as number or text; anything else says nothing. */
const flag = (value: unknown): boolean | undefined => {
  const said = toText(value, 20)
  return said === '1' ? true : said === '0' ? false : undefined
}

/** The devices of an account. An entry without a serial number is passed over. */
const devices = (message: Json): Decoded => {
  const code = toText(message.code, 20)
  if ('code' in message && code !== '0') return rejected('refused', `code ${code}: ${text(message.message)}`)
  const entries = unpack(message.data)
  if (!Array.isArray(entries)) return rejected('no_data')
  const listed = entries.filter(isObject).flatMap((entry) => {
    const sn = text(entry.sn)
    return sn === '' ? [] : [{ sn, isOnline: flag(entry.online) }]
  })
  return { report: { type: 'devices', devices: listed } }
}

/** Success is the first of these that is there. src: powerkits-api.txt L1671-1695; the kits' own replies have retSta */
const RESULTS = ['retSta', 'ack', 'result']

const setReply = (message: Json, raw: string, kitSn: string): Decoded => {
  const unpacked = unpack(message.data)
  const data = isObject(unpacked) ? unpacked : {}
  const result = RESULTS.map((name) => data[name]).find((value) => value !== undefined) ?? message.code
  const answer = Object.fromEntries(Object.entries(data).filter(([name]) => !RESULTS.includes(name)))
  const code = result === undefined ? '' : toText(result, 20)
  return {
    report: {
      type: 'set_reply',
      kitSn,
      id: messageId(message, raw),
      operateType: text(message.operateType),
      code,
      answer,
    },
  }
}

const decodeMessage = (message: Json, raw: string, channel: string, context: Context): Decoded => {
  if (channel === 'status') return status(message, context.kitSn)
  if (channel === 'devices') return devices(message)
  if (message.operateType === 'latestQuotas') return latestQuotas(message, context)
  if (channel === 'answer' || channel === 'get_reply') return answer(message, context)
  if (channel === 'set_reply') return setReply(message, raw, context.kitSn)
  return push(message, context)
}

/** What `bytes` received on `topic` say. `kinds` is the catalogue together with what is known of the kits. */
export const decode = (topic: string, bytes: Uint8Array, kinds: Kinds): Decoded => {
  const origin = parseTopic(topic)
  if (!origin) return rejected('unknown_topic', topic)
  if (bytes.length > MAX_BYTES) return rejected('too_large', `${bytes.length} bytes`)
  const raw = utf8(bytes)
  const message = parseJson(raw)
  if (message === undefined) return rejected('not_json', raw)
  if (!isObject(message)) return rejected('not_an_object', raw)
  if (origin.kitSn === '' && origin.channel !== 'answer' && origin.channel !== 'devices')
    return rejected('no_serial_number', topic)
  return decodeMessage(message, raw, origin.channel, { kitSn: origin.kitSn, kinds })
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: false, fatal: false })

/** Invalid sequences become U+FFFD; a byte order mark is dropped. */
const utf8 = (bytes: Uint8Array): string => decoder.decode(bytes)
