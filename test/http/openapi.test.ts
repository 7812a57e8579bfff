import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { COMMANDS } from '../../src/catalogue/commands.ts'
import { createScripted } from './scripted-control.ts'
import { account, broker, type Served, serve, status } from './serve.ts'
import { KIT } from './van.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: { oneOf: object[] } }>> }
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>>
}

interface Document {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly security: readonly object[]
  /** The one of GET is there but in what is only sent to. */
  readonly paths: Readonly<Record<string, { readonly get: Operation; readonly post?: Operation }>>
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly examples?: readonly unknown[] }>>
    readonly securitySchemes: object
  }
}

const fetchDocument = async (from: Served, headers = {}): Promise<Document> =>
  (await from.get('/api/v1/openapi.json', headers)).json() as Promise<Document>

let served: Served
let document: Document
beforeAll(async () => {
  const control = createScripted()
  served = await serve({ status: () => ({ ...status, accounts: [account, broker] }), control })
  await control.ask({
    kitSn: KIT,
    command: 'ac-output.switch',
    params: {},
    by: 'van',
    mayDanger: false,
    isDryRun: false,
  })
  document = await fetchDocument(served)
})
afterAll(() => served.close())

const ROUTES = {
  '/healthz': '/healthz',
  '/readyz': '/readyz',
  '/metrics': '/metrics',
  '/api/v1/kits': '/api/v1/kits',
  '/api/v1/live': '/api/v1/live',
  '/api/v1/kits/{sn}': `/api/v1/kits/${KIT}`,
  '/api/v1/kits/{sn}/modules': `/api/v1/kits/${KIT}/modules`,
  '/api/v1/kits/{sn}/latest': `/api/v1/kits/${KIT}/latest`,
  '/api/v1/kits/{sn}/commands': `/api/v1/kits/${KIT}/commands`,
  '/api/v1/kits/{sn}/series': `/api/v1/kits/${KIT}/series?measurement=battery&fields=soc_pct`,
  '/api/v1/kits/{sn}/energy': `/api/v1/kits/${KIT}/energy?by=month`,
  '/api/v1/kits/{sn}/gaps': `/api/v1/kits/${KIT}/gaps`,
  '/api/v1/kits/{sn}/runs': `/api/v1/kits/${KIT}/runs`,
  '/api/v1/kits/{sn}/events': `/api/v1/kits/${KIT}/events`,
  '/api/v1/kits/{sn}/health': `/api/v1/kits/${KIT}/health`,
  '/api/v1/kits/{sn}/circuits': `/api/v1/kits/${KIT}/circuits`,
  '/api/v1/kits/{sn}/solar': `/api/v1/kits/${KIT}/solar`,
  '/api/v1/kits/{sn}/completeness': `/api/v1/kits/${KIT}/completeness?by=month`,
  '/api/v1/commands': '/api/v1/commands',
  '/api/v1/commands/{id}': '/api/v1/commands/id-1',
  '/api/v1/commands/{id}/events': '/api/v1/commands/id-1/events',
  '/api/v1/collector': '/api/v1/collector',
  '/api/v1/caller': '/api/v1/caller',
  '/api/v1/doctor': '/api/v1/doctor',
  '/api/v1/diagnostics': '/api/v1/diagnostics',
  '/api/v1/setup': '/api/v1/setup',
  '/api/v1/openapi.json': '/api/v1/openapi.json',
} as const
const SENT_TO = ['/api/v1/setup/check']

/** The schema with its references replaced by what they name; fails where one names nothing. */
const inlined = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(inlined)
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema) {
    const name = String(schema.$ref).replace('#/components/schemas/', '')
    expect(Object.keys(document.components.schemas)).toContain(name)
    return inlined(document.components.schemas[name])
  }
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inlined(value)]))
}

/** What the schema, as published, has against a value. */
const complaints = (schema: unknown, value: unknown): unknown[] =>
  z.fromJSONSchema(inlined(schema) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value).error?.issues ?? []

const answerSchema = (route: string): unknown =>
  document.paths[route]!.get.responses['200']!.content['application/json']!.schema

it('lists every route with its answer, its refusals and its parameters', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info.version).toBe('0.1.0')
  expect(new Set(Object.keys(document.paths))).toEqual(new Set([...Object.keys(ROUTES), ...SENT_TO]))
  for (const [route, { get, post }] of Object.entries(document.paths)) {
    const first = SENT_TO.includes(route) ? post! : get
    const answers = route === '/readyz' ? ['200', '503', 'default'] : ['200', 'default']
    expect([route, Object.keys(first.responses)]).toEqual([route, answers])
    expect(Object.keys(first.responses.default!.content)).toEqual(['application/problem+json'])
    expect(first.summary).not.toBe('')
    const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const inPath = (first.parameters ?? []).filter((parameter) => parameter.in === 'path' && parameter.required)
    expect([route, inPath.map(({ name }) => name)]).toEqual([route, named])
  }
  const ids = Object.values(document.paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }: Operation) => operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

it('has no reference that leads nowhere, and no schema that nothing refers to', () => {
  const text = JSON.stringify(document)
  const named = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref))
  const defined = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  expect(named.size).toBeGreaterThan(5)
  expect(named).toEqual(new Set(defined))
})

const TEXTS = ['/metrics', '/api/v1/live', '/api/v1/diagnostics', '/api/v1/commands/{id}/events']

it.each(Object.entries(ROUTES).filter(([route]) => !TEXTS.includes(route)))(
  '%s answers as it says',
  async (route, path) => {
    const answer = (await (await served.get(path)).json()) as object
    expect(complaints(answerSchema(route), answer)).toEqual([])
    expect(
      complaints(answerSchema(route), { ...answer, at: 'now', openapi: 3, status: 'dead', id: 3, is_enabled: 3 }),
    ).not.toEqual([])
  },
)

it('refuses as it says', async () => {
  const { schema } = document.paths['/api/v1/kits/{sn}']!.get.responses.default!.content['application/problem+json']!
  for (const path of ['/api/v1/kits/M109', '/nowhere', '/api/v1/kits?x=1', '/api/v1/kits/%E0%A4%A'])
    expect(complaints(schema, await (await served.get(path)).json())).toEqual([])
})

it('shows examples that keep to their schemas', () => {
  const withExamples = Object.entries(document.components.schemas).filter(([, { examples }]) => examples !== undefined)
  expect(withExamples.length).toBeGreaterThan(4)
  for (const [name, schema] of withExamples)
    for (const example of schema.examples!) expect([name, complaints(schema, example)]).toEqual([name, []])
})

it('says whether a token is needed', async () => {
  const token = 'a-made-up-token-of-some-length'
  const guarded = await serve({ token })
  try {
    const guardedDocument = await fetchDocument(guarded, { authorization: `Bearer ${token}` })
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } })
    expect(document.security).toEqual([{ bearer: [] }, {}])
    expect(guardedDocument.security).toEqual([{ bearer: [] }])
    for (const open of ['/healthz', '/readyz', '/api/v1/openapi.json'])
      expect(guardedDocument.paths[open]!.get.security).toEqual([])
  } finally {
    await guarded.close()
  }
})

it('tells the form of every command', () => {
  const { requestBody } = document.paths['/api/v1/kits/{sn}/commands']!.post!
  const { oneOf } = requestBody!.content['application/json']!.schema
  expect(oneOf.map((form) => (form as { title: string }).title)).toEqual(COMMANDS.map(({ name }) => name))
  const body = (form: unknown) => z.fromJSONSchema(inlined(form) as Parameters<typeof z.fromJSONSchema>[0])
  const outputSwitch = body(oneOf.find((form) => (form as { title: string }).title === 'dc-output.switch'))
  expect(
    outputSwitch.safeParse({ command: 'dc-output.switch', params: { on: false }, confirmation: 'x' }).success,
  ).toBe(true)
  for (const params of [{ on: 1 }, {}, { on: true, x: 1 }])
    expect(outputSwitch.safeParse({ command: 'dc-output.switch', params }).success).toBe(false)
  expect(outputSwitch.safeParse({ command: 'other', params: { on: true } }).success).toBe(false)
})
