/** Slots of a module to line protocol, table-driven: no point objects on the hot path. */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { MEASUREMENTS } from '../catalogue/measurements.ts'
import { createPen, putLead, putNumber, putSign, putText, takeText } from '../store/line-bytes.ts'
import { encodeSeries, encodeText } from '../store/line-protocol.ts'
import type { ModuleState } from './state.ts'

const SPACE = 32
const LINE_END = 10

/** Lines under construction, per bucket. */
export interface LineBuilder {
  raw: string
  history: string
}

/** Tags of a module's row in the order of the measurement, the encoded series before the fields. */
const seriesPrefix = (
  measurement: MeasurementName,
  kitSn: string,
  moduleSn: string,
  tags: Readonly<Record<string, string>>,
): string => {
  const all: Record<string, string> = { ...tags, kit_sn: kitSn, module_sn: moduleSn }
  const ordered: Record<string, string> = {}
  for (const tag of MEASUREMENTS[measurement].tags) ordered[tag] = all[tag] ?? ''
  return encodeSeries(measurement, ordered)
}

const prefixOf = (module: ModuleState, kitSn: string, series: number): string => {
  const known = module.prefixes[series]
  if (known !== undefined) return known
  const { measurement, tags } = module.table.series[series]!
  const prefix = seriesPrefix(measurement, kitSn, module.sn, tags)
  module.prefixes[series] = prefix
  return prefix
}

/** One pen for all lines: each is written from its beginning to its end with nothing in between. */
const pen = createPen()

const putValue = (module: ModuleState, slot: number, value: number): void => {
  const { isNumber, leads, stateLeads, slots } = module.table
  if (isNumber[slot] === 1) {
    putLead(pen, leads[slot]!)
    putNumber(pen, value)
    return
  }
  const states = stateLeads[slot]
  if (states === undefined) {
    putLead(pen, leads[slot]!)
    putText(pen, encodeText(module.texts.get(slot) ?? ''))
    return
  }
  const { mask } = slots[slot]!
  putLead(pen, states.listed.get(mask < 0 ? value : value & mask) ?? states.other)
  putNumber(pen, value)
}

/** The line of one series; empty where none of its slots has a value. */
const lineOf = (module: ModuleState, kitSn: string, series: number, indexes: readonly number[], at: number): string => {
  const { values } = module
  const { seriesOf } = module.table
  let begin = -1
  for (let i = 0; i < indexes.length; i++) {
    const slot = indexes[i]!
    const value = values[slot]!
    if (seriesOf[slot] !== series || Number.isNaN(value)) continue
    if (begin < 0) begin = putText(pen, prefixOf(module, kitSn, series))
    putValue(module, slot, value)
  }
  if (begin < 0) return ''
  // The comma before the first field.
  pen.bytes[begin] = SPACE
  putSign(pen, SPACE)
  putNumber(pen, at)
  putSign(pen, LINE_END)
  return takeText(pen)
}

/** Writes these slots as one line per series, stamped `at`. Slots without a value are left out. */
export const writeSlots = (
  module: ModuleState,
  kitSn: string,
  indexes: readonly number[],
  at: number,
  into: LineBuilder,
): void => {
  for (let series = 0; series < module.table.series.length; series++)
    into.raw += lineOf(module, kitSn, series, indexes, at)
}

/** A stamp for the module's next row: the receive time, strictly increasing. */
export const nextStamp = (module: ModuleState, at: number): number => {
  module.lastAt = at > module.lastAt ? at : module.lastAt + 1
  return module.lastAt
}
