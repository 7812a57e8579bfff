/** Wire numbers to base units, and the ways a wire value can end. Shared by single values and lists. */
import type { CodeBase } from '../catalogue/field.ts'
import type { Scale, WireField } from '../catalogue/table.ts'
import type { Normalised, QuarantineReason, Sample } from './sample.ts'

export interface Reading {
  field: string
  value: unknown
  /** Position of the value in the list that the field is; -1 when it is none. */
  index: number
  /** Epoch ms. */
  readonly at: number
  readonly result: Normalised
}

export const put = (sample: Sample, slot: number, value: number, origin = sample.origin): void => {
  const i = sample.count++
  sample.slots[i] = slot
  sample.values[i] = value
  sample.origins[i] = origin
}

export const quarantine = (
  sample: Sample,
  reading: Reading,
  reason: QuarantineReason,
  value: unknown = reading.value,
): void => {
  const field = reading.index < 0 ? reading.field : `${reading.field}[${reading.index}]`
  reading.result.quarantined.push({ sn: sample.sn, field, reason, value })
}

/** A wire number: numbers and decimal strings; NaN for anything else. */
export const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : Number.NaN
}

/** The wire value as a number, or undefined after it was quarantined. */
export const finite = (sample: Sample, reading: Reading, value: unknown): number | undefined => {
  const number = toNumber(value)
  if (Number.isFinite(number)) return number
  quarantine(sample, reading, typeof value === 'number' ? 'not_finite' : 'wrong_type', value)
  return undefined
}

export const whole = (sample: Sample, reading: Reading, value: unknown): number | undefined => {
  const number = finite(sample, reading, value)
  if (number === undefined || Number.isSafeInteger(number)) return number
  quarantine(sample, reading, 'not_whole', value)
  return undefined
}

/** Base units of a wire number. Integers are divided, never multiplied by a fraction: 9/1000 is 0.009, 9*0.001 is not. */
export const convert = (scale: Scale, wire: number): number => {
  const signed = scale.wraps16 && wire > 32767 && wire <= 65535 ? wire - 65536 : wire
  // There is no -0: it would be another value than 0 to nobody but us.
  return (signed / scale.divide) * scale.multiply + 0
}

/** A wire number in base units, or undefined after it was quarantined. */
export const scaled = (sample: Sample, reading: Reading, scale: Scale, wire: number): number | undefined => {
  const value = convert(scale, wire)
  if (value >= scale.min && value <= scale.max) return value
  quarantine(sample, reading, 'out_of_range')
  return undefined
}

/** Distance of a code from its "nothing wrong" base; NaN for a code outside any known base. */
export const codeOffset = (base: CodeBase, code: number): number => {
  if (typeof base === 'number') return code - base
  if (code < base.from || code > base.to) return Number.NaN
  return (code % base.every) - base.at
}

/** The distance, and beside it what the wire said. Outside the known base no distance is known any more. */
export const putCode = (wireField: WireField, i: number, offset: number, code: number, sample: Sample): void => {
  put(sample, wireField.slots[i]!, offset)
  if (wireField.companions[i]! >= 0) put(sample, wireField.companions[i]!, code)
  sample.origin++
}
