/**
 * The collector's side of its socket: hands requests to the operations, streams their answers with back-pressure, and
 * ends those under way before the collector closes what they stand on. What the operations are is theirs.
 */
import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { CollectorError } from '../errors.ts'
import { type End, type Operations, PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER } from './protocol.ts'

export interface LocalService {
  /** For the lock of the data directory. Answers 503 before `open` and after `close`. */
  readonly listener: RequestListener
  open(operations: Operations): void
  /** Ends what is under way; resolves when nothing of it works any more. */
  close(): Promise<void>
}

const MOST_BYTES = 1_000_000
/** Each may hold a page of rows. */
const MOST_AT_ONCE = 8

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > MOST_BYTES) throw new RangeError('a question of more than 1 MB')
    parts.push(part)
  }
  return JSON.parse(Buffer.concat(parts).toString() || 'null')
}

const endOf = (error: unknown): End => {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof CollectorError) return { end: 'failed', code: error.code, message, help: error.help }
  return { end: 'failed', code: '', message, help: '' }
}

async function* linesOf(batches: () => AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let end: End = { end: 'done' }
  try {
    for await (const batch of batches()) yield `${JSON.stringify(batch)}\n`
  } catch (error) {
    end = endOf(error)
  }
  yield `${JSON.stringify(end)}\n`
}

/** Resolves when all is sent, or `signal` came and the operation has ended. */
const send = async (lines: AsyncIterable<string>, response: ServerResponse, signal: AbortSignal): Promise<void> => {
  for await (const line of lines) {
    if (!signal.aborted && !response.write(line)) await once(response, 'drain', { signal }).catch(() => undefined)
    if (signal.aborted) break
  }
  if (signal.aborted) response.destroy()
  else response.end()
}

export const createLocalService = (version: string): LocalService => {
  const headers = { [PROTOCOL_HEADER]: PROTOCOL, [VERSION_HEADER]: version, 'content-type': 'application/x-ndjson' }
  const working = new Map<Promise<void>, AbortController>()
  let operations: Operations | undefined

  const answer = async (request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> => {
    const known = operations ?? {}
    const name = request.url?.slice(1) ?? ''
    const operation = request.method === 'POST' && Object.hasOwn(known, name) ? known[name] : undefined
    if (operation === undefined) {
      response.writeHead(operations ? 404 : 503, headers).end()
      return
    }
    response.writeHead(200, headers)
    const lines = linesOf(async function* () {
      yield* operation(await readJson(request), signal)
    })
    await send(lines, response, signal)
  }

  return {
    listener: (request, response) => {
      if (working.size >= MOST_AT_ONCE) {
        response.writeHead(503, headers).end()
        return
      }
      const stop = new AbortController()
      response.once('close', () => stop.abort())
      // who asked has gone: there is nobody to tell
      const work = answer(request, response, stop.signal).catch(() => undefined)
      working.set(work, stop)
      void work.then(() => working.delete(work))
    },
    open: (named) => {
      operations = named
    },
    close: async () => {
      operations = undefined
      for (const stop of working.values()) stop.abort()
      await Promise.all(working.keys())
    },
  }
}
