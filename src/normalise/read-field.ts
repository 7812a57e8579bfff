/** One wire value into its slots, by the kind of its field. */
import type { ArrayField, CodeArrayField, CodeField, FlagField } from '../catalogue/field.ts'
import type { Scale, WireField } from '../catalogue/table.ts'
import { unpack } from '../report/json.ts'
import { readArray, readCodes, readHourlyWh, readList } from './read-list.ts'
import { NO_ORIGIN, type Sample } from './sample.ts'
import { codeOffset, convert, finite, put, putCode, quarantine, type Reading, scaled, whole } from './wire-value.ts'

const MAX_TEXT = 200

const isSentinel = ({ sentinels }: Scale, wire: number): boolean => sentinels.length > 0 && sentinels.includes(wire)

/** A sentinel is reported as "no value", so that what was held before does not stay alive. */
const putSentinel = (wireField: WireField, sample: Sample, reading: Reading): void => {
  reading.result.sentinels++
  put(sample, wireField.slots[0]!, Number.NaN, NO_ORIGIN)
}

const putKnown = (wireField: WireField, sample: Sample, value: number): void => {
  put(sample, wireField.slots[0]!, value)
  sample.origin++
}

const readNumber = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const wire = finite(sample, reading, reading.value)
  if (wire === undefined) return
  if (isSentinel(wireField.scale, wire)) return putSentinel(wireField, sample, reading)
  const value = scaled(sample, reading, wireField.scale, wire)
  if (value !== undefined) putKnown(wireField, sample, value)
}

const readFlag = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const field = wireField.field as FlagField
  const { value } = reading
  const wire = finite(sample, reading, typeof value === 'boolean' ? Number(value) : value)
  if (wire === undefined) return
  if (isSentinel(wireField.scale, wire)) return putSentinel(wireField, sample, reading)
  const isOn = (field.on ?? [1]).includes(wire)
  if (!isOn && !(field.off ?? [0]).includes(wire)) return quarantine(sample, reading, 'not_listed')
  putKnown(wireField, sample, isOn ? 1 : 0)
}

const readState = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const wire = whole(sample, reading, reading.value)
  if (wire === undefined) return
  if (isSentinel(wireField.scale, wire)) return putSentinel(wireField, sample, reading)
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

const readCode = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const code = whole(sample, reading, reading.value)
  const { base } = wireField.field as CodeField
  if (code !== undefined) putCode(wireField, 0, codeOffset(base, code), code, sample)
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

/** The short way, which nearly every value takes: a number in range that is no sentinel. */
const putPlain = (wireField: WireField, sample: Sample, wire: number): boolean => {
  const { scale } = wireField
  const value = convert(scale, wire)
  if (!Number.isFinite(value) || value < scale.min || value > scale.max || isSentinel(scale, wire)) return false
  putKnown(wireField, sample, value)
  return true
}

/** Values that count as one, by far the most. */
const readSingle = (wireField: WireField, sample: Sample, reading: Reading): void => {
  reading.result.values++
  switch (wireField.kind) {
    case 'number':
      if (typeof reading.value === 'number' && putPlain(wireField, sample, reading.value)) return
      return readNumber(wireField, sample, reading)
    case 'flag':
      return readFlag(wireField, sample, reading)
    case 'state':
      return readState(wireField, sample, reading)
    case 'bits':
      return readBits(wireField, sample, reading)
    case 'code':
      return readCode(wireField, sample, reading)
    case 'text':
      return readText(wireField, sample, reading)
  }
}

const readPlaceholder = ({ result, value }: Reading): void => {
  const leaves = countLeaves(value)
  result.values += leaves
  result.placeholders += leaves
}

/** Reads one wire value into `sample`; whatever it cannot hold is counted or kept aside in `reading.result`. */
export const readField = (wireField: WireField, sample: Sample, reading: Reading): void => {
  switch (wireField.kind) {
    case 'number':
    case 'state':
    case 'code':
    case 'flag':
    case 'bits':
    case 'text':
      return readSingle(wireField, sample, reading)
    case 'codes':
      return readCodes(wireField, wireField.field as CodeArrayField, sample, reading)
    case 'array':
      return readArray(wireField, wireField.field as ArrayField, sample, reading)
    case 'list':
      return readList(wireField, sample, reading)
    case 'hourly_wh':
      return readHourlyWh(sample, reading)
    case 'placeholder':
      return readPlaceholder(reading)
  }
}
