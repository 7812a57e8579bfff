/** A row of `flow`: numbers only of what is covered, and of each flow whether it is. */
import { createPen, leadOf, putLead, putNumber, putText, takeText } from '../store/line-bytes.ts'
import { encodeSeries } from '../store/line-protocol.ts'

/** Bits of FLOWS, in their order. */
const SOLAR_1 = 1
const SOLAR_2 = 2
const DC_IN = 4
const AC_IN = 8
const BATTERY = 16
const AC_OUT = 32
const DC_OUT = 64
const ALL = 127
const SOLAR = SOLAR_1 | SOLAR_2
const THOUSAND = 1000

const POWERS = ['solar_1_w', 'solar_2_w', 'dc_in_w', 'ac_in_w', 'battery_w', 'ac_out_w', 'dc_out_w']
/** What must be covered for the power to be told. */
const NEEDED = [SOLAR, SOLAR, DC_IN, AC_IN, BATTERY, AC_OUT, DC_OUT]
const FLAGS = ['solar', 'dc_in', 'ac_in', 'battery', 'ac_out', 'dc_out'].map((name) => `is_${name}_covered`)
const NEEDED_BY_FLAG = [SOLAR, DC_IN, AC_IN, BATTERY, AC_OUT, DC_OUT]

/** The powers of a row, in their order. */
export const FLOW_POWERS = ['solar_w', ...POWERS, 'loss_w', 'imbalance_w']
/** The fields of a row, in their order. */
export const FLOW_FIELDS = [...FLOW_POWERS, ...FLAGS]
const FIRST_POWER = 1
const LOSS = FIRST_POWER + POWERS.length
const IMBALANCE = LOSS + 1
const FIRST_FLAG = IMBALANCE + 1
const LEADS = FLOW_FIELDS.map((name) => leadOf(`,${name}=`))
const BEFORE_STAMP = leadOf(' ')
const LINE_END = leadOf('\n')
const SPACE = 32

const pen = createPen(2048)

const has = (covered: number, needed: number): boolean => (covered & needed) === needed

/** Watts are told to the thousandth. */
const told = (isTold: boolean, watts: number): number => (isTold ? Math.round(watts * THOUSAND) / THOUSAND : Number.NaN)

const row = new Float64Array(FLOW_FIELDS.length)

/**
 * A row in the order of FLOW_FIELDS, NaN for what it does not tell; it holds until the next one is asked for. `watts` in
 * the order of FLOWS, `covered` bit by bit in the same order.
 */
export const flowRow = (watts: Float64Array, covered: number): Float64Array => {
  row[0] = told(has(covered, SOLAR), watts[0]! + watts[1]!)
  for (let i = 0; i < POWERS.length; i++) row[FIRST_POWER + i] = told(has(covered, NEEDED[i]!), watts[i]!)
  const rest = watts[0]! + watts[1]! + watts[2]! + watts[3]! - watts[4]! - watts[5]! - watts[6]!
  row[LOSS] = told(covered === ALL, Math.max(0, rest))
  row[IMBALANCE] = told(covered === ALL, Math.max(0, -rest))
  for (let i = 0; i < FLAGS.length; i++) row[FIRST_FLAG + i] = has(covered, NEEDED_BY_FLAG[i]!) ? 1 : 0
  return row
}

/** The line of a row, with its \n. */
export const flowLine = (kitSn: string, values: Float64Array, at: number): string => {
  const begin = putText(pen, 0, encodeSeries('flow', { kit_sn: kitSn }))
  let end = begin
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) end = putNumber(pen, putLead(pen, end, LEADS[i]!), values[i]!)
  // Instead of the comma before the first field.
  pen.bytes[begin] = SPACE
  end = putNumber(pen, putLead(pen, end, BEFORE_STAMP), at)
  return takeText(pen, putLead(pen, end, LINE_END))
}
