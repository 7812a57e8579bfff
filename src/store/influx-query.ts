/**
 * The store's questions as InfluxQL that 1.x, 2.x and 3.x accept, one statement each, and their answers as rows.
 * Left out on purpose: Flux, SLIMIT, INTO, integral(), sample(), cardinality statements, other databases.
 */
import { CollectorError } from '../errors.ts'
import { compareRows, compareTags } from './order.ts'
import type { LastQuestion, LastValue, RangeQuestion, Row, StepQuestion, SumQuestion, SumRow, Value } from './store.ts'

/** The farthest ms whose ns fit into 64 bits. */
const TIME_MAX = 9_223_372_036_854

const name = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`
const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`

/** Whole ms as ns; digits are joined, since ns do not fit into a number. */
const nanoseconds = (ms: number): string => {
  const whole = Math.min(TIME_MAX, Math.max(-TIME_MAX, Math.ceil(ms)))
  return whole === 0 ? '0' : `${whole}000000`
}

const where = (question: LastQuestion & Partial<RangeQuestion>): string => {
  const conditions = Object.entries(question.tags ?? {}).map(([key, value]) => `${name(key)} = ${literal(value)}`)
  if (question.from !== undefined) conditions.push(`time >= ${nanoseconds(question.from)}`)
  if (question.to !== undefined) conditions.push(`time < ${nanoseconds(question.to)}`)
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
}

const from = (question: LastQuestion): string => ` FROM ${name(question.measurement)}${where(question)}`

export const fieldKeysStatement = (measurement: string): string => `SHOW FIELD KEYS FROM ${name(measurement)}`

export const lastStatement = (question: LastQuestion, field: string): string =>
  `SELECT last(${name(field)}) AS ${name(field)}${from(question)} GROUP BY *`

/** The limit holds per series; `readRows` cuts the sorted whole. */
export const rowsStatement = (question: RangeQuestion): string => {
  const fields = question.fields?.map(name).join(', ') ?? '*'
  return `SELECT ${fields}${from(question)} GROUP BY *${question.limit === undefined ? '' : ` LIMIT ${question.limit}`}`
}

/** A cast keeps texts out, which no aggregate takes. */
const aggregates = (fields: readonly string[], aggregate: string): string =>
  fields.map((field) => `${aggregate}(${name(field)}::float) AS ${name(field)}`).join(', ')

/**
 * A mean is asked for as sums and counts: the server would join the means of its own files by weight, and round.
 * The columns are all sums (or minima …) in the order of the fields, then for a mean all counts.
 */
export const stepsStatement = (question: StepQuestion): string => {
  const { fields, aggregate, stepMs } = question
  const isMean = aggregate === 'mean'
  const counts = fields.map((field) => `count(${name(field)}::float) AS ${name(`count of ${field}`)}`).join(', ')
  const select = isMean ? `${aggregates(fields, 'sum')}, ${counts}` : aggregates(fields, aggregate)
  return `SELECT ${select}${from(question)} GROUP BY time(${stepMs}ms), * fill(none)`
}

export const sumsStatement = (question: SumQuestion): string =>
  `SELECT ${aggregates(question.fields, 'sum')}${from(question)} GROUP BY *`

interface Series {
  readonly tags?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values?: readonly (readonly (Value | null)[])[]
}

interface QueryJson {
  readonly error?: string
  readonly message?: string
  readonly results?: readonly { readonly error?: string; readonly series?: readonly Series[] }[]
}

/** The series of an answer. A database that does not exist yet has none. Throws `store_query_failed`. */
export const readSeries = (body: string): readonly Series[] => {
  let json: QueryJson
  try {
    json = JSON.parse(body) as QueryJson
  } catch (cause) {
    throw new CollectorError(
      'store_query_failed',
      `The store answered something that is not JSON: ${body.slice(0, 200)}`,
      {
        cause,
      },
    )
  }
  const error = json.error ?? json.message ?? json.results?.find((result) => result.error !== undefined)?.error
  if (error === undefined) return json.results?.flatMap((result) => result.series ?? []) ?? []
  if (/(?:database|bucket|dbrp|table|measurement).*not found|not found.*(?:database|bucket|dbrp|table)/i.test(error))
    return []
  throw new CollectorError('store_query_failed', `The store refused a question: ${error}`)
}

const presentTags = (tags: Series['tags']): Record<string, string> =>
  Object.fromEntries(Object.entries(tags ?? {}).filter(([, value]) => value !== ''))

const rowsOf = (series: Series): Row[] => {
  const tags = presentTags(series.tags)
  return (series.values ?? []).flatMap((cells) => {
    const values: Record<string, Value> = {}
    series.columns.forEach((column, index) => {
      const value = cells[index]
      if (index > 0 && value !== null && value !== undefined) values[column] = value
    })
    return Object.keys(values).length === 0 ? [] : [{ tags, at: Number(cells[0]), values }]
  })
}

export const readRows = (series: readonly Series[], limit?: number): Row[] =>
  series.flatMap(rowsOf).sort(compareRows).slice(0, limit)

const toMeans = (series: Series, fields: readonly string[]): Series => ({
  ...series,
  columns: ['time', ...fields],
  values: (series.values ?? []).map((cells) => {
    const means = fields.map((_, index) => {
      const [sum, count] = [cells[1 + index], cells[1 + fields.length + index]]
      return typeof sum === 'number' && typeof count === 'number' && count > 0 ? sum / count : null
    })
    return [cells[0] ?? null, ...means]
  }),
})

export const readSteps = (series: readonly Series[], { aggregate, fields, limit }: StepQuestion): Row[] =>
  readRows(aggregate === 'mean' ? series.map((one) => toMeans(one, fields)) : series, limit)

export const readLast = (series: readonly Series[], field: string): LastValue[] =>
  series.flatMap(rowsOf).flatMap(({ tags, at, values }) => {
    const value = values[field]
    return value === undefined ? [] : [{ tags, field, value, at }]
  })

export const readSums = (series: readonly Series[], limit?: number): SumRow[] =>
  series
    .flatMap(rowsOf)
    .map(({ tags, values }) => ({ tags, sums: values as Record<string, number> }))
    .sort((a, b) => compareTags(a.tags, b.tags))
    .slice(0, limit)

export const readFieldKeys = (series: readonly Series[]): string[] =>
  series.flatMap(({ values }) => (values ?? []).map(([key]) => String(key)))
