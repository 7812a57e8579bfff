/** Slots of a module to line protocol, table-driven: no point objects on the hot path. */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { MEASUREMENTS } from '../catalogue/measurements.ts'

import { encodeSeries, encodeText } from '../store/line-protocol.ts'
import type { ModuleState } from './state.ts'

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

/** `name="…"` of a state or a text that has a value; of a state also its number. */
const encodeWords = (module: ModuleState, index: number, value: number): string => {
  const { format, states, mask, name } = module.table.slots[index]!
  if (format === 'text') return encodeText(module.texts.get(index) ?? '')
  return `${encodeText(states[mask < 0 ? value : value & mask] ?? 'unknown')},${name}_raw=${value}`
}

/** Writes these slots as one line per series, stamped `at`. Slots without a value are left out. */
export const writeSlots = (
  module: ModuleState,
  kitSn: string,
  indexes: readonly number[],
  at: number,
  into: LineBuilder,
): void => {
  const { values } = module
  const { leads, seriesOf, isNumber } = module.table
  const texts: string[] = []
  // Slots of one series mostly follow each other: their text grows here and is put away when the series changes.
  let series = 0
  let text = ''
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i]!
    const value = values[index]!
    if (Number.isNaN(value)) continue
    if (seriesOf[index] !== series) {
      texts[series] = text
      series = seriesOf[index]!
      text = texts[series] ?? ''
    }
    // From left to right: `text +=` would first join the pair apart.
    if (isNumber[index] === 1) text = text + leads[index]! + value
    else text = text + leads[index]! + encodeWords(module, index, value)
  }
  texts[series] = text
  for (let i = 0; i < texts.length; i++)
    if (texts[i]) into.raw += `${prefixOf(module, kitSn, i)} ${texts[i]!.slice(1)} ${at}\n`
}

/** A stamp for the module's next row: the receive time, strictly increasing. */
export const nextStamp = (module: ModuleState, at: number): number => {
  module.lastAt = at > module.lastAt ? at : module.lastAt + 1
  return module.lastAt
}
