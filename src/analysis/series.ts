/**
 * Values of a kit over time, in steps. A step without values has no row: nothing is filled. Raw values are summed up by
 * the store; of hours the means are joined here, each weighing as much as it covers, and minima, maxima and last values
 * are those of the hours' own.
 */
import { lastName, maxName, minName } from '../catalogue/hourly-form.ts'
import type { Aggregate, Answers, Row, StepQuestion, Value } from '../store/store.ts'
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

const HOUR_NAMES = { mean: (name: string) => name, min: minName, max: maxName, last: lastName } as const

/** Fields that are told alike. */
interface Part {
  readonly fields: readonly string[]
  readonly aggregate: Aggregate
  /** Of hours a flag keeps only its mean, which tells whether it was ever 0, or 1. */
  readonly areFlags?: true
}

/** Fields by how they can be told: not all have a mean or a range, and then it is their last value. */
const partsOf = ({ measurement, fields, aggregate }: SeriesAsked, isHourly: boolean): readonly Part[] => {
  const known = seriesFields(measurement)
  const isRange = aggregate === 'min' || aggregate === 'max'
  const isFlag = (name: string): boolean => {
    const field = known.get(name)
    return isRange && field?.unit === 'flag' && field.hasMean
  }
  const isTold = (name: string): boolean => {
    const field = known.get(name)
    if (field === undefined || aggregate === 'last') return true
    return aggregate === 'mean' ? field.hasMean : field.hasRange || (isFlag(name) && !isHourly)
  }
  const parts: Part[] = [
    { fields: fields.filter(isTold), aggregate },
    { fields: fields.filter((name) => !isTold(name) && isFlag(name)), aggregate, areFlags: true },
    { fields: fields.filter((name) => !isTold(name) && !isFlag(name)), aggregate: 'last' },
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

const mapValues = (row: Row, change: (name: string, value: Value) => readonly [string, Value]): Row => ({
  ...row,
  values: Object.fromEntries(Object.entries(row.values).map(([name, value]) => change(name, value))),
})

const rounded = (row: Row): Row =>
  mapValues(row, (name, value) => [name, typeof value === 'number' ? toNineDigits(value) : value])

/** The hours' own minima, maxima and last values, under the field's name. */
const askHours = async (answers: Answers, question: StepQuestion): Promise<Row[]> => {
  const nameOf = HOUR_NAMES[question.aggregate]
  const prefix = nameOf('').length
  const rows = await answers.steps({ ...question, fields: question.fields.map(nameOf) })
  return rows.map((row) => mapValues(row, (name, value) => [name.slice(prefix), value]))
}

/** Whether flags were 0, or 1, at any time of the hours that are covered. */
const askFlags = async (answers: Answers, question: StepQuestion): Promise<Row[]> => {
  const whole = question.aggregate === 'min' ? Math.floor : Math.ceil
  const rows = await answers.steps(question)
  return rows.map((row) => mapValues(row, (name, value) => [name, whole(Number(value))]))
}

const ask = async (answers: Answers, question: StepQuestion, { isHourly }: SeriesPlan, part: Part) => {
  const isMean = question.aggregate === 'mean'
  if (part.areFlags) return askFlags(answers, question)
  if (isHourly && !isMean) return askHours(answers, question)
  const rows = isHourly ? await joinHours(answers, question) : await answers.steps(question)
  return isMean ? rows.map(rounded) : rows
}

/** The series asked for; a refusal where the step given does not do. Throws what the store throws. */
export const seriesOf = async (answers: Answers, asked: SeriesAsked): Promise<SeriesAnswer | Refusal> => {
  const plan = planSeries(asked)
  if ('refusal' in plan) return plan
  const parts = partsOf(asked, plan.isHourly)
  const told = await Promise.all(parts.map((part) => ask(answers, questionOf(asked, plan, part), plan, part)))
  return { bucket: plan.bucket, stepS: plan.stepMs / 1000, rows: told.length === 1 ? told[0]! : mergeRows(told) }
}
