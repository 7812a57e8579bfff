/** One wire value into its slots, by the kind of its field. */
import type { ArrayField, CodeArrayField, CodeField, FlagField } from '../catalogue/field.ts'
import type { Scale, WireField } from '../catalogue/table.ts'
import { unpack } from '../report/json.ts'
import { readArray, readCodes, readHourlyWh, readList } from './read-list.ts'
import { NO_ORIGIN, type Normalised, type QuarantineReason, type Sample } from './sample.ts'
import { codeOffset, convert, put, putCode, quarantine, type Reading, toNumber } from './wire-value.ts'

const MAX_TEXT = 200

const ON = [1]
const OFF = [0]

const isSentinel = ({ sentinels }: Scale, wire: number): boolean => sentinels.length > 0 && sentinels.includes(wire)

/** What speaks against a wire number. */
type Objection = QuarantineReason | undefined

const putKnown = (wireField: WireField, sample: Sample, value: number): Objection => {
  put(sample, wireField.slots[0]!, value)
  sample.origin++
  return undefined
}

const takeQuantity = (wireField: WireField, sample: Sample, wire: number): Objection => {
  const { scale } = wireField
  const value = convert(scale, wire)
  return value >= scale.min && value <= scale.max ? putKnown(wireField, sample, value) : 'out_of_range'
}

const takeFlag = (wireField: WireField, sample: Sample, wire: number): Objection => {
  const { on = ON, off = OFF } = wireField.field as FlagField
  const isOn = on.includes(wire)
  return isOn || off.includes(wire) ? putKnown(wireField, sample, isOn ? 1 : 0) : 'not_listed'
}

const takeBits = ({ slots }: WireField, sample: Sample, bits: number): Objection => {
  if (bits < 0 || bits >= 2 ** slots.length) return 'too_many'
  slots.forEach((slot, bit) => {
    put(sample, slot, Math.floor(bits / 2 ** bit) % 2)
  })
  sample.origin++
  return undefined
}

const takeCode = (wireField: WireField, sample: Sample, code: number): Objection => {
  putCode(wireField, 0, codeOffset((wireField.field as CodeField).base, code), code, sample)
  return undefined
}

/** A sentinel is reported as "no value", so that what was held before does not stay alive. */
const takeSentinel = (wireField: WireField, sample: Sample, result: Normalised): Objection => {
  result.sentinels++
  put(sample, wireField.slots[0]!, Number.NaN, NO_ORIGIN)
  return undefined
}

/** A finite wire number into its slots, or what speaks against it. */
const take = (wireField: WireField, sample: Sample, result: Normalised, wire: number): Objection => {
  const { kind } = wireField
  if (kind !== 'number' && kind !== 'flag' && !Number.isSafeInteger(wire)) return 'not_whole'
  if (isSentinel(wireField.scale, wire)) return takeSentinel(wireField, sample, result)
  if (kind === 'number') return takeQuantity(wireField, sample, wire)
  if (kind === 'state') return putKnown(wireField, sample, wire)
  if (kind === 'code') return takeCode(wireField, sample, wire)
  return kind === 'flag' ? takeFlag(wireField, sample, wire) : takeBits(wireField, sample, wire)
}

/** Values that count as one and are numbers on the wire, by far the most. */
const readSingle = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const { value, result } = reading
  result.values++
  const isFlag = typeof value === 'boolean' && wireField.kind === 'flag'
  const wire = typeof value === 'number' ? value : isFlag ? Number(value) : toNumber(value)
  const objection = Number.isFinite(wire)
    ? take(wireField, sample, result, wire)
    : typeof value === 'number'
      ? 'not_finite'
      : 'wrong_type'
  if (objection !== undefined) quarantine(sample, reading, objection)
}

const readText = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const { value } = reading
  reading.result.values++
  if (typeof value !== 'string' && typeof value !== 'number') return quarantine(sample, reading, 'wrong_type')
  putKnown(wireField, sample, sample.texts.push(String(value).slice(0, MAX_TEXT)) - 1)
}

/** Leaves of a value that is counted and not written. */
const countLeaves = (value: unknown, depth = 0): number => {
  const unpacked = unpack(value)
  if (typeof unpacked !== 'object' || unpacked === null || depth > 8) return 1
  let leaves = 0
  for (const member of Object.values(unpacked)) leaves += countLeaves(member, depth + 1)
  return leaves
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
      return readSingle(wireField, sample, reading)
    case 'text':
      return readText(wireField, sample, reading)
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
