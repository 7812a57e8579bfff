/** Narrow rows: unknown fields, quarantined values, and the device's own hourly energy. */
import { type Counters, count } from '../counters.ts'
import type { DeviceEnergy, Quarantined, UnknownValue } from '../normalise/sample.ts'
import { toText } from '../report/json.ts'
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import type { KitState } from './state.ts'

/** Distinct unknown, and distinct refused, fields kept per module; more would let a broken message flood the store. */
const MAX_FIELDS = 200
const MAX_TAG = 100
const MAX_TEXT = 500

const nextNarrow = (kit: KitState, at: number): number => {
  kit.narrowAt = at > kit.narrowAt ? at : kit.narrowAt + 1
  return kit.narrowAt
}

const tagText = (text: string): string => text.slice(0, MAX_TAG) || 'empty'

/** Whether the field may have a series of its own; beyond the cap it is counted and stays in the recording. */
const isWithinCap = (kit: KitState, module: string, field: string, counters: Counters): boolean => {
  const fields = kit.unknownFields.get(module) ?? new Set()
  if (fields.has(field)) return true
  if (fields.size >= MAX_FIELDS || (kit.unknownFields.size >= MAX_FIELDS && fields.size === 0)) {
    count(counters, 'unknown_overflow')
    return false
  }
  kit.unknownFields.set(module, fields.add(field))
  return true
}

export const writeUnknown = (
  kit: KitState,
  unknown: UnknownValue,
  at: number,
  into: LineBuilder,
  counters: Counters,
): void => {
  const field = tagText(unknown.field)
  if (!isWithinCap(kit, `unknown ${tagText(unknown.sn)}`, field, counters)) return
  into.raw += encodePoint({
    measurement: 'unknown',
    tags: { kit_sn: kit.sn, module_sn: tagText(unknown.sn), module: tagText(unknown.kind), source_field: field },
    fields: typeof unknown.value === 'number' ? { value: unknown.value } : { text: unknown.value },
    at: nextNarrow(kit, at),
  })
}

export const writeQuarantined = (
  kit: KitState,
  refused: Quarantined,
  at: number,
  into: LineBuilder,
  counters: Counters,
): void => {
  count(counters, 'quarantined', refused.reason)
  const field = tagText(refused.field)
  if (!isWithinCap(kit, `refused ${tagText(refused.sn)}`, field, counters)) return
  const { value } = refused
  into.history += encodePoint({
    measurement: 'quarantine',
    tags: { kit_sn: kit.sn, module_sn: tagText(refused.sn), source_field: field, reason: refused.reason },
    fields: { ...(typeof value === 'number' ? { value } : {}), text: toText(value, MAX_TEXT) },
    at: nextNarrow(kit, at),
  })
}

/** src: captures of the app channel (wattPush) */
export const writeDeviceEnergy = (kit: KitState, energy: DeviceEnergy, into: LineBuilder): void => {
  into.history += encodePoint({
    measurement: 'energy_device',
    tags: { kit_sn: kit.sn, module_sn: energy.sn, kind: `type_${energy.type}` },
    fields: { energy_wh: energy.wh },
    at: energy.at,
  })
}
