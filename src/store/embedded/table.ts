/**
 * The shape of one measurement's table: `time` (epoch ms), tags (texts, '' where absent), fields (numbers or texts as
 * first seen), and which points fit into it. Types are kept per file, as InfluxDB keeps them per shard.
 */
import type { Point } from '../line-protocol.ts'

type Kind = 'time' | 'tag' | 'number' | 'text'

interface Column {
  readonly name: string
  readonly kind: Kind
}

/** Columns in the table's own order, keyed by the lower-case name: the engine does not tell names by case. */
export type Columns = ReadonlyMap<string, Column>

export const NEW_TABLE: Columns = new Map([['time', { name: 'time', kind: 'time' }]])

const SQL_TYPES: Readonly<Record<Kind, string>> = {
  time: 'BIGINT',
  tag: "VARCHAR DEFAULT ''",
  number: 'DOUBLE',
  text: 'VARCHAR',
}

const TYPE_WORDS: Readonly<Record<Kind, string>> = { time: 'time', tag: 'tag', number: 'float', text: 'string' }

/** The farthest ms whose ns fit into 64 bits: InfluxDB's range. */
const TIME_MAX = 9_223_372_036_854

export const quoteName = (name: string): string => `"${name.replace(/"/g, '""')}"`

export const columnSql = ({ name, kind }: Column): string => `${quoteName(name)} ${SQL_TYPES[kind]}`

export const typeSql = ({ kind }: Column): string => SQL_TYPES[kind].split(' ')[0] ?? ''

/** A column as the engine's own catalogue tells it; only tags have a default. */
export const columnOf = (name: string, type: string, fallback: unknown): Column => {
  if (name === 'time') return { name, kind: 'time' }
  if (fallback !== null) return { name, kind: 'tag' }
  return { name, kind: type === 'DOUBLE' ? 'number' : 'text' }
}

export const tagNames = (columns: Columns): string[] =>
  [...columns.values()].filter(({ kind }) => kind === 'tag').map(({ name }) => name)

export const fieldColumns = (columns: Columns): Column[] =>
  [...columns.values()].filter(({ kind }) => kind === 'number' || kind === 'text')

/** Nearly all names are lower-case already, so the exact name is looked for first. */
const find = (columns: Columns, name: string): Column | undefined =>
  columns.get(name) ?? columns.get(name.toLowerCase())

const refusal = (columns: Columns, measurement: string, name: string, kind: Kind): string | undefined => {
  const known = find(columns, name)
  if (known === undefined || (known.name === name && known.kind === kind)) return undefined
  if (known.name !== name)
    return `input "${name}" on measurement "${measurement}" differs from "${known.name}" only in case`
  const [is, was] = [TYPE_WORDS[kind], TYPE_WORDS[known.kind]]
  return `field type conflict: input field "${name}" on measurement "${measurement}" is type ${is}, already exists as type ${was}`
}

const columnsOfPoint = (point: Point): Column[] => [
  ...Object.keys(point.tags).map((name) => ({ name, kind: 'tag' as const })),
  ...Object.entries(point.fields).map(([name, value]) => {
    return { name, kind: typeof value === 'string' ? ('text' as const) : ('number' as const) }
  }),
]

export const isStorableTime = (at: number): boolean => Number.isInteger(at) && Math.abs(at) <= TIME_MAX

/** Why the point does not fit; undefined when it does, and then the columns it brought are in `columns`. */
export const admit = (columns: Map<string, Column>, point: Point): string | undefined => {
  let isNew = false
  for (const name in point.tags) {
    const reason = refusal(columns, point.measurement, name, 'tag')
    if (reason !== undefined) return reason
    isNew ||= find(columns, name) === undefined
  }
  for (const name in point.fields) {
    const reason = refusal(columns, point.measurement, name, typeof point.fields[name] === 'string' ? 'text' : 'number')
    if (reason !== undefined) return reason
    isNew ||= find(columns, name) === undefined
  }
  if (!isNew) return undefined
  const brought = columnsOfPoint(point)
  if (new Set(brought.map(({ name }) => name.toLowerCase())).size < brought.length) {
    return `two names on measurement "${point.measurement}" differ only in case, or a tag and a field share one`
  }
  for (const column of brought) {
    if (!columns.has(column.name.toLowerCase())) columns.set(column.name.toLowerCase(), column)
  }
  return undefined
}
