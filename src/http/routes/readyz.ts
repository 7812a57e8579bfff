/** GET /readyz: whether the collector is of use now. Open to everybody who reaches it, so it counts kits and names none. */
import { z } from 'zod'
import { problemResponse } from '../problem.ts'
import { REASONS, type ReasonCode, readiness } from '../readiness.ts'
import { type App, At, NoQuery, type Sources } from '../route.ts'

const ReasonNotReady = z
  .object({
    code: z.enum(Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]]).describe(
      Object.entries(REASONS)
        .map(([code, is]) => `${code}: ${is}`)
        .join('; '),
    ),
    text: z.string().describe('What is wrong, what becomes of the values, where to look'),
    since_ms: z.number().int().optional().describe('Since when (epoch ms)'),
  })
  .meta({ id: 'ReasonNotReady' })

const Ready = z
  .object({
    at: At,
    is_ready: z.boolean(),
    kits_known: z.number().int(),
    kits_current: z.number().int().describe('Kits whose values are current'),
    reasons: z.array(ReasonNotReady).describe('Why it is not ready; empty when it is'),
  })
  .meta({
    id: 'Ready',
    examples: [{ at: 1_700_000_000_000, is_ready: true, kits_known: 3, kits_current: 2, reasons: [] }],
  })

export const addReadyRoute = (app: App, { state, status, ready, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/readyz',
    config: { asks: 'nothing' },
    schema: {
      operationId: 'getReady',
      summary: 'Whether values come in and are stored',
      description: 'Needs no token. Not ready: no kit has current values, or nothing can be stored, for too long.',
      tags: ['collector'],
      security: [],
      querystring: NoQuery,
      response: { 200: Ready, 503: Ready.describe('The same, with the reasons'), default: problemResponse },
    },
    handler: async (_request, reply) => {
      const at = now()
      const { kitsKnown, kitsCurrent, reasons } = readiness(state(), status(), ready, at)
      const is_ready = reasons.length === 0
      const told = reasons.map(({ code, text, sinceAt }) => ({
        code,
        text,
        ...(sinceAt === undefined ? {} : { since_ms: sinceAt }),
      }))
      reply.code(is_ready ? 200 : 503)
      return { at, is_ready, kits_known: kitsKnown, kits_current: kitsCurrent, reasons: told }
    },
  })
}
