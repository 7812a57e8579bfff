/**
 * Values of a kit over time, in steps. A step without values has no row: nothing is filled. Raw values are summed up by
 * the store; of hours the means are joined here, each weighing as much as it covers, and minima, maxima and last values
 * are those of the hours' own.
 */
import type { Aggregate, Answers, Row, StepQuestion } from '../store/store.ts'
import { seriesFields } from './fields.ts'
import { joinHours } from './hours.ts'
import { toNineDigits } from './rounding.ts'
import { planSeries, type Refusal, type SeriesAsked, type SeriesPlan } from './series-plan.ts'
import { mergeRows } from './series-rows.ts'

export interface SeriesAnswer {
  readonly bucket: SeriesPlan['bucket']
  readonly stepS: number
  /** `at` is the start of the step; ordered by time, then by tags. */
  readonly rows: readonly Row[]
}

interface Part {
  readonly fields: readonly string[]
  readonly aggregate: Aggregate
}

/** Fields by how they can be told: not all have a mean, and settings have their last value alone. */
const partsOf = ({ measurement, fields, aggregate }: SeriesAsked): readonly Part[] => {
  const known = seriesFields(measurement)
  const isTold = (name: string): boolean => {
    const field = known.get(name)
    if (field === undefined || aggregate === 'last') return true
    return aggregate === 'mean' ? field.hasMean : !field.isSetting
  }
  const parts: Part[] = [
    { fields: fields.filter(isTold), aggregate },
    { fields: fields.filter((name) => !isTold(name)), aggregate: 'last' },
  ]
  return parts.filter((part) => part.fields.length > 0)
}

const questionOf = (asked: SeriesAsked, { bucket, stepMs }: SeriesPlan, { fields, aggregate }: Part): StepQuestion => ({
  bucket,
  measurement: asked.measurement,
  tags: { ...asked.tags, kit_sn: asked.kitSn },
  from: asked.fromAt,
  to: asked.toAt,
  fields,
  stepMs,
  aggregate,
})

const rounded = (row: Row): Row => ({
  ...row,
  values: Object.fromEntries(
    Object.entries(row.values).map(([name, value]) => [name, typeof value === 'number' ? toNineDigits(value) : value]),
  ),
})

/** The hours' own minima, maxima and last values, under the field's name. */
const askHours = async (answers: Answers, question: StepQuestion): Promise<Row[]> => {
  const prefix = `${question.aggregate}_`
  const fields = question.fields.map((name) => prefix + name)
  const rows = await answers.steps({ ...question, fields })
  const unprefixed = (values: Row['values']): Row['values'] =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(prefix.length), value]))
  return rows.map((row) => ({ ...row, values: unprefixed(row.values) }))
}

const ask = async (answers: Answers, question: StepQuestion, isHourly: boolean): Promise<readonly Row[]> => {
  const isMean = question.aggregate === 'mean'
  if (!isHourly) {
    const rows = await answers.steps(question)
    return isMean ? rows.map(rounded) : rows
  }
  return isMean ? (await joinHours(answers, question)).map(rounded) : askHours(answers, question)
}

/** The series asked for; a refusal where the step given does not do. Throws what the store throws. */
export const seriesOf = async (answers: Answers, asked: SeriesAsked): Promise<SeriesAnswer | Refusal> => {
  const plan = planSeries(asked)
  if ('refusal' in plan) return plan
  const parts = partsOf(asked)
  const told = await Promise.all(parts.map((part) => ask(answers, questionOf(asked, plan, part), plan.isHourly)))
  return { bucket: plan.bucket, stepS: plan.stepMs / 1000, rows: told.length === 1 ? told[0]! : mergeRows(told) }
}
