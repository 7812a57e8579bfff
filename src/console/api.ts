/**
 * Questions to the collector: relative addresses, so that a proxy may put the console under any path. Promises: whatever
 * goes wrong is an ApiError that can be shown to a person.
 */
import { ApiError, type Problem } from './api-error.ts'
import { readToken } from './token.ts'

export { ApiError }

const unreachable = (): ApiError =>
  new ApiError({ type: 'unreachable', status: 0, title: 'The collector does not answer', detail: '' })

/** What a proxy answers in the collector's place is no problem of the API. */
const problemOf = async (response: Response): Promise<ApiError> => {
  const { status, statusText } = response
  const text = await response.text().catch(() => '')
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.title === 'string') return new ApiError(problem)
  } catch {
    // Not JSON: told below.
  }
  return new ApiError({ type: 'foreign_answer', status, title: `HTTP ${status} ${statusText}`.trim(), detail: '' })
}

const headersOf = (more: Readonly<Record<string, string>>, token = readToken()): Record<string, string> => ({
  ...more,
  ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
})

const asked = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(path, { ...init, cache: 'no-store', credentials: 'omit' }).catch((error: unknown) => {
    throw init.signal?.aborted ? error : unreachable()
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

/** The answer as it comes, for streams and files. Throws ApiError. */
export const open = (path: string, signal?: AbortSignal): Promise<Response> =>
  asked(path, { headers: headersOf({}), signal: signal ?? null })

/** The text of an answer, piece by piece as it comes. */
export async function* piecesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return
  const pieces = (body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await pieces.read()
    if (done) return
    yield value
  }
}

/** `path` as `api/v1/kits`. Throws ApiError; an AbortError when `signal` ends it. */
export const ask = async <Answer>(path: string, signal?: AbortSignal): Promise<Answer> =>
  (await (await open(path, signal)).json()) as Answer

/** With this token instead of the one that is kept. Throws ApiError. */
export const askAs = async <Answer>(token: string, path: string): Promise<Answer> =>
  (await (await asked(path, { headers: headersOf({}, token) })).json()) as Answer

/** Throws ApiError. */
export const send = async <Answer>(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const response = await asked(path, {
    method: 'POST',
    headers: headersOf({ ...headers, 'content-type': 'application/json' }),
    body: JSON.stringify(body),
  })
  return (await response.json()) as Answer
}
