/**
 * What Grafana makes of an answer of InfluxDB, as far as boards lean on it: rows of tables, marks of annotations, and the
 * transformations that bring two tables together. Marks are read as time series: each column is a series of its own, called
 * by its measurement and itself, and by its tags where there are any.
 */

interface Series {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values: readonly (readonly unknown[])[]
}

export interface Answer {
  readonly error?: string
  readonly results?: readonly { readonly error?: string; readonly series?: readonly Series[] }[]
}

export const errorIn = ({ error, results = [] }: Answer): string | undefined => error ?? results[0]?.error

export const seriesOf = ({ results = [] }: Answer): readonly Series[] => results.flatMap(({ series = [] }) => series)

type Row = Readonly<Record<string, unknown>>

/** Rows of a table, without their time: tags are columns. */
export const rowsOf = (answer: Answer): Row[] =>
  seriesOf(answer).flatMap(({ tags = {}, columns, values }) =>
    values.map((row) => ({
      ...tags,
      ...Object.fromEntries(
        columns.map((column, index) => [column, row[index]]).filter(([column]) => column !== 'time'),
      ),
    })),
  )

const isOf = (row: Row, other: Row, keys: readonly string[]): boolean => keys.every((key) => row[key] === other[key])

/** Rows that are equal in these columns become one. */
export const broughtTogether = (tables: readonly Row[][], keys: readonly string[]): Row[] => {
  const rows: Row[] = []
  for (const row of tables.flat()) {
    const at = rows.findIndex((other) => isOf(row, other, keys))
    if (at === -1) rows.push(row)
    else rows[at] = { ...rows[at], ...row }
  }
  return rows
}

/** Which columns are what, as an annotation says. */
export interface Marks {
  readonly titleColumn: string
  readonly textColumn: string
  readonly tagsColumn: string
  readonly timeEndColumn: string
}

export interface Mark {
  readonly time: unknown
  /** Another than `time` makes a band of it. */
  readonly timeEnd: unknown
  readonly title: unknown
  readonly text: unknown
  readonly tags: readonly string[]
}

const TIME = 0

/** A column is the title or the end by its whole name, the text or a tag already by a part of it. */
const placesOf = (columns: readonly string[], marks: Marks) => {
  const places = { title: TIME, end: TIME, text: TIME, tags: [] as number[] }
  for (const [index, column] of columns.entries()) {
    if (index === TIME) continue
    if (column === marks.titleColumn) places.title = index
    else if (marks.tagsColumn.split(',').some((tag) => tag !== '' && column.includes(tag))) places.tags.push(index)
    else if (marks.textColumn !== '' && column.includes(marks.textColumn)) places.text = index
    else if (column === marks.timeEndColumn) places.end = index
    else if (places.title === TIME) places.title = index
  }
  return places
}

/** A row without a value in one of its columns is no mark. */
export const marksOf = (answer: Answer, marks: Marks): Mark[] =>
  seriesOf(answer).flatMap(({ name, tags, columns, values }) => {
    const ofTags =
      tags === undefined
        ? ''
        : ` { ${Object.entries(tags)
            .map((tag) => tag.join(': '))
            .join(', ')} }`
    const called = columns.map((column, index) => (index === TIME ? 'Time' : `${name}.${column}${ofTags}`))
    const places = placesOf(called, marks)
    return values
      .filter((row) => !row.includes(null))
      .map((row) => ({
        time: row[TIME],
        timeEnd: row[places.end],
        title: row[places.title],
        text: row[places.text],
        tags: places.tags.flatMap((index) => (row[index] as string).split(',')),
      }))
  })
