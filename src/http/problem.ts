/** Every refusal of the read API: one row per problem, told as problem details (RFC 9457). No stack trace, no secret. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

export const PROBLEMS = {
  parameter_invalid: { status: 400, title: 'A parameter is not right' },
  request_invalid: { status: 400, title: 'The request cannot be read' },
  token_missing: { status: 401, title: 'A token is required' },
  token_wrong: { status: 401, title: 'The token is not the right one' },
  host_refused: { status: 403, title: 'Asked under a foreign name' },
  kit_unknown: { status: 404, title: 'No such kit' },
  path_unknown: { status: 404, title: 'No such path' },
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

/** Sends it past the schemas of routes: a problem must go out whatever route it came from. */
export const sendProblem = (reply: FastifyReply, body: Problem): FastifyReply =>
  reply.code(body.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(body)
