/**
 * Pages from elsewhere. A browser names the page's origin with every request that could change something; only pages of
 * our own and of CONTROL_ORIGINS are heard, and only the latter are told that they may read the answer.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isSameOrigin } from './access.ts'
import { type Problem, problem } from './problem.ts'

const isAllowed = (origin: string, origins: readonly string[]): boolean => origins.includes(origin)

/** Asks, before the request itself, whether it may come. */
export const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined

export const refusalByOrigin = (
  { headers, url }: FastifyRequest,
  origins: readonly string[] = [],
): Problem | undefined => {
  const { origin, host } = headers
  if (origin === undefined || isSameOrigin(origin, host) || isAllowed(origin, origins)) return undefined
  const detail = 'A page of another origin asks. If it is yours, put its origin into CONTROL_ORIGINS.'
  return problem('origin_refused', detail, url)
}

export const shareWith = ({ headers }: FastifyRequest, reply: FastifyReply, origins: readonly string[] = []): void => {
  if (origins.length > 0) reply.header('vary', 'origin')
  if (headers.origin === undefined || !isAllowed(headers.origin, origins)) return
  reply.header('access-control-allow-origin', headers.origin)
  reply.header('access-control-expose-headers', 'location, retry-after')
}

const PREFLIGHT_S = 600

export const answerPreflight = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key',
      'access-control-max-age': PREFLIGHT_S,
    })
    .code(204)
    .send()
