/** Every refusal of the read API: one row per problem, told as problem details (RFC 9457). No stack trace, no secret. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Refusal } from '../control/control.ts'

export const PROBLEMS = {
  parameter_invalid: { status: 400, title: 'A parameter is not right' },
  request_invalid: { status: 400, title: 'The request cannot be read' },
  token_missing: { status: 401, title: 'A token is required' },
  token_wrong: { status: 401, title: 'The token is not the right one' },
  token_expired: { status: 401, title: 'The time of the token is over' },
  host_refused: { status: 403, title: 'Asked under a foreign name' },
  origin_refused: { status: 403, title: 'Asked by a foreign page' },
  control_off: { status: 403, title: 'Commands are not taken' },
  scope_missing: { status: 403, title: 'The token does not allow this' },
  kit_forbidden: { status: 403, title: 'The token is for other kits' },
  kit_unknown: { status: 404, title: 'No such kit' },
  command_id_unknown: { status: 404, title: 'No such command' },
  path_unknown: { status: 404, title: 'No such path' },
  setup_off: { status: 403, title: 'Nothing is to be set up' },
  setup_code_wrong: { status: 403, title: 'The code is not the right one' },
  setup_code_spent: { status: 403, title: 'The code is spent' },
  setup_busy: { status: 409, title: 'Keys are being looked at' },
  setup_elsewhere: { status: 409, title: 'The settings are kept elsewhere' },
  setup_failed: { status: 409, title: 'The set-up could not be done' },
  too_many: { status: 429, title: 'Asked too often' },
  store_unavailable: { status: 503, title: 'The store does not answer' },
  failed: { status: 500, title: 'The collector could not answer' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

export const PROBLEM_TYPE = 'application/problem+json'

const ProblemDetails = z
  .object({
    type: z.string().describe('What kind of problem: `urn:powerkits:problem:` and its code'),
    title: z.string().describe('The same in words'),
    status: z.number().int().describe('HTTP status'),
    detail: z.string().describe('What happened here, and what to do'),
    instance: z.string().describe('The path asked for'),
    known_kits: z.array(z.string()).optional().describe('Of an unknown kit: serial numbers that are known, at most 50'),
    confirmation: z
      .object({ token: z.string(), expires_at: z.number().int().describe('Epoch ms') })
      .optional()
      .describe('Of a dangerous command: send it again with this token as `confirmation` if it is meant'),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'urn:powerkits:problem:kit_unknown',
        title: 'No such kit',
        status: 404,
        detail: 'No kit M109ZEB4ZE7B0001 is known here. Known: M109ZEB4ZE7B0002.',
        instance: '/api/v1/kits/M109ZEB4ZE7B0001',
        known_kits: ['M109ZEB4ZE7B0002'],
      },
    ],
  })

/** The response of a route when it cannot answer. */
export const problemResponse = {
  description: 'Problem details (RFC 9457)',
  content: { [PROBLEM_TYPE]: { schema: ProblemDetails } },
}

export type Problem = z.output<typeof ProblemDetails>

export const problem = (code: ProblemCode, detail: string, url: string, status?: number): Problem => ({
  type: `urn:powerkits:problem:${code}`,
  title: PROBLEMS[code].title,
  status: status ?? PROBLEMS[code].status,
  detail,
  // A query may hold anything that somebody typed; the path is enough to find the request again.
  instance: url.split('?', 1)[0]!,
})

/** Why a command is not sent; nothing of it reached the kit. */
export const refusedCommand = ({ code, status, text, confirmation }: Refusal, url: string): Problem => ({
  ...problem('request_invalid', text, url, status),
  type: `urn:powerkits:problem:${code}`,
  title: 'The command is not sent',
  ...(confirmation && { confirmation: { token: confirmation.token, expires_at: confirmation.expiresAt } }),
})

/** Sends it past the schemas of routes: a problem must go out whatever route it came from. */
export const sendProblem = (reply: FastifyReply, body: Problem): FastifyReply =>
  reply.code(body.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(body)
