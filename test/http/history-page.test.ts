/** docs/history.md: every route, with an answer as the route gives it. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { SETTINGS } from '../../src/settings.ts'
import { type Served, serve } from './serve.ts'

const page = readFileSync(new URL('../../docs/history.md', import.meta.url), 'utf8')

interface Operation {
  readonly tags: readonly string[]
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { schema: unknown }>> }>>
}

interface Document {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

let served: Served
let document: Document
beforeAll(async () => {
  served = await serve()
  document = (await (await served.get('/api/v1/openapi.json')).json()) as Document
})
afterAll(() => served.close())

/** Routes of history, each with the schema of its answer. */
const routes = (): Map<string, unknown> =>
  new Map(
    Object.entries(document.paths).flatMap(([path, { get }]) =>
      get?.tags.includes('history')
        ? [[path.replace('/api/v1/kits/{sn}', ''), get.responses['200']!.content['application/json']!.schema]]
        : [],
    ),
  )

const inlined = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(inlined)
  if (typeof schema !== 'object' || schema === null) return schema
  if ('$ref' in schema)
    return inlined(document.components.schemas[String(schema.$ref).replace('#/components/schemas/', '')])
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inlined(value)]))
}

/** The first example under a heading. */
const exampleUnder = (heading: string): unknown => {
  const [, rest = ''] = page.split(`\n## ${heading}\n`)
  return JSON.parse(/```json\n([\s\S]*?)```/.exec(rest)![1]!)
}

/** Keys in the example that the answer cannot have. */
const strangers = (value: unknown, parsed: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const known = (parsed as Record<string, unknown> | undefined)?.[key]
    return known === undefined ? [`${path}/${key}`] : strangers(part, known, `${path}/${key}`)
  })
}

it('has a section and a row for every route of history, and for no other', () => {
  const headings = [...page.matchAll(/^## (\/\w+)$/gm)].map(([, route]) => route)
  const rows = [...page.matchAll(/^\| `(\/\w+)` /gm)].map(([, route]) => route)
  expect([...routes().keys()]).toEqual(headings)
  expect(rows).toEqual(headings)
})

it('shows answers that the routes could give', () => {
  for (const [route, schema] of routes()) {
    const example = exampleUnder(route)
    const strict = z.fromJSONSchema(inlined(schema) as Parameters<typeof z.fromJSONSchema>[0])
    const parsed = strict.safeParse(example)
    expect([route, parsed.error?.issues ?? []]).toEqual([route, []])
    expect([route, strangers(example, parsed.data)]).toEqual([route, []])
    const broken = strict.safeParse({ ...(example as object), from_ms: 'then' })
    expect([route, broken.success]).toEqual([route, false])
  }
})

it('names settings that there are', () => {
  const names = [...page.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name]) => name!)
  expect(names.length).toBeGreaterThan(1)
  for (const name of names) expect(Object.keys(SETTINGS)).toContain(name)
})
