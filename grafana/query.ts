/**
 * The only maker of InfluxQL text. Measurements, tags and fields are those of src/catalogue/names.lock.json, so that a
 * renamed field does not compile; each column knows its unit. Statements are such that InfluxDB 1.x, 2.x and 3 take them:
 * no time zone, no DDL, and no value in a hole. Where a statement runs is left to datasources.ts, how it looks to panel.ts.
 */
import { MEASUREMENTS } from '../src/catalogue/measurements.ts'
import { MODULES } from '../src/catalogue/modules.ts'
import type lock from '../src/catalogue/names.lock.json'
import { namesOf } from '../src/catalogue/names.ts'
import { FROM_MS, TO_MS, type Variable } from './macros.ts'

type Lock = typeof lock
export type Name = keyof Lock & keyof typeof MEASUREMENTS
type Own<N extends Name> = keyof Lock[N]['fields'] & string
/** Also the names of hourly rows. */
type Field<N extends Name> = Own<N> | `${'min' | 'max' | 'last'}_${Own<N>}` | 'covered_s'
type Tag<N extends Name> = (typeof MEASUREMENTS)[N]['tags'][number] & string
type Aggregate = 'count' | 'first' | 'last' | 'max' | 'mean' | 'min' | 'sum'
type Term<N extends Name> = Field<N> | `${Aggregate}(${Field<N>})`
type Sign = '+' | '-' | '*' | '/' | '(' | ')'

/** What is reckoned from several fields, in a unit of its own. */
interface Reckoned<N extends Name> {
  readonly unit: string
  readonly is: readonly (Term<N> | Sign | number)[]
}

type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | '=~'

export interface Ask<N extends Name> {
  readonly bucket: 'raw' | 'history'
  readonly from: N
  /** What a column is called → what it shows; a tag is text beside fields, where no `by` tells its series apart. */
  readonly show: Readonly<Record<string, Term<N> | Tag<N> | Reckoned<N>>>
  /** `$kit` is the value of a variable, anything else stands for itself. */
  readonly tags?: { readonly [T in Tag<N>]?: Variable | (string & {}) }
  /** What `=~` compares with is a regular expression. */
  readonly where?: readonly (readonly [Field<N>, Comparison, number | string])[]
  /**
   * `range`: the time shown. `now`: the last three minutes, in which the complete rows of a minute stand, and nothing
   * that is old. `reaching`: stretches with an end_ms that reach into the time shown, begun up to 60 days before it.
   */
  readonly during?: 'range' | 'now' | 'reaching' | 'ever' | { readonly last: string }
  /** Rows per step of the chart, or per this long; `null` in steps without values, so that holes stay holes. */
  readonly each?: 'step' | (string & {})
  readonly by?: readonly Tag<N>[]
  /** Only when the time shown is up to two days, or only when it is longer. */
  readonly only?: 'short' | 'long'
  readonly latestFirst?: boolean
  readonly limit?: number
}

export interface Column {
  readonly unit: string
  /** The field that it shows, or the first of those it is reckoned from. */
  readonly field: string
}

export interface Query {
  readonly bucket: 'raw' | 'history'
  readonly from: string
  readonly text: string
  readonly columns: Readonly<Record<string, Column>>
  readonly by: readonly string[]
  readonly isLong: boolean
  /** Of steps of the chart; without, each row is shown. */
  readonly isStepped: boolean
}

/** Raw values are read up to here: of more there are too many, and they age out. */
const SHORT_MS = 2 * 86_400_000

const names = namesOf(MODULES)
const TERM = /^(?:(count|first|last|max|mean|min|sum)\()?([a-z0-9_]+)\)?$/

const quoted = (name: string): string => `"${name}"`
const text = (value: string): string => `'${value.replaceAll("'", "\\'")}'`

/** The field of a term without what hourly rows put before it. */
const fieldIn = (measurement: Name, term: string): string => {
  const [, , named = ''] = TERM.exec(term) ?? []
  const { fields } = names[measurement]!
  const own = named in fields ? named : named.replace(/^(?:min|max|last)_/, '')
  if (!(own in fields) && own !== 'covered_s') throw new Error(`${measurement} has no field ${term}`)
  return own
}

const isTag = (measurement: Name, term: string): boolean =>
  (MEASUREMENTS[measurement].tags as readonly string[]).includes(term)

const unitOf = (measurement: Name, term: string): string =>
  term.startsWith('count(') ? 'count' : (names[measurement]!.fields[fieldIn(measurement, term)]?.unit ?? 's')

const termText = (term: string | number): string => {
  const [, aggregate, field] = TERM.exec(String(term)) ?? []
  if (typeof term === 'number' || field === undefined) return String(term)
  return aggregate === undefined ? quoted(field) : `${aggregate}(${quoted(field)})`
}

const isTerm = (piece: string | number): piece is string => typeof piece === 'string' && TERM.test(piece)

const shownText = (label: string, shown: string | Reckoned<never>): string =>
  `${typeof shown === 'string' ? termText(shown) : shown.is.map(termText).join(' ')} AS ${quoted(label)}`

const columnOf = (measurement: Name, shown: string | Reckoned<never>): Column => {
  if (typeof shown === 'string' && isTag(measurement, shown)) return { unit: 'text', field: shown }
  if (typeof shown === 'string') return { unit: unitOf(measurement, shown), field: fieldIn(measurement, shown) }
  return { unit: shown.unit, field: fieldIn(measurement, shown.is.find(isTerm) ?? '') }
}

const timeText = (during: NonNullable<Ask<Name>['during']>): string => {
  if (during === 'range') return '$timeFilter'
  if (during === 'now') return 'time > now() - 3m'
  if (during === 'ever') return 'time > 0'
  if (during === 'reaching')
    return `time >= ${FROM_MS}ms - 60d AND time <= ${TO_MS}ms AND ${quoted('end_ms')} >= ${FROM_MS}`
  return `time > now() - ${during.last}`
}

const tagText = ([tag, value]: readonly [string, string]): string =>
  value.startsWith('$') ? `${quoted(tag)} =~ /^\${${value.slice(1)}:regex}$/` : `${quoted(tag)} = ${text(value)}`

/** Of InfluxDB Grafana knows no variable for the length of the time shown. */
const SHOWN_MS = `${TO_MS} - ${FROM_MS}`
const onlyText = { short: `${SHOWN_MS} <= ${SHORT_MS}`, long: `${SHOWN_MS} > ${SHORT_MS}` } as const

const comparedText = ([field, sign, value]: readonly [string, Comparison, number | string]): string =>
  `${quoted(field)} ${sign} ${sign === '=~' ? `/${value}/` : typeof value === 'string' ? text(value) : value}`

const whereText = <N extends Name>({ during = 'range', tags = {}, where = [], only }: Ask<N>): string =>
  [
    ...(only ? [onlyText[only]] : []),
    ...Object.entries(tags as Readonly<Record<string, string>>).map(tagText),
    ...where.map(comparedText),
    timeText(during),
  ].join(' AND ')

const groupText = <N extends Name>({ each, by = [] }: Ask<N>): string => {
  const parts = [...(each ? [`time(${each === 'step' ? '$__interval' : each})`] : []), ...by.map(quoted)]
  return parts.length === 0 ? '' : ` GROUP BY ${parts.join(', ')}${each ? ' fill(null)' : ''}`
}

/** The statement and what its columns are. */
export const query = <N extends Name>(ask: Ask<N>): Query => {
  const shown = Object.entries(ask.show) as [string, string | Reckoned<never>][]
  const end = `${ask.latestFirst ? ' ORDER BY time DESC' : ''}${ask.limit === undefined ? '' : ` LIMIT ${ask.limit}`}`
  return {
    bucket: ask.bucket,
    from: ask.from,
    text: `SELECT ${shown.map(([label, of]) => shownText(label, of)).join(', ')} FROM ${quoted(ask.from)} WHERE ${whereText(ask)}${groupText(ask)}${end}`,
    columns: Object.fromEntries(shown.map(([label, of]) => [label, columnOf(ask.from, of)])),
    by: ask.by ?? [],
    isLong: ask.only === 'long',
    isStepped: ask.each !== undefined,
  }
}

type ByBucket<N extends Name> = Omit<Ask<N>, 'bucket' | 'only' | 'each' | 'during' | 'show'> & {
  readonly show: Readonly<Record<string, `${'last' | 'max' | 'mean' | 'min'}(${Own<N>})`>>
}

/** The same term of hourly rows, in which only the mean has the field's own name. */
const hourlyTerm = (term: string): string => term.replace(/^(last|max|min)\(/, '$1($1_')

/**
 * What a chart shows at any length: up to two days from raw values, beyond from hours. One of both gives nothing, so
 * that a board needs no second one for long times. The mean of hours is the mean of their means.
 */
export const overTime = <N extends Name>(ask: ByBucket<N>): readonly Query[] => {
  const hourly = Object.fromEntries(Object.entries<string>(ask.show).map(([label, term]) => [label, hourlyTerm(term)]))
  return [
    query({ ...ask, bucket: 'raw', each: 'step', only: 'short' } as Ask<N>),
    query({ ...ask, show: hourly, bucket: 'history', each: 'step', only: 'long' } as Ask<N>),
  ]
}

/** What the series of a statement come to together: aggregates of its columns, by label. A series without a value adds none. */
export const totals = (inner: Query, show: Readonly<Record<string, readonly [Aggregate, string]>>): Query => ({
  ...inner,
  by: [],
  text: `SELECT ${Object.entries(show)
    .map(([label, [aggregate, of]]) => `${aggregate}(${quoted(of)}) AS ${quoted(label)}`)
    .join(', ')} FROM (${inner.text})`,
  columns: Object.fromEntries(
    Object.entries(show).map(([label, [aggregate, of]]) => {
      const column = inner.columns[of]
      if (column === undefined) throw new Error(`There is no column ${of} in ${inner.text}`)
      return [label, aggregate === 'count' ? { ...column, unit: 'count' } : column]
    }),
  ),
})

/** The values of a tag, as a variable lists them. */
export const tagValues = <N extends Name>(
  from: N,
  tag: Tag<N>,
  where: { readonly [T in Tag<N>]?: Variable | (string & {}) },
): string =>
  `SHOW TAG VALUES FROM ${quoted(from)} WITH KEY = ${quoted(tag)} WHERE ${Object.entries(
    where as Readonly<Record<string, string>>,
  )
    .map(tagText)
    .join(' AND ')}`
