/** GET /healthz: whether the collector is alive. Open to everybody who reaches it, so it tells nothing of kits. */
import { z } from 'zod'
import { problemResponse } from '../problem.ts'
import { type App, NoQuery, type Sources } from '../route.ts'

const Health = z
  .object({
    status: z.literal('alive'),
    version: z.string(),
    uptime_s: z.number().int().describe('Since the collector started'),
  })
  .meta({ id: 'Health', examples: [{ status: 'alive', version: '0.1.0', uptime_s: 86_400 }] })

export const addHealthRoute = (app: App, { status, now }: Sources): void => {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: { asks: 'nothing' },
    schema: {
      operationId: 'getHealth',
      summary: 'Whether the collector is alive',
      description: 'Needs no token. Whether values come in and are stored stands in /readyz.',
      tags: ['collector'],
      security: [],
      querystring: NoQuery,
      response: { 200: Health, default: problemResponse },
    },
    handler: async () => {
      const { version, startedAt } = status()
      return { status: 'alive' as const, version, uptime_s: Math.max(0, Math.round((now() - startedAt) / 1000)) }
    },
  })
}
