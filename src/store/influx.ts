/**
 * The store on an InfluxDB: 2.x and 3.x and 1.8+ by `/api/v2/write`, older 1.x by `/write`; questions by InfluxQL.
 * A write is one request with ready lines, by the client's transport: its write buffer would copy them, and its retries
 * would send twice and drop quietly. The spool retries. Several writes may be in flight.
 * A missing bucket is created on the first write, where the token allows it.
 */
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { HttpError, InfluxDB, RequestTimedOutError, setLogger } from '@influxdata/influxdb-client'
import type { Bucket } from '../catalogue/measurements.ts'
import { type InfluxPlace, judge, type SendOutcome, unreachable } from './influx-answers.ts'
import { ask, createBucket, createCommand, type InfluxConnection } from './influx-http.ts'
import * as influxql from './influx-query.ts'
import { writeLines } from './influx-refusals.ts'
import { compareRows } from './order.ts'
import type { LastQuestion, LastValue, Store } from './store.ts'

/** What the store needs of a logger; pino has it. */
export interface StoreLog {
  debug(details: object, message: string): void
}

export interface InfluxOptions {
  readonly url: string
  readonly token?: string
  readonly username?: string
  readonly password?: string
  /** 2.x needs it; others ignore it. */
  readonly org?: string
  readonly buckets: Readonly<Record<Bucket, string>>
  readonly api: 'v1' | 'v2'
  /** How long the raw bucket keeps rows, set when it is created here; history stays for ever. */
  readonly retentionMs?: number
  readonly timeoutMs: number
  readonly log: StoreLog
}

/** Questions for the last values go field by field, so many at once. */
const QUESTIONS_AT_ONCE = 4

/** Before 1.8 a server knows no tokens, only users: `user:password` in place of one is sent as it wants it. */
const authorization = ({ token, username, password, api }: InfluxOptions): Record<string, string> => {
  const isUser = api === 'v1' && token?.includes(':')
  if (token && !isUser) return { authorization: `Token ${token}` }
  if (!isUser && !username) return {}
  const user = isUser ? token : `${username}:${password ?? ''}`
  return { authorization: `Basic ${Buffer.from(user ?? '').toString('base64')}` }
}

const connectionOf = (options: InfluxOptions): InfluxConnection => {
  const url = new URL(options.url)
  const own = {
    username: options.username || decodeURIComponent(url.username),
    password: options.password || decodeURIComponent(url.password),
  }
  const headers = authorization({ ...options, ...own })
  url.username = ''
  url.password = ''
  return {
    url: url.href.replace(/\/+$/, ''),
    headers,
    credentials: [options.token, own.password, headers.authorization?.split(' ')[1]].flatMap((one) => one || []),
    org: options.org ?? '',
    api: options.api,
    timeoutMs: options.timeoutMs,
  }
}

/** An InfluxDB Enterprise wrote, and owes a copy to another of its own nodes. */
const OWES_A_COPY = 'hinted handoff queue not empty'

/** A write that failed as an answer of the server, or as none. */
const outcomeOf = (error: unknown, place: InfluxPlace, credentials: readonly string[]): SendOutcome => {
  if (!(error instanceof HttpError)) return unreachable(place, error instanceof Error ? error.message : String(error))
  const { statusCode: status, headers } = error
  const body = credentials.reduce((text, secret) => text.replaceAll(secret, '[secret]'), error.body ?? '')
  if (body.includes(OWES_A_COPY)) return { outcome: 'stored' }
  return judge(
    { status, body, retryAfter: headers?.['retry-after']?.toString(), date: headers?.date?.toString() },
    place,
  )
}

/** No blank lines: 3.x names a guilty line by its number. */
const bodyOf = (lines: readonly string[]): string =>
  lines
    .map((line) => (line.endsWith('\n') ? line : `${line}\n`))
    .join('')
    .slice(0, -1)

/** Statuses that say "written"; any other success is a proxy's or a sign-in page's. */
const WRITTEN: readonly number[] = [201, 204]

/** Resolves when the server says that it wrote; rejects with HttpError or what went wrong on the way. */
const post = (transport: InfluxDB['transport'], path: string, body: string, headers: Record<string, string>) =>
  new Promise<void>((resolve, reject) => {
    let status = 0
    transport.send(
      path,
      body,
      { method: 'POST', headers },
      {
        responseStarted: (_, code) => {
          status = code ?? 0
        },
        next: () => {},
        error: reject,
        complete: () => {
          if (WRITTEN.includes(status)) resolve()
          else reject(new HttpError(status, `status ${status} instead of 204`))
        },
      },
    )
  })

const writePath = ({ api, org }: InfluxConnection, bucket: string): string =>
  api === 'v1'
    ? `/write?db=${encodeURIComponent(bucket)}&precision=ms`
    : `/api/v2/write?org=${encodeURIComponent(org)}&bucket=${encodeURIComponent(bucket)}&precision=ms`

/** One client with sockets of its own: the client leaves a socket that timed out open, so all are dropped then. */
const createSender = (connection: InfluxConnection, log: StoreLog) => {
  const Agent = connection.url.startsWith('https:') ? HttpsAgent : HttpAgent
  const agent = new Agent({ keepAlive: true })
  const { url, timeoutMs } = connection
  const { transport } = new InfluxDB({ url, timeout: timeoutMs, transportOptions: { agent } })
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...connection.headers }
  const send = async (place: InfluxPlace, lines: readonly string[]): Promise<SendOutcome> => {
    try {
      await post(transport, writePath(connection, place.bucket), bodyOf(lines), headers)
      return { outcome: 'stored' }
    } catch (error) {
      log.debug({ err: error }, 'A write to the store failed.')
      if (error instanceof RequestTimedOutError) agent.destroy()
      return outcomeOf(error, place, connection.credentials)
    }
  }
  return { send, close: () => agent.destroy() }
}

const askLast = async (connection: InfluxConnection, db: string, question: LastQuestion): Promise<LastValue[]> => {
  const series = async (statement: string) => influxql.readSeries(await ask(connection, db, statement))
  const known = influxql.readFieldKeys(await series(influxql.fieldKeysStatement(question.measurement)))
  const fields = [...new Set(question.fields ?? known)].filter((field) => known.includes(field))
  const found: LastValue[] = []
  for (let first = 0; first < fields.length; first += QUESTIONS_AT_ONCE) {
    const answers = fields.slice(first, first + QUESTIONS_AT_ONCE).map(async (field) => {
      return influxql.readLast(await series(influxql.lastStatement(question, field)), field)
    })
    found.push(...(await Promise.all(answers)).flat())
  }
  return found.sort(compareRows)
}

/** Opens nothing yet: a database that is down, or not there yet, is found out by the first write. */
export const openInflux = (options: InfluxOptions): Store => {
  const { log, buckets } = options
  const connection = connectionOf(options)
  const forward = (message: string, error?: unknown): void => log.debug({ err: error }, message)
  setLogger({ warn: forward, error: forward })
  const sender = createSender(connection, log)
  const retention = (bucket: Bucket): number | undefined => (bucket === 'raw' ? options.retentionMs : undefined)

  const placeOf = (bucket: Bucket): InfluxPlace => ({
    url: connection.url,
    bucket: buckets[bucket],
    createCommand: createCommand(connection, buckets[bucket], retention(bucket)),
  })
  const sendOrCreate = async (bucket: Bucket, lines: readonly string[]): Promise<SendOutcome> => {
    const sent = await sender.send(placeOf(bucket), lines)
    if (sent.outcome !== 'kept' || sent.error.code !== 'store_bucket_missing') return sent
    const isCreated = await createBucket(connection, buckets[bucket], retention(bucket))
    return isCreated ? sender.send(placeOf(bucket), lines) : sent
  }
  const seriesOf = async (bucket: Bucket, statement: string) =>
    influxql.readSeries(await ask(connection, buckets[bucket], statement))

  return {
    name: 'influx',
    write: (batch) => writeLines((lines) => sendOrCreate(batch.bucket, lines), batch.lines),
    committed: async () => undefined,
    last: (question) => askLast(connection, buckets[question.bucket], question),
    rows: async (question) =>
      influxql.readRows(await seriesOf(question.bucket, influxql.rowsStatement(question)), question.limit),
    steps: async (question) =>
      influxql.readSteps(await seriesOf(question.bucket, influxql.stepsStatement(question)), question),
    sums: async (question) =>
      influxql.readSums(await seriesOf(question.bucket, influxql.sumsStatement(question)), question.limit),
    close: async () => sender.close(),
  }
}
