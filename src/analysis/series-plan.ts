/**
 * How a series is best asked for: from which bucket, in steps of what length. Values are kept raw for a while, and as
 * hours for ever; at most some 2,000 points a series are told.
 */
import { type Bucket, MEASUREMENTS, type MeasurementName } from '../catalogue/measurements.ts'
import type { Aggregate } from '../store/store.ts'
import type { Asked } from './asked.ts'

export interface SeriesAsked extends Asked {
  readonly measurement: MeasurementName
  /** Names of `seriesFields`. */
  readonly fields: readonly string[]
  readonly aggregate: Aggregate
  /** Only series with these tags: `module_sn`, `side`, … */
  readonly tags?: Readonly<Record<string, string>>
  /** Chosen by the range when left out. */
  readonly stepS?: number
  /** Since when raw values are kept (epoch ms); before that there are hours alone. */
  readonly rawFromAt: number
}

export interface SeriesPlan {
  readonly bucket: Bucket
  readonly stepMs: number
  /** Fields are kept as the hour's mean, with `min_`, `max_` and `last_`. */
  readonly isHourly: boolean
}

/** Why it cannot be told so, as a sentence. */
export interface Refusal {
  readonly refusal: string
}

const MOST_POINTS = 2_000
const HOUR_S = 3600
/** Hours times fields of a mean: they are read one by one. */
const MOST_HOURS_READ = 500_000
const LADDER_S = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800].concat(
  [1, 2, 3, 4, 6, 8, 12, 24, 7 * 24, 28 * 24].map((hours) => hours * HOUR_S),
)

const fittingS = (rangeS: number): number =>
  LADDER_S.find((stepS) => rangeS / stepS <= MOST_POINTS) ?? Math.ceil(rangeS / MOST_POINTS / HOUR_S) * HOUR_S

const refuse = (refusal: string): Refusal => ({ refusal })

const planHours = (stepS: number | undefined, autoS: number, isKeptRaw: boolean): SeriesPlan | Refusal => {
  if (stepS === undefined) return { bucket: 'history', stepMs: Math.max(autoS, HOUR_S) * 1000, isHourly: true }
  if (stepS % HOUR_S === 0) return { bucket: 'history', stepMs: stepS * 1000, isHourly: true }
  if (isKeptRaw)
    return refuse(
      `step=${stepS} is neither below an hour nor whole hours: ask for step=${Math.ceil(stepS / HOUR_S) * HOUR_S}.`,
    )
  return refuse(
    `So far back only values of hours are kept: ask for step=${Math.max(autoS, HOUR_S)}, another multiple of ${HOUR_S}, or a later from.`,
  )
}

const planPlace = ({ measurement, fromAt, toAt, stepS, rawFromAt }: SeriesAsked): SeriesPlan | Refusal => {
  const { bucket, ...measured } = MEASUREMENTS[measurement]
  const rangeS = (toAt - fromAt) / 1000
  const autoS = fittingS(rangeS)
  if (stepS !== undefined && rangeS / stepS > MOST_POINTS)
    return refuse(
      `step=${stepS} makes ${Math.ceil(rangeS / stepS)} points a series, more than ${MOST_POINTS}: ask for step=${autoS}, or for a shorter range.`,
    )
  const step = stepS ?? autoS
  const isKeptRaw = fromAt >= rawFromAt
  const plain = { bucket, stepMs: step * 1000, isHourly: false }
  if (!('hourly' in measured) || (step < HOUR_S && isKeptRaw)) return plain
  return planHours(stepS, autoS, isKeptRaw)
}

/** Bucket and step for the question; a refusal where the step given does not do, or too much would have to be read. */
export const planSeries = (asked: SeriesAsked): SeriesPlan | Refusal => {
  const plan = planPlace(asked)
  if ('refusal' in plan || !plan.isHourly || asked.aggregate !== 'mean') return plan
  const hours = Math.ceil((asked.toAt - asked.fromAt) / (HOUR_S * 1000))
  const most = Math.max(1, Math.floor(MOST_HOURS_READ / hours))
  return asked.fields.length <= most ? plan : refuse(`Over so long a time name at most ${most} fields.`)
}
