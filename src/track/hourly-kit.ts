/**
 * The hours of a kit as a whole, from the rows of `kit` and `flow`: each row holds until the next one, at most for the
 * minute after which there is always another while the collector runs. Mean, least, greatest and last as of modules.
 */
import { COVERED, hourlyForm, lastName, maxName, minName } from '../catalogue/hourly-form.ts'
import { ROWS } from '../catalogue/rows.ts'
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import { FLOW_FIELDS } from './flow-line.ts'
import { type RowHours, UNKNOWN } from './kit-hours-state.ts'
import type { KitState } from './state.ts'

const HOUR_MS = 3_600_000
const HELD_MS = 60_000
const DIGITS = 1e6

interface Layout {
  readonly measurement: 'kit' | 'flow'
  readonly names: readonly string[]
  readonly means: readonly boolean[]
  readonly ranges: readonly boolean[]
  /** Told from any other list of names. */
  readonly number: number
}

const layoutOf = (measurement: Layout['measurement'], names: readonly string[]): Layout => {
  const forms = names.map((name) => hourlyForm(ROWS[measurement]![name]!.unit))
  let number = names.length
  for (const char of names.join()) number = (Math.imul(number, 31) + char.charCodeAt(0)) >>> 0
  const means = forms.map(({ hasMean }) => hasMean)
  return { measurement, names, means, ranges: forms.map(({ hasRange }) => hasRange), number }
}

const KIT_FIELDS = Object.entries(ROWS.kit!).flatMap(([name, { unit }]) => (unit === 'text' ? [] : [name]))
const LAYOUTS = { kit: layoutOf('kit', KIT_FIELDS), flow: layoutOf('flow', FLOW_FIELDS) }

/** Where the lists of `numbers` begin. */
const placesOf = (count: number) => ({
  sums: count,
  ms: 2 * count,
  least: 3 * count,
  most: 4 * count,
  lasts: 5 * count,
})

const begin = (hours: RowHours, { names, number }: Layout, at: number): void => {
  const count = names.length
  if (hours.layout !== number) hours.numbers = new Array<number>(6 * count).fill(UNKNOWN)
  const { sums, least, most, lasts } = placesOf(count)
  hours.layout = number
  hours.at = at
  hours.numbers.fill(0, sums, least).fill(UNKNOWN, least, most).fill(-UNKNOWN, most, lasts).fill(UNKNOWN, lasts)
}

/** What the last row said holds from `start` to `end`. */
const hold = ({ numbers }: RowHours, count: number, start: number, end: number): void => {
  const { sums, ms } = placesOf(count)
  for (let i = 0; i < count; i++) {
    const value = numbers[i]!
    if (value === UNKNOWN) continue
    numbers[sums + i]! += value * (end - start)
    numbers[ms + i]! += end - start
  }
}

const fieldsOf = (layout: Layout, { numbers }: RowHours): Record<string, number> => {
  const fields: Record<string, number> = {}
  const { sums, ms, least, most, lasts } = placesOf(layout.names.length)
  let covered = 0
  layout.names.forEach((name, i) => {
    const ownMs = numbers[ms + i]!
    // What is a flag is always there, also to say that nothing is.
    if (layout.means[i] && layout.ranges[i]) covered = Math.max(covered, ownMs)
    if (layout.means[i] && ownMs > 0) fields[name] = Math.round((numbers[sums + i]! / ownMs) * DIGITS) / DIGITS
    if (numbers[lasts + i] === UNKNOWN) return
    if (layout.ranges[i])
      Object.assign(fields, { [minName(name)]: numbers[least + i], [maxName(name)]: numbers[most + i] })
    fields[lastName(name)] = numbers[lasts + i]!
  })
  return covered > 0 ? { [COVERED]: covered / 1000, ...fields } : {}
}

const close = (kit: KitState, layout: Layout, hours: RowHours, into: LineBuilder): void => {
  const { measurement } = layout
  into.history += encodePoint({ measurement, tags: { kit_sn: kit.sn }, fields: fieldsOf(layout, hours), at: hours.at })
}

/** Until `at`, past the end of the hour where that is due. */
const advance = (kit: KitState, layout: Layout, hours: RowHours, at: number, into: LineBuilder): void => {
  const count = layout.names.length
  const until = Math.min(at, hours.rowAt + HELD_MS)
  const end = hours.at + HOUR_MS
  if (hours.rowAt < Math.min(until, end)) hold(hours, count, hours.rowAt, Math.min(until, end))
  if (at < end) return
  close(kit, layout, hours, into)
  begin(hours, layout, at - (at % HOUR_MS))
  if (until > hours.at) hold(hours, count, hours.at, until)
}

const look = ({ numbers }: RowHours, count: number, row: ArrayLike<number>): void => {
  const { least, most, lasts } = placesOf(count)
  for (let i = 0; i < count; i++) {
    const value = row[i]!
    const isKnown = !Number.isNaN(value)
    numbers[i] = isKnown ? value : UNKNOWN
    if (!isKnown) continue
    if (value < numbers[least + i]!) numbers[least + i] = value
    if (value > numbers[most + i]!) numbers[most + i] = value
    numbers[lasts + i] = value
  }
}

const note = (kit: KitState, layout: Layout, row: ArrayLike<number>, at: number, into: LineBuilder): void => {
  const hours = kit.history.hours[layout.measurement]
  if (hours.layout !== layout.number) {
    begin(hours, layout, at - (at % HOUR_MS))
    hours.rowAt = at
  }
  if (at < hours.rowAt) return
  advance(kit, layout, hours, at, into)
  hours.rowAt = at
  look(hours, layout.names.length, row)
}

/** Notes the row of `kit` of the minute `at` (epoch ms). */
export const noteKitRow = (
  kit: KitState,
  fields: Readonly<Record<string, number | string>>,
  at: number,
  into: LineBuilder,
): void => {
  if (!kit.keepsHistory) return
  const row = KIT_FIELDS.map((name) => Number(fields[name] ?? Number.NaN))
  note(kit, LAYOUTS.kit, row, at, into)
}

/** Notes a row of `flow` at `at` (epoch ms), in the order of FLOW_FIELDS; NaN for what it does not tell. */
export const noteFlowRow = (kit: KitState, row: Float64Array, at: number, into: LineBuilder): void =>
  note(kit, LAYOUTS.flow, row, at, into)
