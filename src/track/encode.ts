/** Slots of a module to line protocol, table-driven: no point objects on the hot path. */
import type { MeasurementName } from '../catalogue/measurements.ts'
import { MEASUREMENTS } from '../catalogue/measurements.ts'
import type { Slot } from '../catalogue/table.ts'
import { encodeSeries, encodeText } from '../store/line-protocol.ts'
import type { ModuleState } from './state.ts'

/** Lines under construction, per bucket. */
export interface LineBuilder {
  raw: string
  history: string
}

/** Tags of a module's row in the order of the measurement, the encoded series before the fields. */
export const seriesPrefix = (
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

const stateText = ({ states, mask = -1 }: Slot, raw: number): string =>
  states?.[mask < 0 ? raw : raw & mask] ?? 'unknown'

/** `,name=value` of a slot; empty when there is no value to write. */
export const encodeSlot = (module: ModuleState, index: number): string => {
  const value = module.values[index]!
  if (Number.isNaN(value)) return ''
  const slot = module.table.slots[index]!
  if (slot.format === 'number') return `,${slot.name}=${value}`
  if (slot.format === 'state') return `,${slot.name}=${encodeText(stateText(slot, value))},${slot.name}_raw=${value}`
  return `,${slot.name}=${encodeText(module.texts.get(index) ?? '')}`
}

/** Writes these slots as one line per series, stamped `at`. */
export const writeSlots = (
  module: ModuleState,
  kitSn: string,
  slots: readonly number[],
  at: number,
  into: LineBuilder,
): void => {
  const fields: string[] = []
  for (const index of slots) {
    const field = encodeSlot(module, index)
    if (field === '') continue
    const { series } = module.table.slots[index]!
    fields[series] = (fields[series] ?? '') + field
  }
  for (let series = 0; series < fields.length; series++) {
    const text = fields[series]
    if (text !== undefined) into.raw += `${prefixOf(module, kitSn, series)} ${text.slice(1)} ${at}\n`
  }
}

/** A stamp for the module's next row: the receive time, strictly increasing. */
export const nextStamp = (module: ModuleState, at: number): number => {
  module.lastAt = at > module.lastAt ? at : module.lastAt + 1
  return module.lastAt
}
