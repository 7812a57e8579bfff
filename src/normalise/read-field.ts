/** One wire value into its slots, by the kind of its field. */
import type { CodeField, NumberField } from '../catalogue/field.ts'
import type { WireField } from '../catalogue/table.ts'
import { unpack } from '../report/json.ts'
import { readArray, readCodes, readHourlyWh, readList } from './read-list.ts'
import { NO_ORIGIN, type Sample } from './sample.ts'
import { codeOffset, convert, finite, put, putCode, quarantine, type Reading, whole } from './wire-value.ts'

const MAX_TEXT = 200

const isSentinel = (field: { sentinels?: readonly number[] }, wire: number): boolean =>
  field.sentinels?.includes(wire) ?? false

/** A sentinel is reported as "no value", so that what was held before does not stay alive. */
const putSentinel = (wireField: WireField, sample: Sample, reading: Reading): void => {
  reading.result.sentinels++
  put(sample, wireField.slots[0]!, Number.NaN, NO_ORIGIN)
  put(sample, wireField.companions[0]!, 0, NO_ORIGIN)
}

const putKnown = (wireField: WireField, sample: Sample, value: number): void => {
  put(sample, wireField.slots[0]!, value)
  if (wireField.companions[0]! >= 0) put(sample, wireField.companions[0]!, 1)
  sample.origin++
}

const readNumber = (wireField: WireField, field: NumberField, sample: Sample, reading: Reading): void => {
  const wire = finite(sample, reading, reading.value)
  if (wire === undefined) return
  if (isSentinel(field, wire)) return putSentinel(wireField, sample, reading)
  const value = convert(field, wire)
  if (value < field.range[0] || value > field.range[1]) return quarantine(sample, reading, 'out_of_range')
  putKnown(wireField, sample, value)
}

const readFlag = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const field = wireField.field as Extract<WireField['field'], { kind: 'flag' }>
  const { value } = reading
  const wire = finite(sample, reading, typeof value === 'boolean' ? Number(value) : value)
  if (wire === undefined) return
  if (isSentinel(field, wire)) return putSentinel(wireField, sample, reading)
  const isOn = (field.on ?? [1]).includes(wire)
  if (!isOn && !(field.off ?? [0]).includes(wire)) return quarantine(sample, reading, 'not_listed')
  putKnown(wireField, sample, isOn ? 1 : 0)
}

const readState = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const field = wireField.field as Extract<WireField['field'], { kind: 'state' }>
  const wire = whole(sample, reading, reading.value)
  if (wire === undefined) return
  if (isSentinel(field, wire)) return putSentinel(wireField, sample, reading)
  putKnown(wireField, sample, wire)
}

const readBits = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const bits = whole(sample, reading, reading.value)
  if (bits === undefined) return
  if (bits < 0 || bits >= 2 ** wireField.slots.length) return quarantine(sample, reading, 'too_many')
  wireField.slots.forEach((slot, bit) => {
    put(sample, slot, Math.floor(bits / 2 ** bit) % 2)
  })
  sample.origin++
}

const readCode = (wireField: WireField, field: CodeField, sample: Sample, reading: Reading): void => {
  const code = whole(sample, reading, reading.value)
  if (code !== undefined) putCode(wireField, 0, codeOffset(field.base, code), code, sample)
}

const readText = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const { value } = reading
  if (typeof value !== 'string' && typeof value !== 'number') return quarantine(sample, reading, 'wrong_type')
  put(sample, wireField.slots[0]!, sample.texts.push(String(value).slice(0, MAX_TEXT)) - 1)
  sample.origin++
}

/** Leaves of a value that is counted and not written. */
const countLeaves = (value: unknown, depth = 0): number => {
  const unpacked = unpack(value)
  if (typeof unpacked !== 'object' || unpacked === null || depth > 8) return 1
  let leaves = 0
  for (const member of Object.values(unpacked)) leaves += countLeaves(member, depth + 1)
  return leaves
}

/** Reads one wire value into `sample`; whatever it cannot hold is counted or kept aside in `reading.result`. */
export const readField = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const { field } = wireField
  switch (field.kind) {
    case 'codes':
      return readCodes(wireField, field, sample, reading)
    case 'array':
      return readArray(wireField, field, sample, reading)
    case 'list':
      return readList(wireField, field, sample, reading)
    case 'hourly_wh':
      return readHourlyWh(sample, reading)
    case 'placeholder': {
      const leaves = countLeaves(reading.value)
      reading.result.values += leaves
      reading.result.placeholders += leaves
      return
    }
  }
  reading.result.values++
  switch (field.kind) {
    case 'number':
      return readNumber(wireField, field, sample, reading)
    case 'flag':
      return readFlag(wireField, sample, reading)
    case 'state':
      return readState(wireField, sample, reading)
    case 'bits':
      return readBits(wireField, sample, reading)
    case 'code':
      return readCode(wireField, field, sample, reading)
    case 'text':
      return readText(wireField, sample, reading)
  }
}
