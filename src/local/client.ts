/**
 * Asks the collector that holds a data directory, through its socket. Promises that an answer is whole or an error;
 * that no collector runs is a value. What can be asked stands in operations.ts.
 */
import { stat } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { resolve } from 'node:path'
import { CollectorError, ERRORS, type ErrorCode } from '../errors.ts'
import { socketPath } from '../lock.ts'
import { type End, PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER } from './protocol.ts'

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code ?? error)

/** What a socket says that nobody listens at. */
const NOBODY = ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']

const otherUser = (dataDir: string): CollectorError =>
  new CollectorError('collector_other_user', `The collector of ${resolve(dataDir)} belongs to another user.`)

const noAnswer = (dataDir: string, why: string, cause?: unknown): CollectorError =>
  new CollectorError('collector_no_answer', `The collector of ${resolve(dataDir)} ${why}.`, { cause })

const sendTo = (path: string, operation: string, asked: unknown): Promise<IncomingMessage> =>
  new Promise((done, fail) => {
    const message = request({ socketPath: path, path: `/${operation}`, method: 'POST', agent: false }, done)
    message.on('error', fail)
    message.end(JSON.stringify(asked ?? null))
  })

/** A socket outside of the directory could be anybody's: it must be of this user, or of whose the directory is. */
const isTrusted = async (dataDir: string, path: string): Promise<boolean> => {
  if (process.platform === 'win32') return true
  const { uid } = await stat(path)
  return uid === process.getuid?.() || uid === (await stat(dataDir)).uid
}

/** The answer's beginning; undefined where no collector runs. */
const begin = async (dataDir: string, operation: string, asked: unknown): Promise<IncomingMessage | undefined> => {
  const path = socketPath(dataDir)
  try {
    if (!(await isTrusted(dataDir, path))) throw otherUser(dataDir)
    return await sendTo(path, operation, asked)
  } catch (error) {
    if (error instanceof CollectorError) throw error
    if (NOBODY.includes(codeOf(error))) return undefined
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') throw otherUser(dataDir)
    throw noAnswer(dataDir, `closed the connection without an answer (${codeOf(error)})`, error)
  }
}

const checked = (answer: IncomingMessage, dataDir: string): IncomingMessage => {
  const { [PROTOCOL_HEADER]: protocol, [VERSION_HEADER]: version } = answer.headers
  if (answer.statusCode === 503) {
    answer.destroy()
    throw noAnswer(dataDir, 'is starting, stopping or busy')
  }
  if (protocol === PROTOCOL && answer.statusCode === 200) return answer
  answer.destroy()
  throw new CollectorError(
    'collector_other_version',
    `The collector of ${resolve(dataDir)} is of another version (${version ?? 'which it does not tell'}).`,
  )
}

async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = ''
  answer.setEncoding('utf8')
  for await (const part of answer as AsyncIterable<string>) {
    const lines = (rest + part).split('\n')
    rest = lines.pop()!
    yield* lines
  }
}

const failure = ({ code, message, help }: Extract<End, { end: 'failed' }>): CollectorError =>
  code in ERRORS
    ? new CollectorError(code as ErrorCode, message, { help })
    : new CollectorError('store_query_failed', `The running collector could not answer: ${message}`)

async function* batchesOf(answer: IncomingMessage, dataDir: string): AsyncGenerator<unknown[]> {
  try {
    for await (const line of linesOf(answer)) {
      const batch = JSON.parse(line) as unknown[] | End
      if (Array.isArray(batch)) yield batch
      else if (batch.end === 'done') return
      else throw failure(batch)
    }
  } catch (error) {
    if (error instanceof CollectorError) throw error
    throw noAnswer(dataDir, 'broke off in the middle of its answer', error)
  } finally {
    answer.destroy()
  }
  throw noAnswer(dataDir, 'broke off in the middle of its answer')
}

/**
 * Batches of what the operation gives; undefined where no collector runs. Throws CollectorError, also while the batches
 * are read: `collector_…`, or what the operation itself threw.
 */
export const askCollector = async (
  dataDir: string,
  operation: string,
  asked?: unknown,
): Promise<AsyncGenerator<unknown[]> | undefined> => {
  const answer = await begin(dataDir, operation, asked)
  return answer && batchesOf(checked(answer, dataDir), dataDir)
}
