/**
 * Last values in one file. Nearly all lie in its last hours, since every field is written at least once an hour; only
 * what is not found there is looked for in the rest of the file, and only where counting says that there is some.
 */
import type { LastQuestion, LastValue } from '../store.ts'
import { type Connection, eachChunk } from './engine.ts'
import { type StoreFile, seriesKey, type Table, tableOf } from './file.ts'
import * as questions from './questions.ts'

const RECENT_MS = 2 * 3_600_000

/** By series, then by field. */
type Found = Map<string, Map<string, LastValue>>

type Asked = Parameters<typeof questions.lastQuestion>[2]

const readLast = async (connection: Connection, file: StoreFile, table: Table, asked: Asked, found: Found) => {
  const question = questions.lastQuestion(file, table, asked)
  if (question === undefined) return
  const tagsOf = questions.createTagReader(question)
  await eachChunk(connection, question.sql, question.values, (chunk) => {
    for (let row = 0; row < chunk.rowCount; row++) {
      const tags = tagsOf(chunk, row)
      const series = found.get(seriesKey(tags)) ?? new Map<string, LastValue>()
      found.set(seriesKey(tags), series)
      for (const [index, field] of question.fields.entries()) {
        const column = 1 + question.tags.length + index * 2
        const value = questions.valueIn(chunk.columns[column]?.[row])
        if (value !== undefined && !series.has(field))
          series.set(field, { tags, field, value, at: Number(chunk.columns[column + 1]?.[row]) })
      }
    }
  })
}

/** Fields that some series has in the range asked for, and that were not found for it yet. */
const fieldsLeft = async (connection: Connection, file: StoreFile, table: Table, asked: Asked, found: Found) => {
  const left = new Set<string>()
  const question = questions.countQuestion(file, table, asked)
  if (question === undefined) return []
  const tagsOf = questions.createTagReader(question)
  await eachChunk(connection, question.sql, question.values, (chunk) => {
    for (let row = 0; row < chunk.rowCount; row++) {
      const series = found.get(seriesKey(tagsOf(chunk, row)))
      for (const [index, field] of question.fields.entries())
        if (!series?.has(field) && chunk.columns[1 + question.tags.length + index]?.[row] !== 0) left.add(field)
    }
  })
  return [...left]
}

/** In no order. */
export const lastOfFile = async (
  connection: Connection,
  file: StoreFile,
  asked: LastQuestion,
): Promise<readonly LastValue[]> => {
  const table = tableOf(file, asked.measurement)
  const question = table && questions.newestQuestion(file, table, asked)
  if (table === undefined || question === undefined) return []
  let newest: unknown
  await eachChunk(connection, question.sql, question.values, ({ columns }) => {
    newest = columns[0]?.[0]
  })
  if (typeof newest !== 'number') return []
  const found: Found = new Map()
  const edge = newest - RECENT_MS
  await readLast(connection, file, table, { ...asked, from: edge }, found)
  const fields = await fieldsLeft(connection, file, table, { ...asked, to: edge }, found)
  if (fields.length > 0) await readLast(connection, file, table, { ...asked, fields, to: edge }, found)
  return [...found.values()].flatMap((series) => [...series.values()])
}
