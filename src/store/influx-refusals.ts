/**
 * How a refused batch of an InfluxDB is narrowed down to its guilty lines: by the server's words where it names them,
 * else by halving. It promises that a line is rejected only when the server refused it for what it says, never because
 * of a setting, a proxy or an outage, and that every other line is stored. Sending is an argument.
 */
import { ERRORS } from '../errors.ts'
import { messageOf, type SendOutcome } from './influx-answers.ts'
import { parseLine } from './line-protocol.ts'
import type { RejectedLine, WriteAnswer } from './store.ts'

type Kept = Extract<WriteAnswer, { answer: 'kept' }>

/** After so many refusals that do not speak of a line, with nothing stored, it is the server and not the lines. */
const UNEXPLAINED_MAX = 8

const SPEAKS_OF_LINES =
  /partial write|unable to parse|parsing|type conflict|retention policy|dropped|line protocol|time outside|max-(?:values|series)|duplicate tag|missing (?:field|tag|measurement)/i

const textOf = (line: string): string => (line.endsWith('\n') ? line.slice(0, -1) : line)

/** 3.x lists the lines by number (from 1). */
const namedByNumber = (lines: readonly string[], body: string): RejectedLine[] => {
  let data: unknown
  try {
    data = (JSON.parse(body) as { data?: unknown }).data
  } catch {
    return []
  }
  if (!Array.isArray(data)) return []
  return (data as { line_number?: unknown; error_message?: unknown }[]).flatMap((entry) => {
    const line = typeof entry?.line_number === 'number' ? lines[entry.line_number - 1] : undefined
    return line === undefined ? [] : [{ line, reason: String(entry.error_message ?? 'refused') }]
  })
}

/** 1.x and 2.x quote a line that they cannot parse: `unable to parse '…': reason`, one per row of the message. */
const namedByQuote = (lines: readonly string[], message: string): RejectedLine[] => {
  const known = new Map(lines.map((line) => [textOf(line), line]))
  return message.split('\n').flatMap((row) => {
    const start = row.indexOf("unable to parse '")
    if (start < 0) return []
    const quoted = row.slice(start + "unable to parse '".length)
    for (let end = quoted.lastIndexOf("': "); end > 0; end = quoted.lastIndexOf("': ", end - 1)) {
      const line = known.get(quoted.slice(0, end))
      if (line !== undefined) return [{ line, reason: row.slice(start, start + 1_000) }]
    }
    return []
  })
}

const CONFLICT = /input field "(.+?)" on measurement "(.+?)" is type (\w+), already exists as type \w+/g

/** 1.x and 2.x name field, measurement and type of the first conflict, not the lines. */
const namedByConflict = (lines: readonly string[], message: string): RejectedLine[] =>
  [...message.matchAll(CONFLICT)].flatMap(([reason, field, measurement, type]) => {
    const isGuilty = (line: string): boolean => {
      try {
        const point = parseLine(line)
        const value = point.fields[field ?? '']
        return point.measurement === measurement && typeof value === (type === 'string' ? 'string' : 'number')
      } catch {
        return false
      }
    }
    return lines.filter(isGuilty).map((line) => ({ line, reason: `field type conflict: ${reason}` }))
  })

/** Lines that the server's answer names as guilty, each once; empty when it names none. */
const namedLines = (lines: readonly string[], body: string): RejectedLine[] => {
  const byNumber = namedByNumber(lines, body)
  if (byNumber.length > 0) return byNumber
  const message = messageOf(body)
  const named = [...namedByQuote(lines, message), ...namedByConflict(lines, message)]
  return [...new Map(named.map((one) => [one.line, one])).values()]
}

interface Search {
  readonly rejected: RejectedLine[]
  isAnyStored: boolean
  unexplained: number
}

type Send = (lines: readonly string[]) => Promise<SendOutcome>

const refusesAll = (status: number, message: string): Kept => ({
  answer: 'kept',
  error: {
    code: 'store_refuses',
    message: `The store answers every write with status ${status}: ${message || 'no reason given'}`,
    help: ERRORS.store_refuses.help,
  },
})

const halves = async (send: Send, lines: readonly string[], search: Search): Promise<Kept | undefined> => {
  const middle = lines.length >> 1
  return (await settle(send, lines.slice(0, middle), search)) ?? (await settle(send, lines.slice(middle), search))
}

const reject = (search: Search, lines: readonly string[], reason: string): void => {
  for (const line of lines) search.rejected.push({ line, reason })
}

const settleRefusal = async (
  send: Send,
  lines: readonly string[],
  search: Search,
  refusal: { readonly status: number; readonly body: string },
): Promise<Kept | undefined> => {
  const named = namedLines(lines, refusal.body)
  if (named.length > 0) {
    search.rejected.push(...named)
    const guilty = new Set(named.map(({ line }) => line))
    return settle(
      send,
      lines.filter((line) => !guilty.has(line)),
      search,
    )
  }
  const message = messageOf(refusal.body)
  const dropped = Number(/dropped=(\d+)\b/.exec(message)?.[1] ?? -1)
  if (dropped === lines.length) return void reject(search, lines, message)
  if (lines.length > 1) return halves(send, lines, search)
  const isExplained = refusal.status === 422 || SPEAKS_OF_LINES.test(message)
  if (!isExplained && !search.isAnyStored && ++search.unexplained >= UNEXPLAINED_MAX) {
    return refusesAll(refusal.status, message)
  }
  return void reject(search, lines, message || `refused with status ${refusal.status}`)
}

const keep = ({ error, retryAfterMs }: Extract<SendOutcome, { outcome: 'kept' }>): Kept =>
  retryAfterMs === undefined ? { answer: 'kept', error } : { answer: 'kept', error, retryAfterMs }

/** Sends the lines, and parts of them, until every one is stored or rejected; undefined then, else why all are kept. */
const settle = async (send: Send, lines: readonly string[], search: Search): Promise<Kept | undefined> => {
  if (lines.length === 0) return undefined
  const sent = await send(lines)
  switch (sent.outcome) {
    case 'stored':
      search.isAnyStored = true
      return undefined
    case 'kept':
      return keep(sent)
    case 'too_large':
      if (lines.length > 1) return halves(send, lines, search)
      return void reject(search, lines, 'the line alone is larger than the store accepts')
    case 'refused':
      return settleRefusal(send, lines, search, sent)
  }
}

/** Writes lines by `send`: what it refuses for good is found and named, all others are stored, or everything is kept. */
export const writeLines = async (send: Send, lines: readonly string[]): Promise<WriteAnswer> => {
  const search: Search = { rejected: [], isAnyStored: false, unexplained: 0 }
  const kept = await settle(send, lines, search)
  if (kept !== undefined) return kept
  if (search.unexplained > 0 && !search.isAnyStored) return refusesAll(400, search.rejected[0]?.reason ?? '')
  return search.rejected.length === 0 ? { answer: 'accepted' } : { answer: 'rejected', lines: search.rejected }
}
