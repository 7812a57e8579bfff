/** Wire lists into slots, element by element: each element ends in a place of its own. */
import type { ArrayField, CodeArrayField } from '../catalogue/field.ts'
import type { WireField } from '../catalogue/table.ts'
import { isObject, unpack } from '../report/json.ts'
import type { Sample } from './sample.ts'
import { finite, put, putCode, quarantine, type Reading, scaled, toNumber, whole } from './wire-value.ts'

const HOUR_MS = 3_600_000
/** Older energies than the store keeps in detail are a clock gone wrong. */
const MAX_AGE_MS = 400 * 24 * HOUR_MS

type ReadElement = (element: Reading, i: number, length: number) => void

/** `element` is one object whose value and index move on: lists are on the hot path. */
const readElements = (list: unknown, sample: Sample, reading: Reading, read: ReadElement): void => {
  if (!Array.isArray(list)) {
    reading.result.values++
    return quarantine(sample, reading, 'wrong_type')
  }
  reading.result.values += list.length
  const element = { ...reading, index: 0 }
  for (let i = 0; i < list.length; i++) {
    element.value = list[i]
    element.index = i
    read(element, i, list.length)
  }
}

export const readCodes = (wireField: WireField, field: CodeArrayField, sample: Sample, reading: Reading): void => {
  readElements(unpack(reading.value), sample, reading, (element, i, length) => {
    const code = whole(sample, element, element.value)
    if (code === undefined) return
    const isPanel = code >= field.panelBase && i === Math.min(field.circuits, length - 1)
    if (!isPanel && i >= field.circuits) return quarantine(sample, element, 'too_many')
    const base = isPanel ? field.panelBase : field.base + field.step * i
    const offset = code < base ? Number.NaN : code - base
    putCode(wireField, isPanel ? field.circuits : i, offset, code, sample)
  })
}

/** One element into its slot, or into the quarantine. */
const readQuantity = (slot: number | undefined, { scale }: WireField, sample: Sample, element: Reading): void => {
  if (slot === undefined) return quarantine(sample, element, 'too_many')
  const wire = finite(sample, element, element.value)
  if (wire === undefined) return
  const value = scaled(sample, element, scale, wire)
  if (value === undefined) return
  put(sample, slot, value)
  sample.origin++
}

/** Whether a list of this length begins with the total of the rest, which the wire rounds down one by one. */
const hasTotal = (list: unknown, { circuits, leadingTotalAt }: ArrayField): boolean => {
  if (!Array.isArray(list) || list.length !== leadingTotalAt) return false
  const [total, ...rest] = list.map(toNumber)
  return !(Math.abs(total! - rest.reduce((sum, value) => sum + value, 0)) > circuits)
}

export const readArray = (wireField: WireField, field: ArrayField, sample: Sample, reading: Reading): void => {
  const list = unpack(reading.value)
  const leads = hasTotal(list, field) ? 1 : 0
  reading.result.placeholders += leads
  readElements(list, sample, reading, (element, i) => {
    if (i >= leads) readQuantity(wireField.slots[i - leads], wireField, sample, element)
  })
}

export const readList = (wireField: WireField, sample: Sample, reading: Reading): void => {
  readElements(unpack(reading.value), sample, reading, (element, i) => {
    readQuantity(wireField.slots[i], wireField, sample, element)
  })
}

/** Kinds of energy are one byte: 0 and 64 were seen. */
const isEnergyType = (type: number): boolean => Number.isInteger(type) && type >= 0 && type <= 255

/** `{rtc, wattType, watt: [24]}`: watt[h] is Wh of UTC hour h of the day that begins at rtc. src: captures of the app channel */
export const readHourlyWh = (sample: Sample, reading: Reading): void => {
  const item = unpack(reading.value)
  const { result } = reading
  if (!isObject(item) || !Array.isArray(item.watt) || item.watt.length > 24) {
    result.values++
    return quarantine(sample, reading, 'wrong_type')
  }
  const startAt = toNumber(item.rtc) * 1000
  const type = toNumber(item.wattType)
  const isTimed = Math.abs(startAt - reading.at) < MAX_AGE_MS && startAt % 1000 === 0 && isEnergyType(type)
  readElements(item.watt, sample, reading, (element, hour) => {
    const wh = finite(sample, element, element.value)
    if (wh === undefined) return
    const at = startAt + hour * HOUR_MS
    const hasBegun = at <= reading.at
    if (isTimed && !hasBegun && wh === 0) result.placeholders++
    else if (!isTimed || !hasBegun) quarantine(sample, element, 'bad_time')
    else if (wh < 0 || wh > 100_000) quarantine(sample, element, 'out_of_range')
    else result.energies.push({ sn: sample.sn, type, at, wh })
  })
}
