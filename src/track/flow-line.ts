/** A row of `flow`: numbers only of what is covered, and of each flow whether it is. */
import { createPen, type Lead, leadOf, putLead, putNumber, putText, takeText } from '../store/line-bytes.ts'
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

const leads = (...names: string[]): Lead[] => names.map((name) => leadOf(`,${name}=`))
const POWERS = leads('solar_1_w', 'solar_2_w', 'dc_in_w', 'ac_in_w', 'battery_w', 'ac_out_w', 'dc_out_w')
/** What must be covered for the power to be told. */
const NEEDED = [SOLAR, SOLAR, DC_IN, AC_IN, BATTERY, AC_OUT, DC_OUT]
const [TOTAL, LOSS, IMBALANCE] = leads('solar_w', 'loss_w', 'imbalance_w') as [Lead, Lead, Lead]
const FLAGS = ['solar', 'dc_in', 'ac_in', 'battery', 'ac_out', 'dc_out'].map((name) => leadOf(`,is_${name}_covered=`))
const NEEDED_BY_FLAG = [SOLAR, DC_IN, AC_IN, BATTERY, AC_OUT, DC_OUT]
const BEFORE_STAMP = leadOf(' ')
const LINE_END = leadOf('\n')
const SPACE = 32

const pen = createPen(2048)

const has = (covered: number, needed: number): boolean => (covered & needed) === needed

/** Watts are told to the thousandth. */
const putWatts = (at: number, lead: Lead, watts: number): number =>
  putNumber(pen, putLead(pen, at, lead), Math.round(watts * THOUSAND) / THOUSAND)

/** The line with its \n. `watts` in the order of FLOWS, `covered` bit by bit in the same order. */
export const flowLine = (kitSn: string, watts: Float64Array, covered: number, at: number): string => {
  const begin = putText(pen, 0, encodeSeries('flow', { kit_sn: kitSn }))
  let end = begin
  if (has(covered, SOLAR)) end = putWatts(end, TOTAL, watts[0]! + watts[1]!)
  for (let i = 0; i < POWERS.length; i++) if (has(covered, NEEDED[i]!)) end = putWatts(end, POWERS[i]!, watts[i]!)
  if (covered === ALL) {
    const rest = watts[0]! + watts[1]! + watts[2]! + watts[3]! - watts[4]! - watts[5]! - watts[6]!
    end = putWatts(end, LOSS, Math.max(0, rest))
    end = putWatts(end, IMBALANCE, Math.max(0, -rest))
  }
  for (let i = 0; i < FLAGS.length; i++)
    end = putNumber(pen, putLead(pen, end, FLAGS[i]!), has(covered, NEEDED_BY_FLAG[i]!) ? 1 : 0)
  // Instead of the comma before the first field.
  pen.bytes[begin] = SPACE
  end = putNumber(pen, putLead(pen, end, BEFORE_STAMP), at)
  return takeText(pen, putLead(pen, end, LINE_END))
}
