/**
 * Steps of several files as one answer, in order. A step that may lie in two files is held open until a later one has
 * come; all others are told as they come, without being looked up: a year has a hundred thousand of five minutes.
 */
import { compareRows } from '../order.ts'
import type { Aggregate, Row, StepQuestion } from '../store.ts'
import type { Chunk } from './engine.ts'
import { seriesKey } from './file.ts'
import type { Span } from './files.ts'
import { createTagReader, type Question } from './questions.ts'

/** What a field came to within a step so far; `count` serves the mean. */
interface Part {
  value: number
  count: number
}

interface OpenStep {
  readonly at: number
  readonly tags: Row['tags']
  readonly parts: Map<string, Part>
}

export interface Steps {
  /** For the answer of the next file, which holds rows of that span alone. */
  of(span: Span): (question: Question) => (chunk: Chunk) => void
  rows(): Row[]
}

const MERGE: Readonly<Record<Aggregate, (a: number, b: number) => number>> = {
  min: Math.min,
  max: Math.max,
  mean: (a, b) => a + b,
  last: (_, b) => b,
}

/** Where the question's fields stand in a chunk; a mean comes as its sum and its count. */
interface Place {
  readonly fields: readonly string[]
  readonly first: number
  readonly width: number
}

const placeOf = ({ tags, fields }: Question, width: number): Place => ({ fields, first: 1 + tags.length, width })

const valuesOf = ({ columns }: Chunk, row: number, { fields, first, width }: Place): Record<string, number> => {
  const values: Record<string, number> = {}
  for (let index = 0; index < fields.length; index++) {
    const column = first + index * width
    const value = columns[column]![row]
    if (typeof value === 'number')
      values[fields[index]!] = width > 1 ? value / Number(columns[column + 1]![row]) : value
  }
  return values
}

const addParts = (
  parts: OpenStep['parts'],
  merge: (a: number, b: number) => number,
  chunk: Chunk,
  row: number,
  place: Place,
): void => {
  for (const [index, field] of place.fields.entries()) {
    const column = place.first + index * place.width
    const value = chunk.columns[column]![row]
    if (typeof value !== 'number') continue
    const count = place.width > 1 ? Number(chunk.columns[column + 1]![row]) : 1
    const part = parts.get(field)
    parts.set(field, part ? { value: merge(part.value, value), count: part.count + count } : { value, count })
  }
}

export const createSteps = ({ stepMs, aggregate }: Pick<StepQuestion, 'stepMs' | 'aggregate'>): Steps => {
  const found: Row[] = []
  const open = new Map<string, OpenStep>()
  const isMean = aggregate === 'mean'
  const close = (): void => {
    const closed = [...open.values()].map(({ at, tags, parts }) => {
      const values = [...parts].map(([field, { value, count }]) => [field, isMean ? value / count : value])
      return { at, tags, values: Object.fromEntries(values) as Record<string, number> }
    })
    for (const row of closed.sort(compareRows)) found.push(row)
    open.clear()
  }
  const addOpen = (at: number, tags: Row['tags'], chunk: Chunk, row: number, place: Place): void => {
    const key = `${at} ${seriesKey(tags)}`
    const step = open.get(key) ?? { at, tags, parts: new Map<string, Part>() }
    open.set(key, step)
    addParts(step.parts, MERGE[aggregate], chunk, row, place)
  }
  const of = (span: Span) => (question: Question) => {
    const tagsOf = createTagReader(question)
    const place = placeOf(question, isMean ? 2 : 1)
    return (chunk: Chunk): void => {
      for (let row = 0; row < chunk.rowCount; row++) {
        const at = Number(chunk.columns[0]![row])
        const tags = tagsOf(chunk, row)
        if (at < span.from || at + stepMs > span.to) addOpen(at, tags, chunk, row, place)
        else {
          if (open.size > 0) close()
          found.push({ at, tags, values: valuesOf(chunk, row, place) })
        }
      }
    }
  }
  return {
    of,
    rows: () => {
      close()
      return found
    },
  }
}
