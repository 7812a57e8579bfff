/**
 * Plain HTTP to an InfluxDB beside the write client: InfluxQL questions, and creating a missing bucket or database
 * (the one place where anything but SELECT and SHOW is sent). Says nothing about lines.
 */
import { CollectorError } from '../errors.ts'

export interface InfluxConnection {
  /** Without user, password and trailing slash. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What must not be repeated when the server, or a proxy in the way, quotes what it was sent. */
  readonly credentials: readonly string[]
  readonly org: string
  readonly api: 'v1' | 'v2'
  readonly timeoutMs: number
}

interface Answer {
  readonly status: number
  readonly body: string
}

const request = async (connection: InfluxConnection, path: string, init: RequestInit): Promise<Answer> => {
  const signal = AbortSignal.timeout(connection.timeoutMs)
  const headers = { ...connection.headers, ...(init.headers as Record<string, string> | undefined) }
  const answer = await fetch(connection.url + path, { ...init, headers, signal })
  return { status: answer.status, body: await answer.text() }
}

/** The answer to one InfluxQL statement, times in ms. Throws CollectorError. */
export const ask = async (connection: InfluxConnection, db: string, statement: string): Promise<string> => {
  const body = new URLSearchParams({ db, q: statement, epoch: 'ms' })
  const { status, body: text } = await request(connection, '/query', { method: 'POST', body }).catch(
    (cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'TimeoutError') {
        const message = `The store at ${connection.url} did not answer a question within ${connection.timeoutMs} ms`
        throw new CollectorError('store_query_timeout', message, { cause })
      }
      throw new CollectorError('store_unreachable', `The store at ${connection.url} cannot be reached`, { cause })
    },
  )
  if (status === 401 || status === 403) {
    throw new CollectorError(
      'store_denied',
      `The store at ${connection.url} refused to answer a question (status ${status})`,
    )
  }
  return text
}

const isOk = ({ status }: Answer): boolean => status >= 200 && status < 300

const createDatabase = async (connection: InfluxConnection, db: string, retentionMs?: number): Promise<boolean> => {
  const duration = retentionMs === undefined ? '' : ` WITH DURATION ${Math.ceil(retentionMs / 60_000)}m`
  const body = new URLSearchParams({ q: `CREATE DATABASE "${db.replace(/[\\"]/g, '\\$&')}"${duration}` })
  const answer = await request(connection, '/query', { method: 'POST', body })
  return isOk(answer) && !answer.body.includes('"error"')
}

const orgId = async (connection: InfluxConnection): Promise<string | undefined> => {
  const answer = await request(connection, `/api/v2/orgs?org=${encodeURIComponent(connection.org)}`, { method: 'GET' })
  if (!isOk(answer)) return undefined
  const { orgs } = JSON.parse(answer.body) as { orgs?: readonly { id?: string }[] }
  return orgs?.[0]?.id
}

const createV2Bucket = async (connection: InfluxConnection, bucket: string, retentionMs?: number): Promise<boolean> => {
  const orgID = await orgId(connection)
  if (orgID === undefined) return false
  const everySeconds = retentionMs === undefined ? 0 : Math.ceil(retentionMs / 1000)
  const answer = await request(connection, '/api/v2/buckets', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ orgID, name: bucket, retentionRules: [{ type: 'expire', everySeconds }] }),
  })
  return isOk(answer)
}

/** Creates the bucket (2.x) or database (1.x); false where that is not allowed or not possible. Never throws. */
export const createBucket = async (
  connection: InfluxConnection,
  name: string,
  retentionMs?: number,
): Promise<boolean> => {
  try {
    if (connection.api === 'v2' && (await createV2Bucket(connection, name, retentionMs))) return true
    // 1.8 writes by the v2 address, but knows databases only
    return await createDatabase(connection, name, retentionMs)
  } catch {
    return false
  }
}

/** The command by which a person creates it. */
export const createCommand = (connection: InfluxConnection, name: string, retentionMs?: number): string => {
  const hours = retentionMs === undefined ? undefined : Math.ceil(retentionMs / 3_600_000)
  if (connection.api === 'v1') {
    return `influx -execute 'CREATE DATABASE "${name}"${hours === undefined ? '' : ` WITH DURATION ${hours}h`}'`
  }
  return `influx bucket create --org '${connection.org}' --name '${name}' --retention ${hours === undefined ? '0' : `${hours}h`}`
}
