/** A module's slots and series while its entry is compiled: each value gets a number and a place in a line. */
import type { ModuleKind } from './field.ts'
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import type { Alarm, Series, Slot } from './table.ts'

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** Slots and series under construction. */
export interface Draft {
  readonly module: ModuleKind
  readonly slots: Slot[]
  readonly series: Series[]
  readonly alarms: Alarm[]
  /** Slot of a value to the slot of its `is_<name>_known` flag. */
  readonly known: Map<number, number>
  readonly byName: Map<string, number>
}

const seriesOf = (draft: Draft, measurement: string, tags: Record<string, string>): number => {
  const { module, series } = draft
  const wanted = MEASUREMENTS[measurement as MeasurementName].tags as readonly string[]
  const all = module.side && wanted.includes('side') ? { side: module.side, ...tags } : tags
  const found = series.findIndex((s) => s.measurement === measurement && sameTags(s.tags, all))
  return found >= 0 ? found : series.push({ measurement: measurement as MeasurementName, tags: all }) - 1
}

const sameTags = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key])

export const inputSeries = (draft: Draft, input: 1 | 2 | undefined): number =>
  input === undefined
    ? seriesOf(draft, draft.module.measurement, {})
    : seriesOf(draft, 'solar_input', { input: twoDigits(input) })

export const circuitSeries = (draft: Draft, circuit: number): number =>
  seriesOf(draft, 'circuit', { circuit: twoDigits(circuit) })

type SlotFacts = Pick<Slot, 'series' | 'name' | 'unit' | 'is'> & Partial<Slot>

export const addSlot = (draft: Draft, facts: SlotFacts): number => {
  const index = draft.slots.length
  const { series, name, unit, is, format = 'number', states = {}, mask = -1 } = facts
  const { isSetting = false } = facts
  draft.slots.push({ index, series, name, unit, format, states, mask, isSetting, is })
  draft.byName.set(`${facts.series}/${facts.name}`, index)
  return index
}

/** Throws on a name that the module, or this input of it, does not have. */
export const slotNamed = (draft: Draft, name: string, input: 1 | 2 | undefined): number => {
  const slot = draft.byName.get(`${inputSeries(draft, input)}/${name}`)
  if (slot === undefined) throw new Error(`catalogue: ${draft.module.kind} has no field ${name}`)
  return slot
}
