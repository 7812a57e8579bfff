/** Wire lists into slots, element by element: each element ends in a place of its own. */
import type { ArrayField, CodeArrayField } from '../catalogue/field.ts'
import type { WireField } from '../catalogue/table.ts'
import { isObject, unpack } from '../report/json.ts'
import type { Sample } from './sample.ts'
import { convert, finite, put, putCode, quarantine, type Reading, toNumber, whole } from './wire-value.ts'

const HOUR_MS = 3_600_000

type Element = (value: unknown, i: number, length: number) => void

const readElements = (sample: Sample, reading: Reading, element: Element): void => {
  const list = unpack(reading.value)
  if (!Array.isArray(list)) {
    reading.result.values++
    return quarantine(sample, reading, 'wrong_type')
  }
  reading.result.values += list.length
  list.forEach((value, i) => {
    element(value, i, list.length)
  })
}

export const readCodes = (wireField: WireField, field: CodeArrayField, sample: Sample, reading: Reading): void => {
  readElements(sample, reading, (value, i, length) => {
    const code = whole(sample, reading, value)
    if (code === undefined) return
    const isPanel = code >= field.panelBase && (i === field.circuits || i === length - 1)
    if (!isPanel && i >= field.circuits) return quarantine(sample, reading, 'too_many', value)
    const base = isPanel ? field.panelBase : field.base + field.step * i
    const offset = code < base ? Number.NaN : code - base
    putCode(wireField, isPanel ? field.circuits : i, offset, code, sample)
  })
}

export const readArray = (wireField: WireField, field: ArrayField, sample: Sample, reading: Reading): void => {
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

export const readList = (wireField: WireField, sample: Sample, reading: Reading): void => {
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

/** Kinds of energy are one byte: 0 and 64 were seen. */
const isEnergyType = (type: number): boolean => Number.isInteger(type) && type >= 0 && type <= 255

/** `{rtc, wattType, watt: [24]}`: watt[h] is Wh of UTC hour h of the day that begins at rtc. src: VENDOR-FACTS §3.4 */
export const readHourlyWh = (sample: Sample, reading: Reading): void => {
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
    if (!(Math.abs(at - reading.at) < 400 * 24 * HOUR_MS) || at % 1000 !== 0 || !isEnergyType(type))
      quarantine(sample, reading, 'bad_time', wh)
    else if (at > reading.at)
      result.placeholders++ // an hour that has not begun
    else if (value < 0 || value > 100_000) quarantine(sample, reading, 'out_of_range', wh)
    else result.energies.push({ sn: sample.sn, type, at, wh: value })
  })
}
