/** Before every answer: headers that keep browsers careful, the token where one is set, the Host header where none is. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bearerToken, isOwnHost, isSameToken } from './access.ts'
import { type Problem, problem, sendProblem } from './problem.ts'
import type { App } from './route.ts'

export interface Access {
  /** What the server is bound to. */
  readonly host: string
  /** Empty or absent: anybody on this machine may read. */
  readonly token?: string | undefined
}

/** Open to whoever asks whether the collector is alive, and whether it is of use; they name no kit. */
export const OPEN_PATHS = { health: '/healthz', ready: '/readyz' } as const

const isOpen = (path: string | undefined): boolean => Object.values<string | undefined>(OPEN_PATHS).includes(path)

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const

export const secure = (reply: FastifyReply): FastifyReply => reply.headers(SECURITY_HEADERS)

const refusalByToken = (request: FastifyRequest, token: string): Problem | undefined => {
  const given = bearerToken(request.headers.authorization)
  if (given === undefined)
    return problem(
      'token_missing',
      'Send the header "Authorization: Bearer" with the token of HTTP_TOKEN.',
      request.url,
    )
  if (isSameToken(given, token)) return undefined
  return problem('token_wrong', 'The token sent is not the one of HTTP_TOKEN.', request.url)
}

const refusalByHost = (request: FastifyRequest, host: string): Problem | undefined => {
  if (isOwnHost(request.headers.host, host)) return undefined
  const detail = 'Without a token only requests to localhost or to an address are answered: use one, or set HTTP_TOKEN.'
  return problem('host_refused', detail, request.url)
}

const refusal = (request: FastifyRequest, { host, token }: Access): Problem | undefined => {
  if (!token) return refusalByHost(request, host)
  return isOpen(request.routeOptions.url) ? undefined : refusalByToken(request, token)
}

export const addGuards = (app: App, access: Access): void => {
  app.addHook('onRequest', async (request, reply) => {
    secure(reply)
    const refused = refusal(request, access)
    if (refused?.status === 401) reply.header('www-authenticate', 'Bearer realm="powerkits"')
    if (refused) return sendProblem(reply, refused)
  })
}
