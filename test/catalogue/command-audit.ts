/** The rules that every set command of the catalogue keeps, as complaints about those that do not. */
import { type Command, paramsSchema, type Transport } from '../../src/catalogue/command.ts'
import type { ModuleKind } from '../../src/catalogue/field.ts'

type Params = Readonly<Record<string, unknown>>

interface Property {
  readonly type?: string
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly unknown[]
}

const propertiesOf = (command: Command): readonly [string, Property][] =>
  Object.entries((paramsSchema(command).properties ?? {}) as Record<string, Property>)

const isBounded = ({ type, minimum, maximum, enum: values }: Property): boolean =>
  values !== undefined ||
  (type !== 'number' && type !== 'integer') ||
  (minimum !== undefined && maximum !== undefined && minimum < maximum)

const wireNames = (kind: ModuleKind | undefined): Set<string> =>
  new Set((kind?.fields ?? []).flatMap((field) => [field.wire, ...('aliases' in field ? (field.aliases ?? []) : [])]))

const TRANSPORTS: readonly Transport[] = ['mqtt', 'http']

const readBackFaults = (command: Command, given: Params, kinds: readonly ModuleKind[]): string[] => {
  const wanted = command.readBack(given)
  if (typeof wanted === 'string') return /^[A-Z].{10,}\.$/.test(wanted) ? [] : ['does not say why nothing is read back']
  if (wanted.length === 0) return ['has no read-back and no reason']
  return wanted.flatMap(({ kind, field, mask, expected }) => [
    ...(wireNames(kinds.find((one) => one.kind === kind)).has(field) ? [] : [`reads back ${kind}.${field}, unknown`]),
    ...(mask === undefined || (expected & ~mask) === 0 ? [] : ['expects bits outside its mask']),
  ])
}

const paramFaults = (command: Command, given: Params): string[] => [
  ...(command.params.safeParse({ ...given, stranger: 1 }).success ? ['takes parameters that it does not know'] : []),
  ...propertiesOf(command).flatMap(([name, property]) => [
    ...(/^[a-z]+(?:_[a-z]+)*$/.test(name) ? [] : [`parameter ${name} is not snake_case`]),
    ...((property.description ?? '') === '' ? [`parameter ${name} is not described`] : []),
    ...(isBounded(property) ? [] : [`parameter ${name} has no range`]),
  ]),
]

const dangerFaults = ({ danger }: Command): string[] =>
  danger === undefined || (danger.when !== '' && /^.{20,}\.$/.test(danger.why)) ? [] : ['does not say what can happen']

const ofOne = (command: Command, kinds: readonly ModuleKind[]): string[] => {
  const { name, is, src, transports, example } = command
  const parsed = command.params.safeParse(example)
  return [
    ...(/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/.test(name) ? [] : ['is not named module.verb in kebab-case']),
    ...(is.length > 10 && !is.includes('|') ? [] : ['has no plain sentence']),
    ...(/(?:L\d+|hassio)/.test(src) ? [] : ['has no source']),
    ...(transports.length > 0 && transports.every((one) => TRANSPORTS.includes(one)) ? [] : ['goes nowhere']),
    ...(new Set(transports).size === transports.length ? [] : ['names a transport twice']),
    ...dangerFaults(command),
    ...(parsed.success
      ? [...paramFaults(command, example), ...readBackFaults(command, parsed.data, kinds)]
      : ['does not take its example']),
  ].map((fault) => `${name} ${fault}`)
}

/** What is wrong with these commands; `kinds` tell which fields there are to read back. */
export const commandFaults = (commands: readonly Command[], kinds: readonly ModuleKind[]): string[] => {
  const names = commands.map(({ name }) => name)
  return [
    ...commands.flatMap((command) => ofOne(command, kinds)),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
  ]
}
