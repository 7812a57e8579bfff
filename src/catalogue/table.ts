/**
 * Catalogue entries compiled for the hot path. Every value that can be written has a slot: a number in the module's
 * state and a name in one of its series. A wire field names its slots; texts are kept beside the numbers.
 */
import type { ArrayField, BitsField, CodeArrayField, CodeField, Derived, Field, ModuleKind } from './field.ts'
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import type { Unit } from './units.ts'

export interface Slot {
  readonly index: number
  /** Position in the table's `series`. */
  readonly series: number
  readonly name: string
  readonly unit: Unit
  /** `state` writes its text under `name` and its number under `<name>_raw`. */
  readonly format: 'number' | 'state' | 'text'
  readonly states?: Readonly<Record<number, string>>
  /** The bits of the number that select the state; -1: all. */
  readonly mask?: number
  readonly isSetting: boolean
  /** A value other than 0 is an active error. */
  readonly isAlarm: boolean
  readonly is: string
}

/** Where slots are written: a measurement and the tag values beyond kit and module. */
export interface Series {
  readonly measurement: MeasurementName
  readonly tags: Readonly<Record<string, string>>
}

/** A wire field with the slots it fills: `slots[i]` belongs to element or bit i, or to the value itself at 0. */
export interface WireField {
  readonly field: Field
  readonly slots: readonly number[]
  /** Beside each of `slots`: the code as the wire said it, or the `is_<name>_known` flag; -1 where there is none. */
  readonly companions: readonly number[]
}

export interface DerivedSlot {
  readonly slot: number
  readonly from: readonly number[]
  readonly rule: Derived
}

export interface Check {
  readonly volts: number
  readonly amperes: number
  readonly watts: number
  /** Watts that count against `watts`; -1 without. */
  readonly less: number
  readonly apparent: boolean
}

export interface ModuleTable {
  readonly module: ModuleKind
  readonly slots: readonly Slot[]
  readonly series: readonly Series[]
  readonly vocabulary: ReadonlyMap<string, WireField>
  readonly derived: readonly DerivedSlot[]
  readonly checks: readonly Check[]
  slotOf(name: string): number
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** Slots and series under construction. */
interface Draft {
  readonly module: ModuleKind
  readonly slots: Slot[]
  readonly series: Series[]
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

const inputSeries = (draft: Draft, input: 1 | 2 | undefined): number =>
  input === undefined
    ? seriesOf(draft, draft.module.measurement, {})
    : seriesOf(draft, 'solar_input', { input: twoDigits(input) })

const circuitSeries = (draft: Draft, circuit: number): number =>
  seriesOf(draft, 'circuit', { circuit: twoDigits(circuit) })

type SlotFacts = Omit<Slot, 'index' | 'isSetting' | 'isAlarm' | 'format'> & Partial<Slot>

const addSlot = (draft: Draft, facts: SlotFacts): number => {
  const index = draft.slots.length
  draft.slots.push({ format: 'number', isSetting: false, isAlarm: false, ...facts, index })
  draft.byName.set(`${facts.series}/${facts.name}`, index)
  return index
}

const arraySlots = (draft: Draft, field: ArrayField): WireField => ({
  field,
  slots: Array.from({ length: field.circuits }, (_, i) =>
    addSlot(draft, { series: circuitSeries(draft, i + 1), name: field.name, unit: field.unit, is: field.is }),
  ),
  companions: Array(field.circuits).fill(-1),
})

const bitSlots = (draft: Draft, field: BitsField): WireField => {
  const isSetting = field.setting ?? false
  const flag = (series: number, name: string): number =>
    addSlot(draft, { series, name, unit: 'flag', isSetting, is: field.is })
  const { flags } = field
  const slots = Array.isArray(flags)
    ? flags.map((name: string) => flag(inputSeries(draft, field.input), name))
    : Array.from({ length: (flags as { count: number }).count }, (_, i) =>
        flag(circuitSeries(draft, i + 1), (flags as { perCircuit: string }).perCircuit),
      )
  return { field, slots, companions: slots.map(() => -1) }
}

const codeSlot = (draft: Draft, series: number, field: CodeField | CodeArrayField): [number, number] => [
  addSlot(draft, { series, name: field.name, unit: 'code', isAlarm: field.alarm ?? false, is: field.is }),
  addSlot(draft, { series, name: `${field.name}_raw`, unit: 'code', is: `${field.is}, as the wire says it` }),
]

const codeArraySlots = (draft: Draft, field: CodeArrayField): WireField => {
  const pairs = Array.from({ length: field.circuits + 1 }, (_, i) =>
    codeSlot(draft, i < field.circuits ? circuitSeries(draft, i + 1) : inputSeries(draft, undefined), field),
  )
  return { field, slots: pairs.map((pair) => pair[0]), companions: pairs.map((pair) => pair[1]) }
}

/** `is_<field>_known`; a flag brings its own `is_`. */
const knownName = (name: string): string => (name.startsWith('is_') ? `${name}_known` : `is_${name}_known`)

const singleSlots = (draft: Draft, field: Field & { name: string }): WireField => {
  const series = inputSeries(draft, field.input)
  if (field.kind === 'code') {
    const [slot, raw] = codeSlot(draft, series, field)
    return { field, slots: [slot], companions: [raw] }
  }
  const isSetting = 'setting' in field && field.setting === true
  const shape =
    field.kind === 'state'
      ? ({ format: 'state', unit: 'text', states: field.states, mask: field.mask ?? -1 } as const)
      : field.kind === 'text'
        ? ({ format: 'text', unit: 'text' } as const)
        : field.kind === 'number'
          ? ({ format: 'number', unit: field.unit } as const)
          : ({ format: 'number', unit: 'flag' } as const)
  const slot = addSlot(draft, { series, name: field.name, isSetting, is: field.is, ...shape })
  const hasSentinels = 'sentinels' in field && field.sentinels !== undefined
  const known = {
    series,
    name: knownName(field.name),
    unit: 'flag',
    isSetting,
    is: `whether ${field.name} is known`,
  }
  return { field, slots: [slot], companions: [hasSentinels ? addSlot(draft, known as SlotFacts) : -1] }
}

const listSlots = (draft: Draft, field: Field & { kind: 'list' }): WireField => {
  const series = inputSeries(draft, field.input)
  const slots = Array.from({ length: field.length }, (_, i) =>
    addSlot(draft, { series, name: `${field.stem}_${i + 1}_${field.unit}`, unit: field.unit, is: field.is }),
  )
  return { field, slots, companions: slots.map(() => -1) }
}

const compileField = (draft: Draft, field: Field): WireField => {
  switch (field.kind) {
    case 'array':
      return arraySlots(draft, field)
    case 'bits':
      return bitSlots(draft, field)
    case 'codes':
      return codeArraySlots(draft, field)
    case 'list':
      return listSlots(draft, field)
    case 'placeholder':
    case 'hourly_wh':
      return { field, slots: [], companions: [] }
    default:
      return singleSlots(draft, field)
  }
}

const slotNamed = (draft: Draft, name: string, input: 1 | 2 | undefined): number => {
  const slot = draft.byName.get(`${inputSeries(draft, input)}/${name}`)
  if (slot === undefined) throw new Error(`catalogue: ${draft.module.kind} has no field ${name}`)
  return slot
}

const compileDerived = (draft: Draft, rule: Derived): DerivedSlot => {
  const from = rule.from.map((name) => slotNamed(draft, name, rule.input))
  const series = inputSeries(draft, rule.input)
  return { slot: addSlot(draft, { series, name: rule.name, unit: rule.unit, is: rule.is }), from, rule }
}

/** Compiles one kind. Throws on an entry that names a field which does not exist. */
export const compile = (module: ModuleKind): ModuleTable => {
  const draft: Draft = { module, slots: [], series: [], byName: new Map() }
  inputSeries(draft, undefined)
  const vocabulary = new Map<string, WireField>()
  for (const field of module.fields) {
    const wireField = compileField(draft, field)
    for (const key of [field.wire, ...(field.aliases ?? [])]) vocabulary.set(key, wireField)
  }
  const derived = (module.derived ?? []).map((rule) => compileDerived(draft, rule))
  const checks = (module.checks ?? []).map((check) => ({
    volts: slotNamed(draft, check.volts, check.input),
    amperes: slotNamed(draft, check.amperes, check.input),
    watts: slotNamed(draft, check.watts, check.input),
    less: check.less === undefined ? -1 : slotNamed(draft, check.less, check.input),
    apparent: check.apparent ?? false,
  }))
  const slotOf = (name: string): number => draft.byName.get(`0/${name}`) ?? -1
  return { module, slots: draft.slots, series: draft.series, vocabulary, derived, checks, slotOf }
}
