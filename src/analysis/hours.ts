/**
 * Means of hours joined to means of longer steps: each hour weighs as much as it covers. They are read a part of the
 * range at a time, so that years of many circuits do not stand in memory at once.
 */
import { COVERED } from '../catalogue/hourly-form.ts'
import { compareRows } from '../store/order.ts'
import type { Answers, Row, StepQuestion } from '../store/store.ts'
import { createSeriesIndex } from './series-rows.ts'

const HOUR_S = 3600
const PART_MS = 100 * 86_400_000

interface Joining {
  readonly at: number
  readonly tags: Row['tags']
  /** By field: mean × weight, and weight. */
  readonly sums: Float64Array
  readonly weights: Float64Array
}

const begin = (at: number, tags: Row['tags'], count: number): Joining => ({
  at,
  tags,
  sums: new Float64Array(count),
  weights: new Float64Array(count),
})

const add = (into: Joining, fields: readonly string[], { values }: Row): void => {
  const covered = values[COVERED]
  const weight = typeof covered === 'number' ? covered : HOUR_S
  fields.forEach((name, index) => {
    const mean = values[name]
    if (typeof mean !== 'number' || weight <= 0) return
    into.sums[index] = into.sums[index]! + mean * weight
    into.weights[index] = into.weights[index]! + weight
  })
}

const joined = ({ at, tags, sums, weights }: Joining, fields: readonly string[]): Row => {
  const values: Record<string, number> = {}
  fields.forEach((name, index) => {
    if (weights[index]! > 0) values[name] = sums[index]! / weights[index]!
  })
  return { at, tags, values }
}

/** One row per step and series in which an hour begins that has a value. */
export const joinHours = async (
  answers: Answers,
  { stepMs, aggregate: _, fields, ...range }: StepQuestion,
): Promise<Row[]> => {
  const series = createSeriesIndex(() => new Map<number, Joining>())
  const columns = fields.includes(COVERED) ? fields : [...fields, COVERED]
  for (let from = range.from; from < range.to; from += PART_MS) {
    const to = Math.min(from + PART_MS, range.to)
    for (const row of await answers.rows({ ...range, from, to, fields: columns })) {
      const at = Math.floor(row.at / stepMs) * stepMs
      const steps = series.of(row.tags)
      const into = steps.get(at) ?? begin(at, row.tags, fields.length)
      steps.set(at, into)
      add(into, fields, row)
    }
  }
  return series
    .all()
    .flatMap((steps) => [...steps.values()])
    .map((one) => joined(one, fields))
    .filter(({ values }) => Object.keys(values).length > 0)
    .sort(compareRows)
}
