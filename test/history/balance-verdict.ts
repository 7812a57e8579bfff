/** Whether what a life's rows say adds up: losses against the model's, days, months and years against their quarters. */
import { type Finding, numberOf, rowsIn, sumOf } from './energy-verdict.ts'
import { type Life, QUARTER_MS } from './scenario.ts'

/** Of the energy that went through the kit. */
const LOSS_LIMIT = 0.03
/** A quarter that is covered for so long counts as whole (s). */
const WHOLE_S = 890

/** Losses of the quarters that tell them, in watt-hours. What moments that differ feign in one quarter the next takes back. */
export const lossFindings = (life: Life): Finding[] => {
  const index = life.names.indexOf('loss')
  const marks = new Map(life.marks.map(({ at, wh }) => [at, wh[index]!]))
  const rows = rowsIn(life, 'energy').filter(
    (row) => row.fields.loss_wh !== undefined && marks.has(row.at) && marks.has(row.at + QUARTER_MS),
  )
  const truth = rows.reduce((sum, { at }) => sum + marks.get(at + QUARTER_MS)! - marks.get(at)!, 0)
  const throughput = ['solar_wh', 'dc_in_wh', 'ac_in_wh', 'battery_discharge_wh'].reduce(
    (sum, field) => sum + sumOf(rows, field),
    0,
  )
  const found = sumOf(rows, 'loss_wh') - sumOf(rows, 'imbalance_wh')
  const whole = rowsIn(life, 'energy').filter((row) => numberOf(row, 'covered_s') >= WHOLE_S)
  const told = whole.filter((row) => row.fields.loss_wh !== undefined).length / Math.max(1, whole.length)
  return [
    { what: 'loss less imbalance', truth, found, allowed: LOSS_LIMIT * throughput },
    { what: 'whole quarters that tell it, share', truth: 1, found: told, allowed: 0.02 },
  ]
}

const SUMMED = /_(?:wh|s|cost)$/

/** How far the rows of a calendar measurement are from the sums of the quarters that begin in them, at most. */
const worstSum = (life: Life, measurement: string): number => {
  const quarters = life.line.rows('energy')
  const rows = life.line.rows(measurement)
  const apart = rows.flatMap((row, index) => {
    const endAt = rows[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const own = quarters.filter(({ at }) => at >= row.at && at < endAt)
    const fields = new Set([...own.flatMap(({ fields }) => Object.keys(fields)), ...Object.keys(row.fields)])
    return [...fields]
      .filter((field) => SUMMED.test(field))
      .map((field) => Math.abs(sumOf(own, field) - (Number.isNaN(numberOf(row, field)) ? 0 : numberOf(row, field))))
  })
  return rows.length === 0 ? Number.NaN : Math.max(...apart)
}

/** Sums of rounded numbers: a millionth each. */
const SUM_LIMIT = 0.01

/** Days, months and years against their quarters: the worst of all fields. */
export const calendarFindings = (life: Life): Finding[] =>
  ['energy_day', 'energy_month', 'energy_year'].map((measurement) => ({
    what: `${measurement}, worst sum`,
    truth: 0,
    found: worstSum(life, measurement),
    allowed: SUM_LIMIT,
  }))
