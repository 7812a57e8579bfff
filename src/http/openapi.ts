/** The document that describes the API: made from the schemas of the routes, so that it cannot differ from them. */
import type { FastifyDynamicSwaggerOptions, SwaggerTransformObject } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { type Command, paramsSchema } from '../catalogue/command.ts'
import { COMMANDS } from '../catalogue/commands.ts'

const ASK_PATH = '/api/v1/kits/{sn}/commands'

const BEARER = { type: 'http', scheme: 'bearer', description: 'A token of HTTP_TOKEN or CONTROL_TOKENS' } as const

const DESCRIPTION = `What a collector knows of its power kits at this moment, their history, and commands to them. What is
known now is read from memory and told while the store is down; history is asked of the store. Names and units are those of
the stored rows; a field that is not known is absent. A value that is no longer current is marked \`is_fresh: false\`.`

type Document = ReturnType<typeof jsonSchemaTransformObject>

interface Made {
  readonly paths?: Readonly<Record<string, { readonly post?: { requestBody?: unknown } }>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

/** What is sent for a command: one form each, with the parameters of the catalogue. */
const bodyOf = (command: Command) => {
  const { $schema: _dialect, ...params } = paramsSchema(command)
  return {
    title: command.name,
    description: command.is,
    type: 'object',
    properties: {
      command: { type: 'string', const: command.name },
      params,
      confirmation: { type: 'string', maxLength: 256, description: 'Of a dangerous command: the token of its refusal' },
    },
    required: ['command'],
    additionalProperties: false,
  }
}

/** Schemas of answers stay, their twins for requests are left out: the one request is told by the catalogue. */
const tellCommands: SwaggerTransformObject = (document) => {
  const made = jsonSchemaTransformObject(document) as Made
  const schemas = Object.entries(made.components?.schemas ?? {}).filter(([id]) => !id.endsWith('Input'))
  const asked = made.paths?.[ASK_PATH]?.post
  if (asked)
    asked.requestBody = { required: true, content: { 'application/json': { schema: { oneOf: COMMANDS.map(bodyOf) } } } }
  return { ...made, components: { ...made.components, schemas: Object.fromEntries(schemas) } } as Document
}

export const documentOptions = (version: string, isTokenSet: boolean): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title: 'powerkits API', version, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
    tags: [
      { name: 'kits', description: 'What is known of the kits now' },
      { name: 'history', description: 'What the kits did, in the past as far as it is stored' },
      { name: 'commands', description: 'Settings of the kits, changed and seen to be changed' },
      { name: 'collector', description: 'The collector about itself' },
    ],
    components: { securitySchemes: { bearer: BEARER } },
    security: isTokenSet ? [{ bearer: [] }] : [{ bearer: [] }, {}],
  },
  transform: jsonSchemaTransform,
  transformObject: tellCommands,
})
