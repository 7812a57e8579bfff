/**
 * The hours of modules: what reports tell, summed up to one row per series and UTC hour. Between two reports a value holds
 * and ramps as energy does (ramp.ts), and where the two lie in different hours the time is split; a field counts from when it is known at both ends,
 * so each mean is over its own time. Least, greatest and last are of values at reports only, those that a report left
 * as they were included. A row is written once, when a report lies past the hour's end or none comes any more; of an
 * hour of which nothing is covered there is none.
 */
import { isFresh } from './cadence.ts'
import type { LineBuilder } from './encode.ts'
import { writeHour } from './hourly-rows.ts'
import { beginHour, keepLast } from './hourly-state.ts'
import { rampStart } from './ramp.ts'
import type { KitState, ModuleState } from './state.ts'

const HOUR_MS = 3_600_000

const hourOf = (at: number): number => at - (at % HOUR_MS)

/** The values as they were before the report under way; nothing comes between that and its being merged. */
let before = new Float64Array(256)

/** Call before a report is merged into its module. */
export const holdHour = ({ values }: ModuleState): void => {
  if (before.length < values.length) before = new Float64Array(values.length)
  before.set(values)
}

/** Adds the part from `start` to `end` of the stretch from `fromAt` to `at`. */
const addPart = ({ hours, table, values }: ModuleState, fromAt: number, at: number, start: number, end: number) => {
  const { means } = table.hours
  const { numbers } = hours
  const ms = end - start
  const rampAt = rampStart(fromAt, at)
  const begin = Math.max(start, rampAt)
  const weight = begin < end ? ((end - begin) * ((begin + end) / 2 - rampAt)) / (at - rampAt) : 0
  const weightBefore = ms - weight
  const count = means.length
  for (let i = 0; i < count; i++) {
    const slot = means[i]!
    const sum = weightBefore * before[slot]! + weight * values[slot]!
    if (Number.isNaN(sum)) continue
    numbers[i]! += sum
    numbers[count + i]! += ms
  }
  hours.coveredMs += ms
}

const close = (kit: KitState, module: ModuleState, lasts: Float64Array, nextAt: number, into: LineBuilder): void => {
  if (module.hours.coveredMs > 0) writeHour(module, kit.sn, lasts, into)
  beginHour(module.hours, module.table.hours, nextAt)
}

/** What the report says counts for the hour in which it came. */
const look = ({ hours, table, values }: ModuleState): void => {
  const { means, ranges } = table.hours
  const { numbers } = hours
  const least = 2 * means.length
  const most = least + ranges.length
  for (let i = 0; i < ranges.length; i++) {
    const value = values[ranges[i]!]!
    if (value < numbers[least + i]!) numbers[least + i] = value
    if (value > numbers[most + i]!) numbers[most + i] = value
  }
  if (hours.reports++ === 0) return
  for (let slot = 0; slot < values.length; slot++)
    if (Number.isNaN(values[slot]!) && !Number.isNaN(before[slot]!)) keepLast(hours, slot, before[slot]!, values.length)
}

/** Call when the report at `at` is merged. `fromAt`: see history.ts. */
export const trackHour = (kit: KitState, module: ModuleState, fromAt: number, at: number, into: LineBuilder): void => {
  const { hours, table } = module
  if (table.hours.fields.length === 0) return
  if (hours.at === 0) hours.at = hourOf(at)
  // Of an hour whose row is written.
  if (at < hours.at) return
  let start = fromAt > 0 ? Math.max(fromAt, hours.at) : at
  for (let end = hours.at + HOUR_MS; at >= end; end = hours.at + HOUR_MS) {
    if (start < end) addPart(module, fromAt, at, start, end)
    start = Math.max(start, end)
    close(kit, module, before, fromAt > 0 ? end : hourOf(at), into)
  }
  if (start < at) addPart(module, fromAt, at, start, at)
  look(module)
}

/** The minute `at` (epoch ms): no hour stays open of a module that is no longer heard. */
export const tickHours = (kit: KitState, at: number, into: LineBuilder): void => {
  for (const module of kit.modules.values())
    if (module.hours.at > 0 && at >= module.hours.at + HOUR_MS && !isFresh(module, at))
      close(kit, module, module.values, hourOf(at), into)
}
