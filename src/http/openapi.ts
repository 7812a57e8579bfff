/** The document that describes the read API: made from the schemas of the routes, so that it cannot differ from them. */
import type { FastifyDynamicSwaggerOptions, SwaggerTransformObject } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

const BEARER = { type: 'http', scheme: 'bearer', description: 'The setting HTTP_TOKEN' } as const

const DESCRIPTION = `What a collector knows of its power kits at this moment. It reads memory, not the store, and answers
while the store is down. Names and units are those of the stored rows; a field that is not known is absent.
A value that is no longer current is marked \`is_fresh: false\`.`

/** All schemas here are of answers; their twins for requests are left out. */
const answersOnly: SwaggerTransformObject = (document) => {
  const made = jsonSchemaTransformObject(document) as { components?: { schemas?: Record<string, unknown> } }
  const schemas = Object.entries(made.components?.schemas ?? {}).filter(([id]) => !id.endsWith('Input'))
  return { ...made, components: { ...made.components, schemas: Object.fromEntries(schemas) } } as ReturnType<
    typeof jsonSchemaTransformObject
  >
}

export const documentOptions = (version: string, isTokenSet: boolean): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'powerkits read API', version, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
    tags: [
      { name: 'kits', description: 'What is known of the kits now' },
      { name: 'collector', description: 'The collector about itself' },
    ],
    components: { securitySchemes: { bearer: BEARER } },
    security: isTokenSet ? [{ bearer: [] }] : [{ bearer: [] }, {}],
  },
  transform: jsonSchemaTransform,
  transformObject: answersOnly,
})
