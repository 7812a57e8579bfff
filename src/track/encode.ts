/** Slots of a module to line protocol, table-driven: no point objects on the hot path. */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { MEASUREMENTS } from '../catalogue/measurements.ts'
import { createPen, leadOf, putLead, putNumber, putText, takeText } from '../store/line-bytes.ts'
import { encodeSeries, encodeText } from '../store/line-protocol.ts'
import type { ModuleState } from './state.ts'

const SPACE = 32
const BEFORE_STAMP = leadOf(' ')
const LINE_END = leadOf('\n')

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

/** `measurement,tags` of a series, encoded. */
export const prefixOf = (module: ModuleState, kitSn: string, series: number): string => {
  const known = module.prefixes[series]
  if (known !== undefined) return known
  const { measurement, tags } = module.table.series[series]!
  // Through bytes to be one flat text: what is glued together would hold all its pieces as well.
  const prefix = Buffer.from(seriesPrefix(measurement, kitSn, module.sn, tags)).toString()
  module.prefixes[series] = prefix
  return prefix
}

/** One pen for all lines: each is written from its beginning to its end with nothing in between. */
const pen = createPen()

/** A state with its number, or a text. */
const putWords = (module: ModuleState, at: number, slot: number, value: number): number => {
  const { leads, stateLeads, slots } = module.table
  const states = stateLeads[slot]
  if (states === undefined) return putText(pen, putLead(pen, at, leads[slot]!), encodeText(module.texts[slot] ?? ''))
  const { mask } = slots[slot]!
  const lead = states.listed.get(mask < 0 ? value : value & mask) ?? states.other
  return putNumber(pen, putLead(pen, at, lead), value)
}

/** The line of one series; empty where none of its slots has a value. */
const lineOf = (module: ModuleState, kitSn: string, series: number, indexes: readonly number[], at: number): string => {
  const { values } = module
  const { seriesOf, isNumber, leads } = module.table
  let [begin, end] = [0, 0]
  for (let i = 0; i < indexes.length; i++) {
    const slot = indexes[i]!
    const value = values[slot]!
    if (seriesOf[slot] !== series || Number.isNaN(value)) continue
    if (end === 0) begin = end = putText(pen, 0, prefixOf(module, kitSn, series))
    if (isNumber[slot] === 1) end = putNumber(pen, putLead(pen, end, leads[slot]!), value)
    else end = putWords(module, end, slot, value)
  }
  if (end === 0) return ''
  // Instead of the comma before the first field.
  pen.bytes[begin] = SPACE
  end = putNumber(pen, putLead(pen, end, BEFORE_STAMP), at)
  return takeText(pen, putLead(pen, end, LINE_END))
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
