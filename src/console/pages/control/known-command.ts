/** What a control is made of, from what the API tells of a command. Pure: a new command needs nothing new here. */
import type { KnownCommand, ParamSchema, ParamValue } from '../../command-shapes.ts'

export type Family = 'battery' | 'ac' | 'dc' | 'generator' | 'hub' | 'other'

/** As they stand beside each other: a command that grows must not move those of another family elsewhere. */
export const FAMILY_COLUMNS: readonly (readonly Family[])[] = [
  ['battery', 'ac'],
  ['dc', 'generator', 'hub', 'other'],
]

const FAMILIES = FAMILY_COLUMNS.flat()

/** By the first word of a command's name. */
export const familyOf = (name: string): Family => {
  const [first = ''] = name.split(/[-.]/)
  return FAMILIES.find((family) => family === first) ?? 'other'
}

const inWords = (name: string): string => name.replaceAll('-', ' ').replace(/\b[ad]c\b/g, (word) => word.toUpperCase())

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** In English: `Charge limit`, `AC input: current limit`, and `AC output` for what switches it. */
export const titleOf = (name: string): string => {
  const [module = '', what = ''] = name.split('.')
  if (what === 'switch') return capital(inWords(module))
  const isFamily = FAMILIES.some((family) => family === module)
  return capital(isFamily ? inWords(what) : `${inWords(module)}: ${inWords(what)}`)
}

export interface Param extends ParamSchema {
  readonly name: string
  readonly kind: 'switch' | 'choice' | 'number' | 'moment' | 'text'
  readonly isNeeded: boolean
}

const kindOf = ({ type, enum: few, format, minimum }: ParamSchema): Param['kind'] => {
  if (few !== undefined) return 'choice'
  if (type === 'boolean') return 'switch'
  if (format === 'date-time') return 'moment'
  return minimum === undefined ? 'text' : 'number'
}

/** All but `module`, which only says where the command goes. */
export const paramsOf = ({ params: { properties = {}, required = [] } }: KnownCommand): readonly Param[] =>
  Object.entries(properties)
    .filter(([name]) => name !== 'module')
    .map(([name, schema]) => ({ ...schema, name, kind: kindOf(schema), isNeeded: required.includes(name) }))

export const takesModule = ({ params: { properties = {} } }: KnownCommand): boolean => 'module' in properties

/** Several circuits may be a row of switches: a command that takes a circuit and whether it is to be on. */
export type Form = 'button' | 'switch' | 'circuits' | 'form'

export const formOf = (command: KnownCommand): Form => {
  const params = paramsOf(command)
  const [first, second] = params
  if (first === undefined) return 'button'
  if (params.length === 1 && first.kind === 'switch') return 'switch'
  const isOfCircuits = first.name === 'circuit' && first.kind === 'number' && second?.kind === 'switch'
  return isOfCircuits && params.length === 2 ? 'circuits' : 'form'
}

const ORDER: readonly Form[] = ['switch', 'circuits', 'form', 'button']

const sizeOf = (command: KnownCommand): number => ORDER.indexOf(formOf(command)) * 10 + paramsOf(command).length

/** What is used daily first: switches, single values, then the larger forms, then what has no value. */
export const inOrder = (commands: readonly KnownCommand[]): readonly KnownCommand[] =>
  commands.toSorted((a, b) => sizeOf(a) - sizeOf(b))

const KIT_ITSELF = ['hub', 'packs']

/** What is seldom wanted: large forms, and what has no value to set. */
export const isRare = (command: KnownCommand): boolean => {
  const form = formOf(command)
  return form === 'button' || (form === 'form' && paramsOf(command).length > 1)
}

/** Whether the kit has the modules that the command acts on. */
export const suits = ({ addressee, needs }: KnownCommand, kinds: ReadonlySet<string>): boolean =>
  [addressee, needs].every((kind) => kind === undefined || KIT_ITSELF.includes(kind) || kinds.has(kind))

/** Steps of a number, and how many digits that leaves after the point. */
export const stepOf = ({ multipleOf, type }: ParamSchema): number => multipleOf ?? (type === 'integer' ? 1 : 0.1)

const isOnStep = (value: number, step: number): boolean => Math.abs(value / step - Math.round(value / step)) < 1e-6

/** Whether a control may send it; the collector says more. */
export const isAllowed = (param: Param, value: ParamValue | undefined): boolean => {
  if (value === undefined || value === '') return false
  if (param.kind !== 'number') return true
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = param
  return typeof value === 'number' && value >= minimum && value <= maximum && isOnStep(value, stepOf(param))
}
