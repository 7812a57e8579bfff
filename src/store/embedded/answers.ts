/**
 * Answers of the embedded store, put together from its files, oldest first. Over months rows follow one another, a
 * step that lies in two is merged, sums add up. Last values of the raw bucket come from the newest two files that
 * exist; only where these hold none does it look further back.
 */
import { compareRows, compareTags } from '../order.ts'
import type { LastQuestion, LastValue, RangeQuestion, Row, StepQuestion, SumQuestion, SumRow, Value } from '../store.ts'
import { type Cell, type Connection, eachChunk } from './engine.ts'
import { type StoreFile, seriesKey, type Table } from './file.ts'
import type { Files } from './files.ts'
import * as questions from './questions.ts'

type Build<Q> = (file: StoreFile, table: Table, question: Q) => questions.Question | undefined

/** Asks one file, where it has the measurement; `take` gets the rows of its answer, in order. */
const askFile = <Q extends LastQuestion>(
  connection: Connection,
  files: Files,
  name: string,
  build: Build<Q>,
  asked: Q,
  take: (question: questions.Question, row: readonly Cell[]) => void,
) =>
  files.use(name, false, async (file) => {
    const table = file.tables.get(asked.measurement.toLowerCase())
    if (table === undefined || table.measurement !== asked.measurement) return
    const question = build(file, table, asked)
    if (question === undefined) return
    await eachChunk(connection, question.sql, question.values, (rows) => {
      for (const row of rows) take(question, row)
    })
  })

const rowOf = (question: questions.Question, cells: readonly Cell[]): Row => {
  const values: Record<string, Value> = {}
  question.fields.forEach((field, index) => {
    const value = questions.valueIn(cells[1 + question.tags.length + index])
    if (value !== undefined) values[field] = value
  })
  return { tags: questions.tagsOf(question, cells), at: Number(cells[0]), values }
}

export const rows = async (connection: Connection, files: Files, asked: RangeQuestion): Promise<Row[]> => {
  const found: Row[] = []
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    const rest = asked.limit === undefined ? asked : { ...asked, limit: asked.limit - found.length }
    await askFile(connection, files, name, questions.rowsQuestion, rest, (question, row) => {
      found.push(rowOf(question, row))
    })
    if (asked.limit !== undefined && found.length >= asked.limit) break
  }
  return found
}

/** What a field came to within a step or a range; `count` serves the mean. */
interface Part {
  value: number
  count: number
}

interface Group {
  readonly at: number
  readonly tags: Record<string, string>
  readonly parts: Map<string, Part>
}

const join = { min: Math.min, max: Math.max, mean: (a: number, b: number) => a + b, last: (_: number, b: number) => b }

/** Adds a row of a later file to what earlier ones gave. `width` is the number of columns per field. */
const addTo =
  (groups: Map<string, Group>, merge: (a: number, b: number) => number, width: number) =>
  (question: questions.Question, cells: readonly Cell[]): void => {
    const tags = questions.tagsOf(question, cells)
    const at = Number(cells[0])
    const key = `${at} ${seriesKey(tags)}`
    const group = groups.get(key) ?? { at, tags, parts: new Map<string, Part>() }
    groups.set(key, group)
    question.fields.forEach((field, index) => {
      const column = 1 + question.tags.length + index * width
      const value = cells[column]
      if (typeof value !== 'number') return
      const count = width > 1 ? Number(cells[column + 1]) : 1
      const part = group.parts.get(field)
      if (part === undefined) group.parts.set(field, { value, count })
      else Object.assign(part, { value: merge(part.value, value), count: part.count + count })
    })
  }

export const steps = async (connection: Connection, files: Files, asked: StepQuestion): Promise<Row[]> => {
  const groups = new Map<string, Group>()
  const isMean = asked.aggregate === 'mean'
  const add = addTo(groups, join[asked.aggregate], isMean ? 2 : 1)
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    await askFile(connection, files, name, questions.stepsQuestion, asked, add)
  }
  const found = [...groups.values()].map(({ at, tags, parts }) => {
    const values = [...parts].map(([field, { value, count }]) => [field, isMean ? value / count : value])
    return { tags, at, values: Object.fromEntries(values) as Record<string, number> }
  })
  return found.sort(compareRows).slice(0, asked.limit)
}

export const sums = async (connection: Connection, files: Files, asked: SumQuestion): Promise<SumRow[]> => {
  const groups = new Map<string, Group>()
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    await askFile(connection, files, name, questions.sumsQuestion, asked, addTo(groups, join.mean, 1))
  }
  return [...groups.values()]
    .filter(({ parts }) => parts.size > 0)
    .map(({ tags, parts }) => ({
      tags,
      sums: Object.fromEntries([...parts].map(([field, { value }]) => [field, value])),
    }))
    .sort((a, b) => compareTags(a.tags, b.tags))
    .slice(0, asked.limit)
}

const lastOf = (question: questions.Question, row: readonly Cell[]): LastValue[] => {
  const tags = questions.tagsOf(question, row)
  return question.fields.flatMap((field, index) => {
    const column = 1 + question.tags.length + index * 2
    const value = questions.valueIn(row[column])
    return value === undefined ? [] : [{ tags, field, value, at: Number(row[column + 1]) }]
  })
}

/** Files that are always looked at for last values. */
const LAST_FILES = 2

export const last = async (connection: Connection, files: Files, asked: LastQuestion): Promise<LastValue[]> => {
  const found = new Map<string, LastValue>()
  const newestFirst = files.names(asked.bucket).reverse()
  for (const [index, name] of newestFirst.entries()) {
    if (index >= LAST_FILES && found.size > 0) break
    await askFile(connection, files, name, questions.lastQuestion, asked, (question, row) => {
      for (const value of lastOf(question, row)) {
        const key = `${seriesKey(value.tags)} ${value.field}`
        if (!found.has(key)) found.set(key, value)
      }
    })
  }
  return [...found.values()].sort(compareRows)
}
