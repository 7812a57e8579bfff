/**
 * Answers of the embedded store, put together from its files, oldest first. Over months rows follow one another, a
 * step that lies in two is merged (steps.ts), sums add up. Last values of the raw bucket come from the newest two files
 * that exist; only where these hold none does it look further back.
 */
import { compareRows, compareTags } from '../order.ts'
import type { LastQuestion, LastValue, RangeQuestion, Row, StepQuestion, SumQuestion, SumRow, Value } from '../store.ts'
import { type Chunk, type Connection, eachChunk } from './engine.ts'
import { type StoreFile, seriesKey, type Table, tableOf } from './file.ts'
import type { Files } from './files.ts'
import { lastOfFile } from './last.ts'
import * as questions from './questions.ts'
import { createSteps } from './steps.ts'

type Build<Q> = (file: StoreFile, table: Table, question: Q) => questions.Question | undefined

/** Asks one file, where it has the measurement; `take` gets its answer in order, and what was asked. */
const askFile = <Q extends LastQuestion>(
  connection: Connection,
  files: Files,
  name: string,
  build: Build<Q>,
  asked: Q,
  take: (question: questions.Question) => (chunk: Chunk) => void,
) =>
  files.use(name, false, async (file) => {
    const table = tableOf(file, asked.measurement)
    if (table === undefined) return
    const question = build(file, table, asked)
    if (question !== undefined) await eachChunk(connection, question.sql, question.values, take(question))
  })

const addRows =
  (found: Row[]) =>
  (question: questions.Question): ((chunk: Chunk) => void) => {
    const tagsOf = questions.createTagReader(question)
    const { fields, tags } = question
    return (chunk) => {
      const { rowCount, columns } = chunk
      for (let row = 0; row < rowCount; row++) {
        const values: Record<string, Value> = {}
        for (let index = 0; index < fields.length; index++) {
          const value = columns[1 + tags.length + index]![row]
          if (typeof value === 'number' || typeof value === 'string') values[fields[index]!] = value
        }
        found.push({ tags: tagsOf(chunk, row), at: Number(columns[0]![row]), values })
      }
    }
  }

export const rows = async (connection: Connection, files: Files, asked: RangeQuestion): Promise<Row[]> => {
  const found: Row[] = []
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    const rest = asked.limit === undefined ? asked : { ...asked, limit: asked.limit - found.length }
    await askFile(connection, files, name, questions.rowsQuestion, rest, addRows(found))
    if (asked.limit !== undefined && found.length >= asked.limit) break
  }
  return found
}

export const steps = async (connection: Connection, files: Files, asked: StepQuestion): Promise<Row[]> => {
  const found = createSteps(asked)
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    await askFile(connection, files, name, questions.stepsQuestion, asked, found.of(files.spanOf(name)))
  }
  return found.rows().slice(0, asked.limit)
}

interface Total {
  readonly tags: Readonly<Record<string, string>>
  readonly sums: Record<string, number>
}

const addSums =
  (totals: Map<string, Total>) =>
  (question: questions.Question): ((chunk: Chunk) => void) => {
    const tagsOf = questions.createTagReader(question)
    return (chunk) => {
      for (let row = 0; row < chunk.rowCount; row++) {
        const tags = tagsOf(chunk, row)
        const key = seriesKey(tags)
        const total = totals.get(key) ?? { tags, sums: {} }
        totals.set(key, total)
        for (const [index, field] of question.fields.entries()) {
          const value = chunk.columns[1 + question.tags.length + index]![row]
          if (typeof value === 'number') total.sums[field] = (total.sums[field] ?? 0) + value
        }
      }
    }
  }

export const sums = async (connection: Connection, files: Files, asked: SumQuestion): Promise<SumRow[]> => {
  const totals = new Map<string, Total>()
  for (const name of files.names(asked.bucket, asked.from, asked.to)) {
    await askFile(connection, files, name, questions.sumsQuestion, asked, addSums(totals))
  }
  return [...totals.values()]
    .filter((total) => Object.keys(total.sums).length > 0)
    .sort((a, b) => compareTags(a.tags, b.tags))
    .slice(0, asked.limit)
}

/** Files that are always looked at for last values. */
const LAST_FILES = 2

export const last = async (connection: Connection, files: Files, asked: LastQuestion): Promise<LastValue[]> => {
  const found = new Map<string, LastValue>()
  const newestFirst = files.names(asked.bucket).reverse()
  for (const [index, name] of newestFirst.entries()) {
    if (index >= LAST_FILES && found.size > 0) break
    const told = await files.use(name, false, (file) => lastOfFile(connection, file, asked))
    for (const value of told ?? []) {
      const key = `${seriesKey(value.tags)} ${value.field}`
      if (!found.has(key)) found.set(key, value)
    }
  }
  return [...found.values()].sort(compareRows)
}
