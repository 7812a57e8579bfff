/** GET /api/v1/caller: as whom one asks, so that a page shows only what its token allows. */
import { z } from 'zod'
import { problemResponse } from '../problem.ts'
import { type App, NoQuery } from '../route.ts'
import { SCOPES, type Scope } from '../tokens.ts'

const WhoAsks = z
  .object({
    name: z.string().describe('Of the token; `anybody` without one, where none is needed'),
    scope: z.enum(Object.keys(SCOPES) as [Scope, ...Scope[]]).describe(
      Object.entries(SCOPES)
        .map(([scope, allows]) => `${scope}: ${allows}`)
        .join('; '),
    ),
    kits: z.array(z.string()).describe('Serial numbers of the only kits that it may reach; empty: all'),
  })
  .meta({ id: 'Caller', examples: [{ name: 'van', scope: 'control', kits: [] }] })

export const addCallerRoute = (app: App): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/caller',
    schema: {
      operationId: 'getCaller',
      summary: 'What the token of this request allows',
      tags: ['collector'],
      querystring: NoQuery,
      response: { 200: WhoAsks, default: problemResponse },
    },
    handler: async ({ caller: { name, scope, kits } }) => ({ name, scope, kits: [...kits] }),
  })
}
