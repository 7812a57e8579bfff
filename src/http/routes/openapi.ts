/** GET /api/v1/openapi.json: the description of the read API itself. */
import { z } from 'zod'
import { problemResponse } from '../problem.ts'
import { type App, NoQuery } from '../route.ts'

export const addDocumentRoute = (app: App): void => {
  app.route({
    method: 'GET',
    url: '/api/v1/openapi.json',
    config: { asks: 'nothing' },
    schema: {
      operationId: 'getDocument',
      summary: 'This document',
      description: 'Needs no token: it tells of the API, not of kits.',
      tags: ['collector'],
      security: [],
      querystring: NoQuery,
      response: {
        200: z.looseObject({ openapi: z.string() }).describe('An OpenAPI 3.1 document'),
        default: problemResponse,
      },
    },
    handler: async () => app.swagger() as { openapi: string },
  })
}
