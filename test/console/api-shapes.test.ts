/**
 * What the console reads stands in its files of shapes; what the collector answers stands in its OpenAPI document. Every
 * property that the console reads must be answered, and one that it takes for granted must always be there.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Served, serve } from '../http/serve.ts'

const FILES = [
  'api-shapes.ts',
  'past-shapes.ts',
  'command-shapes.ts',
  'set-up-shapes.ts',
  'pages/health/collector-shapes.ts',
]

/** Of which question each of these is the answer; what they hold is followed from there. */
const ANSWERS: readonly (readonly [shape: string, path: string, method?: 'post'])[] = [
  ['Kits', '/api/v1/kits'],
  ['OneKit', '/api/v1/kits/{sn}'],
  ['Latest', '/api/v1/kits/{sn}/latest'],
  ['Modules', '/api/v1/kits/{sn}/modules'],
  ['Caller', '/api/v1/caller'],
  ['BatteryHealth', '/api/v1/kits/{sn}/health'],
  ['Circuits', '/api/v1/kits/{sn}/circuits'],
  ['Gaps', '/api/v1/kits/{sn}/gaps'],
  ['Events', '/api/v1/kits/{sn}/events'],
  ['SeriesAnswer', '/api/v1/kits/{sn}/series'],
  ['Energies', '/api/v1/kits/{sn}/energy'],
  ['KnownCommands', '/api/v1/commands'],
  ['SentCommands', '/api/v1/kits/{sn}/commands'],
  ['CollectorState', '/api/v1/collector'],
  ['Setup', '/api/v1/setup'],
  ['CheckedKeys', '/api/v1/setup/check', 'post'],
]

/** Rows of the store are described with every field optional; these are in each row that is written. */
const IN_EACH_ROW: Readonly<Record<string, readonly string[]>> = {
  GapEntry: ['end_ms', 'duration_s', 'cause', 'text', 'is_open'],
  EventEntry: ['kind', 'text'],
  EnergyPeriod: ['covered_s', 'expected_s'],
}

interface Property {
  readonly name: string
  readonly isOptional: boolean
  readonly type: string
}

interface Shape {
  readonly base: string | undefined
  readonly properties: readonly Property[]
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>
}

const shapesIn = (text: string): [string, Shape][] =>
  [...text.matchAll(/interface (\w+)(?: extends (\w+))? \{\n([\s\S]*?)\n\}/g)].map(([, name, base, body]) => [
    name!,
    {
      base,
      properties: [...body!.matchAll(/^ {2}readonly (\w+)(\??):([^\n]*)/gm)].map(([, property, optional, type]) => ({
        name: property!,
        isOptional: optional === '?',
        type: type!,
      })),
    },
  ])

const shapes = new Map(
  FILES.flatMap((file) => shapesIn(readFileSync(new URL(`../../src/console/${file}`, import.meta.url), 'utf8'))),
)

const propertiesOf = (name: string): readonly Property[] => {
  const { base, properties } = shapes.get(name)!
  return base === undefined ? properties : [...propertiesOf(base), ...properties]
}

let server: Served
let document: Document
beforeAll(async () => {
  server = await serve()
  document = (await (await server.get('/api/v1/openapi.json')).json()) as Document
})
afterAll(() => server.close())

const resolved = (schema: Schema): Schema => {
  if (schema.$ref) return resolved(document.components.schemas[schema.$ref.split('/').at(-1)!]!)
  const parts = [schema, ...[...(schema.allOf ?? []), ...(schema.anyOf ?? [])].map(resolved)]
  return {
    ...schema,
    properties: Object.assign({}, ...parts.map(({ properties = {} }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }
}

const inner = (type: string): string | undefined =>
  [...type.matchAll(/\b[A-Z]\w+/g)].map(([name]) => name).find((name) => shapes.has(name))

const seen = new Set<string>()

/** What the shape reads and the schema does not promise. */
const complaints = (name: string, told: Schema, where: string): string[] => {
  seen.add(name)
  const schema = resolved(told)
  return propertiesOf(name).flatMap((property) => {
    const place = `${where}.${property.name}`
    const one = schema.properties?.[property.name]
    if (one === undefined) return [`${place} is read and never answered`]
    const isSure = schema.required?.includes(property.name) || IN_EACH_ROW[name]?.includes(property.name)
    const missing = property.isOptional || isSure ? [] : [`${place} is taken for granted`]
    const next = inner(property.type)
    if (next === undefined) return missing
    const held = resolved(one)
    const of = /\[\]/.test(property.type)
      ? held.items
      : /Record</.test(property.type)
        ? (held.additionalProperties as Schema | undefined)
        : held
    return [...missing, ...(of === undefined ? [`${place} is of another form`] : complaints(next, of, place))]
  })
}

const answerOf = (path: string, method = 'get'): Schema => {
  const operation = document.paths[path]?.[method]
  const content = operation?.responses['200']?.content?.['application/json']
  if (content === undefined) throw new Error(`${method} ${path} answers nothing`)
  return content.schema
}

it.each(ANSWERS.map(([shape, path, method = 'get']) => ({ shape, path, method })))(
  '$shape is what $path answers',
  ({ shape, path, method }) => {
    expect(complaints(shape, answerOf(path, method), shape)).toEqual([])
  },
)

it('notices a property that nobody answers, and one that may be missing', () => {
  const caller = resolved(answerOf('/api/v1/caller'))
  const { name: _, ...properties } = caller.properties!
  expect(complaints('Caller', { ...caller, properties }, 'Caller')).toEqual(['Caller.name is read and never answered'])
  expect(complaints('Caller', { ...caller, required: ['name', 'kits'] }, 'Caller')).toEqual([
    'Caller.scope is taken for granted',
  ])
})

it('follows what the answers hold', () => {
  expect([...seen]).toEqual(
    expect.arrayContaining(['LiveKit', 'Flow', 'ValueSeries', 'GapEntry', 'SentCommand', 'PackHealth']),
  )
})
