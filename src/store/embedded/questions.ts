/**
 * The four questions as SQL over one file, and its cells as rows. Over several months the answers are put together in
 * answers.ts: types are kept per file, and a step may lie in two of them. Values are bound, names are quoted.
 */
import type { Aggregate, LastQuestion, RangeQuestion, StepQuestion, SumQuestion, Value } from '../store.ts'
import type { Cell, Chunk } from './engine.ts'
import { type StoreFile, type Table, tableSql } from './file.ts'
import { fieldColumns, quoteName, tagNames } from './table.ts'

/** The farthest ms whose ns fit into 64 bits. */
const TIME_MAX = 9_223_372_036_854

export interface Question {
  readonly sql: string
  readonly values: Cell[]
  /** Tags that the question itself names: no column tells them again. */
  readonly pinned: Readonly<Record<string, string>>
  /** Tag columns come second, sorted; then one column per entry. */
  readonly tags: readonly string[]
  readonly fields: readonly string[]
}

const millis = (at: number): number => Math.min(TIME_MAX, Math.max(-TIME_MAX, Math.ceil(at)))

interface Scope extends Pick<Question, 'values' | 'pinned' | 'tags'> {
  readonly from: string
  readonly tagColumns: readonly string[]
}

/** FROM and WHERE; undefined when a tag is asked for that this table does not have. */
const scopeOf = (file: StoreFile, table: Table, question: LastQuestion & Partial<RangeQuestion>): Scope | undefined => {
  const known = tagNames(table.columns).sort()
  const values: Cell[] = []
  const conditions: string[] = []
  const pinned: Record<string, string> = {}
  for (const [name, value] of Object.entries(question.tags ?? {})) {
    if (known.includes(name)) conditions.push(`${quoteName(name)} = $${values.push(value)}`)
    else if (value !== '') return undefined
    if (value !== '') pinned[name] = value
  }
  const tags = known.filter((name) => question.tags?.[name] === undefined)
  if (question.from !== undefined) conditions.push(`time >= ${millis(question.from)}`)
  if (question.to !== undefined) conditions.push(`time < ${millis(question.to)}`)
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  return { from: ` FROM ${tableSql(file, table)}${where}`, values, pinned, tags, tagColumns: tags.map(quoteName) }
}

const askedFields = (table: Table, question: LastQuestion, isNumeric: boolean): string[] => {
  const known = fieldColumns(table.columns).filter(({ kind }) => !isNumeric || kind === 'number')
  const names = known.map(({ name }) => name)
  return question.fields === undefined ? names : [...new Set(question.fields)].filter((name) => names.includes(name))
}

const limitOf = ({ limit }: { readonly limit?: number }): string => (limit === undefined ? '' : ` LIMIT ${limit}`)

const groupBy = (columns: readonly string[]): string => (columns.length === 0 ? '' : ` GROUP BY ${columns.join(', ')}`)

/**
 * One row per point: time, tags, fields. With a limit the time of its last row is found first, in the one column: to
 * sort whole rows for it would take memory for all of them.
 */
export const rowsQuestion = (file: StoreFile, table: Table, question: RangeQuestion): Question | undefined => {
  const scope = scopeOf(file, table, question)
  const fields = askedFields(table, question, false)
  if (scope === undefined || fields.length === 0) return undefined
  const columns = fields.map(quoteName)
  const order = ['time', ...scope.tagColumns].join(', ')
  const found = `${scope.from} AND (${columns.map((column) => `${column} IS NOT NULL`).join(' OR ')})`
  const limit = limitOf(question)
  const upTo = limit === '' ? '' : ` AND time <= (SELECT max(time) FROM (SELECT time${found} ORDER BY time${limit}))`
  const select = ['time::DOUBLE', ...scope.tagColumns, ...columns].join(', ')
  const sql = `SELECT ${select}${found}${upTo} ORDER BY ${order}${limit}`
  return { ...scope, sql, fields }
}

const STEP_SQL: Readonly<Record<Aggregate, (column: string) => string[]>> = {
  min: (column) => [`min(${column})`],
  max: (column) => [`max(${column})`],
  mean: (column) => [`sum(${column})`, `count(${column})::DOUBLE`],
  last: (column) => [`arg_max(${column}, time)`],
}

/** Where the step of a row begins. The remainder of a time before 1970 is negative: those need a second one. */
const stepOf = ({ from, stepMs }: StepQuestion): string =>
  from >= 0 ? `time - time % ${stepMs}` : `time - ((time % ${stepMs}) + ${stepMs}) % ${stepMs}`

/**
 * One row per step and series: step's start, tags, then one column per field, for a mean two (sum, count). Grouped by
 * whole numbers, which is faster than by DOUBLE, and rows without any of the fields do not come that far.
 */
export const stepsQuestion = (file: StoreFile, table: Table, question: StepQuestion): Question | undefined => {
  const scope = scopeOf(file, table, question)
  const fields = askedFields(table, question, true)
  if (scope === undefined || fields.length === 0) return undefined
  const columns = fields.flatMap((field) => STEP_SQL[question.aggregate](quoteName(field)))
  const present = fields.map((field) => `${quoteName(field)} IS NOT NULL`).join(' OR ')
  const select = [`${stepOf(question)} AS "step start"`, ...scope.tagColumns, ...columns].join(', ')
  const order = ['"step start"', ...scope.tagColumns]
  const groups = `SELECT ${select}${scope.from} AND (${present})${groupBy(order)}`
  const sql = `SELECT * REPLACE ("step start"::DOUBLE AS "step start") FROM (${groups}) ORDER BY ${order.join(', ')}${limitOf(question)}`
  return { ...scope, sql, fields }
}

/** One row per series: 0, tags, sums. */
export const sumsQuestion = (file: StoreFile, table: Table, question: SumQuestion): Question | undefined => {
  const scope = scopeOf(file, table, question)
  const fields = askedFields(table, question, true)
  if (scope === undefined || fields.length === 0) return undefined
  const select = ['0', ...scope.tagColumns, ...fields.map((field) => `sum(${quoteName(field)})`)].join(', ')
  return { ...scope, sql: `SELECT ${select}${scope.from}${groupBy(scope.tagColumns)}`, fields }
}

type LastAsked = LastQuestion & Partial<Pick<RangeQuestion, 'from' | 'to'>>

/** One row per series: 0, tags, then whatever `columns` makes of each field. */
const perSeries = (file: StoreFile, table: Table, question: LastAsked, columns: (column: string) => string[]) => {
  const scope = scopeOf(file, table, question)
  const fields = askedFields(table, question, false)
  if (scope === undefined || fields.length === 0) return undefined
  const select = ['0', ...scope.tagColumns, ...fields.map(quoteName).flatMap(columns)].join(', ')
  return { ...scope, sql: `SELECT ${select}${scope.from}${groupBy(scope.tagColumns)}`, fields }
}

/** One row per series: 0, tags, then per field its last value and that value's time. */
export const lastQuestion = (file: StoreFile, table: Table, question: LastAsked): Question | undefined =>
  perSeries(file, table, question, (column) => [
    `arg_max(${column}, time)`,
    `(max(time) FILTER (${column} IS NOT NULL))::DOUBLE`,
  ])

/** One row per series: 0, tags, then per field how many rows have it. */
export const countQuestion = (file: StoreFile, table: Table, question: LastAsked): Question | undefined =>
  perSeries(file, table, question, (column) => [`count(${column})::DOUBLE`])

/** One row: the time of the newest row of the series asked for, null where there is none. */
export const newestQuestion = (file: StoreFile, table: Table, question: LastAsked): Question | undefined => {
  const scope = scopeOf(file, table, question)
  return scope && { ...scope, sql: `SELECT max(time)::DOUBLE${scope.from}`, fields: [] }
}

type Tags = Readonly<Record<string, string>>

const tagsAt = ({ pinned, tags }: Question, { columns }: Chunk, row: number): Tags => {
  const told: Record<string, string> = { ...pinned }
  tags.forEach((name, index) => {
    const value = columns[index + 1]?.[row]
    if (typeof value === 'string' && value !== '') told[name] = value
  })
  return told
}

/** Reads the tags of rows; absent ones are left out. Rows of one series share one object. */
export const createTagReader = (question: Question): ((chunk: Chunk, row: number) => Tags) => {
  const known = new Map<string, Tags>()
  return (chunk, row) => {
    let key = ''
    for (let column = 1; column <= question.tags.length; column++) key += `${String(chunk.columns[column]?.[row])}\0`
    const found = known.get(key) ?? tagsAt(question, chunk, row)
    known.set(key, found)
    return found
  }
}

export const valueIn = (cell: Cell | undefined): Value | undefined =>
  typeof cell === 'number' || typeof cell === 'string' ? cell : undefined
