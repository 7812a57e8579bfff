/**
 * Before every answer: headers that keep browsers careful, the name it was asked under, the token with what it allows,
 * how often it may ask. Nothing of a request but its head is read before it has passed.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bearerToken, isOwnHost } from './access.ts'
import { ANYBODY, type Caller, type Callers, createCallers, mayReach, rightsOf } from './callers.ts'
import { answerPreflight, isPreflight, refusalByOrigin, shareWith } from './cors.ts'
import { secure } from './headers.ts'
import { createLimits, type Limits } from './limits.ts'
import { type Problem, problem, sendProblem } from './problem.ts'
import type { ErrorLog } from './refusals.ts'
import type { App } from './route.ts'
import { type ControlToken, includesScope, type Scope } from './tokens.ts'

export interface Access {
  /** What the server is bound to. */
  readonly host: string
  /** Empty or absent: anybody on this machine may read. */
  readonly token?: string | undefined
  /** None: nobody may send a command. */
  readonly controlTokens?: readonly ControlToken[]
  /** Pages from elsewhere that may ask, as `https://van.example`. */
  readonly origins?: readonly string[]
  /** What each token may ask for; 60 when left out. */
  readonly commandsAMinute?: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a token must allow; `read` when left out. Nothing: the path is open to everybody. */
    readonly asks?: Scope | 'nothing'
    /** It tells of all kits at once, and so not to a token for some of them. */
    readonly isOfAllKits?: true
    /** It changes something here, and is asked for under a name of ours, as a command is. */
    readonly isChange?: true
  }
  interface FastifyRequest {
    caller: Caller
  }
}

const asksFor = (request: FastifyRequest): Scope | 'nothing' => request.routeOptions.config?.asks ?? 'read'

const TOLD_ONCE = new Set(['host', 'origin', 'authorization'])

/** A request that can be understood in two ways, of which something before us may have checked the other one. */
const refusalByForm = ({ raw, url }: FastifyRequest): Problem | undefined => {
  if (!url.startsWith('/')) return problem('request_invalid', 'A path is expected, not an address.', '')
  const names = raw.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  const decisive = names.filter((name) => TOLD_ONCE.has(name))
  if (new Set(decisive).size === decisive.length) return undefined
  return problem('request_invalid', `Only one header of each is expected: ${[...TOLD_ONCE].join(', ')}.`, url)
}

/** A token lets read under any name; what is open to all, and what changes a kit, is asked for under a name of ours. */
const refusalByHost = (request: FastifyRequest, { host, token, origins }: Access): Problem | undefined => {
  const isChange = request.routeOptions.config?.isChange ?? !['read', 'nothing'].includes(asksFor(request))
  const mayBeAnyName = token && !isChange
  if (mayBeAnyName || isOwnHost(request.headers.host, host, origins)) return undefined
  const detail = token
    ? 'What changes something is taken under the name of this machine, by its address, or under a name in CONTROL_ORIGINS.'
    : 'Without a token only requests to localhost or to an address are answered: use one, or set HTTP_TOKEN.'
  return problem('host_refused', detail, request.url)
}

const controlOff = (url: string): Problem =>
  problem('control_off', 'Commands are not taken here until CONTROL_TOKENS is set: see docs/control.md.', url)

/** Who asks, or why that does not do. */
const identify = (request: FastifyRequest, { token }: Access, callers: Callers, at: number): Caller | Problem => {
  const given = callers.areNamed ? bearerToken(request.headers.authorization) : undefined
  if (given === undefined) {
    if (!token && asksFor(request) === 'read') return ANYBODY
    const name = asksFor(request) === 'read' ? 'HTTP_TOKEN' : 'CONTROL_TOKENS'
    return problem('token_missing', `Send the header "Authorization: Bearer" with a token of ${name}.`, request.url)
  }
  const caller = callers.recognise(given, at)
  if (caller === 'expired')
    return problem(
      'token_expired',
      'The time of this token is over: give it a later until= or take another.',
      request.url,
    )
  return caller ?? problem('token_wrong', 'The token sent is none of HTTP_TOKEN and CONTROL_TOKENS.', request.url)
}

const refusalByRights = (request: FastifyRequest, caller: Caller): Problem | undefined => {
  const asked = asksFor(request)
  if (asked !== 'nothing' && !includesScope(caller.scope, asked))
    return problem('scope_missing', `${rightsOf(caller)} This needs one with scope=${asked}.`, request.url)
  const { sn } = (request.params ?? {}) as { sn?: string }
  const { isOfAllKits } = request.routeOptions.config ?? {}
  const isBeyond = isOfAllKits ? caller.kits.length > 0 : sn !== undefined && !mayReach(caller, sn)
  return isBeyond ? problem('kit_forbidden', rightsOf(caller), request.url) : undefined
}

const tooMany = (request: FastifyRequest, reply: FastifyReply, waitS: number, what: string): Problem => {
  reply.header('retry-after', waitS)
  return problem('too_many', `${what} Ask again in ${waitS} s.`, request.url)
}

interface Guarded {
  readonly access: Access
  readonly callers: Callers
  readonly limits: Limits
  readonly now: () => number
}

const judge = async (request: FastifyRequest, reply: FastifyReply, guarded: Guarded): Promise<Problem | undefined> => {
  const { access, callers, limits, now } = guarded
  const asked = asksFor(request)
  const byHead = refusalByForm(request) ?? refusalByHost(request, access) ?? refusalByOrigin(request, access.origins)
  if (byHead) return byHead
  shareWith(request, reply, access.origins)
  if (asked === 'nothing' || isPreflight(request)) return undefined
  if (asked !== 'read' && !access.controlTokens?.length) return controlOff(request.url)
  const caller = identify(request, access, callers, now())
  if ('status' in caller) return caller
  request.caller = caller
  const byRights = refusalByRights(request, caller)
  if (byRights || asked === 'read') return byRights
  const waitS = await limits.commands(request)
  return waitS === undefined ? undefined : tooMany(request, reply, waitS, `Too many commands by "${caller.name}".`)
}

const DEFAULT_COMMANDS_A_MINUTE = 60

export const addGuards = async (app: App, access: Access, now: () => number, log: ErrorLog): Promise<void> => {
  const { token, controlTokens = [], commandsAMinute = DEFAULT_COMMANDS_A_MINUTE } = access
  const callers = createCallers(token, controlTokens)
  const limits = await createLimits(app, commandsAMinute)
  const guarded = { access, callers, limits, now }
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request, reply) => {
    secure(reply)
    const refused = await judge(request, reply, guarded)
    if (refused === undefined) return isPreflight(request) ? answerPreflight(request, reply) : undefined
    if (refused.status === 401) reply.header('www-authenticate', 'Bearer realm="powerkits"')
    const isCounted = refused.status === 401 || refused.status === 403
    const waitS = isCounted ? await limits.refusals(request) : undefined
    if (waitS === undefined) return sendProblem(reply, refused)
    log.warn({ from: request.ip }, `Somebody is refused over and over by the API: ${refused.title}`)
    return sendProblem(reply, tooMany(request, reply, waitS, 'Too many requests that had to be refused.'))
  })
}
