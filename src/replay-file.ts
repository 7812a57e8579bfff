/**
 * What a file holds that can go through the line: our own recordings, and JSON as other tools keep it: captured
 * messages, quota/all answers, latestQuotas records, lists of these, one a line, or under names in one object.
 */
import { readFile } from 'node:fs/promises'
import { CollectorError } from './errors.ts'
import { isObject, type Json, parseJson } from './report/json.ts'
import type { Input } from './store/record.ts'
import { type OnRead, readRecording } from './store/recording-reader.ts'

/** Where inputs of a file get what the file does not say: the kit's serial number, and the time of the first one. */
export interface Origin {
  readonly kitSn: string | undefined
  /** Epoch ms. */
  readonly at: number
  /** Nothing may be stamped later than this. */
  readonly latestAt: number
}

const isAnswer = (value: Json): boolean =>
  value.operateType === 'latestQuotas' || (isObject(value.data) && !('params' in value))

/** Kinds of report that carry an operateType. src: captures of the app channel */
const REPORT_TYPES: readonly unknown[] = ['heartBeat', 'mainBP', 'wattPush']

/** A set command looks like a report, but its parameters are wishes, not values: it carries no time. */
const isCommand = ({ operateType, time, timestamp }: Json): boolean =>
  operateType !== undefined && time === undefined && timestamp === undefined && !REPORT_TYPES.includes(operateType)

const isMessage = (value: Json): boolean => ('params' in value || 'param' in value) && !isCommand(value)

/** `{topic, message, at?}`: a message with where it came from. */
const isWrapped = (value: Json): boolean => typeof value.topic === 'string' && 'message' in value

interface Found {
  readonly topic?: string
  readonly at?: number
  readonly message: unknown
}

/** The messages of a JSON value, looked for in lists and one level below names. */
const findMessages = (value: unknown, depth = 0): Found[] => {
  if (Array.isArray(value)) return value.flatMap((member) => findMessages(member, depth))
  if (!isObject(value)) return []
  if (isWrapped(value)) {
    const at = typeof value.at === 'number' ? { at: value.at } : {}
    return [{ topic: value.topic as string, message: value.message, ...at }]
  }
  if (isAnswer(value) || isMessage(value)) return [{ message: value }]
  return depth > 1 ? [] : Object.values(value).flatMap((member) => findMessages(member, depth + 1))
}

const namedKit = (message: Json): string | undefined => {
  const named = isObject(message.data) ? message.data.sn : message.sn
  return typeof named === 'string' && named !== '' ? named : undefined
}

const topicOf = (message: unknown, kitSn: string | undefined, path: string): string => {
  const answered = isObject(message) && isAnswer(message)
  const sn = kitSn ?? (isObject(message) ? namedKit(message) : undefined)
  if (sn === undefined) throw new CollectorError('replay_without_kit', `${path} does not say which kit it is of.`)
  return answered ? `/iot-open/sign/device/quota/all?sn=${sn}` : `/open/replay/${sn}/quota`
}

const messagesOf = (text: string): Found[] => {
  const whole = parseJson(text)
  if (whole !== undefined) return findMessages(whole)
  return text.split('\n').flatMap((line) => findMessages(parseJson(line)))
}

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    throw new CollectorError('replay_unreadable', `${path} cannot be read (${reason}).`, { cause })
  }
}

const whatItIs = (text: string): string =>
  text.trim() === ''
    ? 'is empty'
    : parseJson(text) === undefined
      ? 'is neither JSON nor a recording'
      : 'holds JSON, but no report and no answer of the cloud (set commands are none)'

async function* readMessages(path: string, origin: Origin, onRead?: OnRead): AsyncGenerator<Input> {
  const text = (await readText(path)).replace(/^\uFEFF/, '')
  const found = messagesOf(text)
  if (found.length === 0) throw new CollectorError('replay_nothing_found', `${path} ${whatItIs(text)}.`)
  let at = origin.at
  for (const [index, { topic, at: own, message }] of found.entries()) {
    onRead?.(index, found.length)
    const text = typeof message === 'string' ? message : JSON.stringify(message)
    at = own ?? at + 1
    if (at > origin.latestAt)
      throw new CollectorError(
        'replay_future',
        `${path} has a message of ${new Date(at).toISOString()}, which has not come yet.`,
      )
    yield {
      at,
      source: 'file',
      topic: topic ?? topicOf(message, origin.kitSn, path),
      bytes: new TextEncoder().encode(text),
    }
  }
}

async function* readInputs(path: string, onRead?: OnRead): AsyncGenerator<Input> {
  for await (const { input } of readRecording(path, onRead)) yield input
}

/** Whether the file is one of our own recordings, by its name. */
export const isRecording = (path: string): boolean => /\.spool(\.gz)?$/.test(path)

/**
 * The inputs of a file in their order. Throws CollectorError `replay_nothing_found` or `replay_without_kit`, and what
 * the system says of a file that cannot be read.
 */
export const readReplay = (path: string, origin: Origin, onRead?: OnRead): AsyncGenerator<Input> =>
  isRecording(path) ? readInputs(path, onRead) : readMessages(path, origin, onRead)
