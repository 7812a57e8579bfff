/** One wire value into its slots, by the kind of its field. The only place where wire numbers become base units. */
import type { ArrayField, CodeArrayField, CodeBase, CodeField, NumberField } from '../catalogue/field.ts'
import type { WireField } from '../catalogue/table.ts'
import { isObject, unpack } from '../report/json.ts'
import { NO_ORIGIN, type Normalised, type QuarantineReason, type Sample } from './sample.ts'

export interface Reading {
  readonly field: string
  readonly value: unknown
  /** Epoch ms. */
  readonly at: number
  readonly result: Normalised
}

const HOUR_MS = 3_600_000
const MAX_TEXT = 200

const put = (sample: Sample, slot: number, value: number, origin = sample.origin): void => {
  const i = sample.count++
  sample.slots[i] = slot
  sample.values[i] = value
  sample.origins[i] = origin
}

const quarantine = (
  sample: Sample,
  reading: Reading,
  reason: QuarantineReason,
  value: unknown = reading.value,
): void => {
  reading.result.quarantined.push({ sn: sample.sn, field: reading.field, reason, value })
}

/** A wire number: numbers, decimal strings and booleans; NaN for anything else. */
const toNumber = (value: unknown): number => {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(value) ? Number(value) : Number.NaN
}

/** The wire value as a number, or undefined after it was quarantined. */
const finite = (sample: Sample, reading: Reading, value: unknown): number | undefined => {
  const number = toNumber(value)
  if (Number.isFinite(number)) return number
  quarantine(sample, reading, typeof value === 'number' ? 'not_finite' : 'wrong_type', value)
  return undefined
}

const whole = (sample: Sample, reading: Reading, value: unknown): number | undefined => {
  const number = finite(sample, reading, value)
  if (number === undefined || Number.isSafeInteger(number)) return number
  quarantine(sample, reading, 'not_whole', value)
  return undefined
}

/** Base units of a wire number. Integers are divided, never multiplied by a fraction: 9/1000 is 0.009, 9*0.001 is not. */
const convert = (field: Pick<NumberField, 'divide' | 'multiply' | 'negate' | 'wrap16'>, wire: number): number => {
  const signed = field.wrap16 && wire > 32767 && wire <= 65535 ? wire - 65536 : wire
  const scaled = field.divide === undefined ? signed : signed / field.divide
  const multiplied = field.multiply === undefined ? scaled : scaled * field.multiply
  return field.negate && multiplied !== 0 ? -multiplied : multiplied
}

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
  const wire = finite(sample, reading, reading.value)
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
  putKnown(wireField, sample, field.mask === undefined ? wire : wire & field.mask)
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

/** Distance of a code from its "nothing wrong" base; undefined for a code outside any known base. */
export const codeOffset = (base: CodeBase, code: number): number | undefined => {
  if (typeof base === 'number') return code - base
  if (code < base.from || code > base.to) return undefined
  return (code % base.every) - base.at
}

/** The distance goes to the slot where the base is known; what the wire said always goes beside it. */
const putCode = (wireField: WireField, i: number, offset: number | undefined, code: number, sample: Sample): void => {
  if (offset !== undefined) put(sample, wireField.slots[i]!, offset)
  put(sample, wireField.companions[i]!, code)
  sample.origin++
}

const readCode = (wireField: WireField, field: CodeField, sample: Sample, reading: Reading): void => {
  const code = whole(sample, reading, reading.value)
  if (code !== undefined) putCode(wireField, 0, codeOffset(field.base, code), code, sample)
}

const readElements = (sample: Sample, reading: Reading, element: (value: unknown, i: number) => void): void => {
  const list = unpack(reading.value)
  if (!Array.isArray(list)) {
    reading.result.values++
    return quarantine(sample, reading, 'wrong_type')
  }
  reading.result.values += list.length
  list.forEach((value, i) => {
    element(value, i)
  })
}

const readCodes = (wireField: WireField, field: CodeArrayField, sample: Sample, reading: Reading): void => {
  readElements(sample, reading, (value, i) => {
    const code = whole(sample, reading, value)
    if (code === undefined) return
    const isPanel = code >= field.panelBase
    if (!isPanel && i >= field.circuits) return quarantine(sample, reading, 'too_many', value)
    const base = isPanel ? field.panelBase : field.base + field.step * i
    const offset = code < base ? undefined : code - base
    putCode(wireField, isPanel ? field.circuits : i, offset, code, sample)
  })
}

const readArray = (wireField: WireField, field: ArrayField, sample: Sample, reading: Reading): void => {
  const list = unpack(reading.value)
  const leads = Array.isArray(list) && list.length === field.leadingTotalAt ? 1 : 0
  if (leads) reading.result.placeholders++
  readElements(sample, reading, (element, i) => {
    if (i < leads) return
    if (i - leads >= field.circuits) return quarantine(sample, reading, 'too_many', element)
    const wire = finite(sample, reading, element)
    if (wire === undefined) return
    const value = convert(field, wire)
    if (value < field.range[0] || value > field.range[1]) return quarantine(sample, reading, 'out_of_range', element)
    put(sample, wireField.slots[i - leads]!, value)
    sample.origin++
  })
}

const readList = (wireField: WireField, sample: Sample, reading: Reading): void => {
  const field = wireField.field as Extract<WireField['field'], { kind: 'list' }>
  readElements(sample, reading, (element, i) => {
    if (i >= field.length) return quarantine(sample, reading, 'too_many', element)
    const value = finite(sample, reading, element)
    if (value === undefined) return
    if (value < field.range[0] || value > field.range[1]) return quarantine(sample, reading, 'out_of_range', element)
    put(sample, wireField.slots[i]!, value)
    sample.origin++
  })
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

/** `{rtc, wattType, watt: [24]}`: watt[h] is Wh of UTC hour h of the day that begins at rtc. src: VENDOR-FACTS §3.4 */
const readHourlyWh = (sample: Sample, reading: Reading): void => {
  const item = unpack(reading.value)
  const { result } = reading
  if (!isObject(item) || !Array.isArray(item.watt) || item.watt.length > 24) {
    result.values++
    return quarantine(sample, reading, 'wrong_type')
  }
  const startAt = toNumber(item.rtc) * 1000
  const type = toNumber(item.wattType)
  result.values += item.watt.length
  item.watt.forEach((wh: unknown, hour: number) => {
    const value = finite(sample, reading, wh)
    if (value === undefined) return
    const at = startAt + hour * HOUR_MS
    if (!(Math.abs(at - reading.at) < 400 * 24 * HOUR_MS) || at % 1000 !== 0 || !Number.isInteger(type))
      quarantine(sample, reading, 'bad_time', wh)
    else if (at > reading.at)
      result.placeholders++ // an hour that has not begun
    else if (value < 0 || value > 100_000) quarantine(sample, reading, 'out_of_range', wh)
    else result.energies.push({ sn: sample.sn, type, at, wh: value })
  })
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
      return readList(wireField, sample, reading)
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
