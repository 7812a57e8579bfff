/**
 * Catalogue entries compiled for the hot path. Every value that can be written has a slot: a number in the module's
 * state and a name in one of its series. A wire field names its slots; texts are kept beside the numbers.
 */
import type {
  ArrayField,
  BitsField,
  CodeArrayField,
  CodeField,
  Derived,
  Field,
  ModuleKind,
  NumberField,
} from './field.ts'
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import type { Unit } from './units.ts'

/**
 * One shape for every slot, wire field and scale, with nothing left out: the hot path reads their properties fifty
 * times a message, and looks them up many times slower where objects of one list differ in shape.
 */
export interface Slot {
  readonly index: number
  /** Position in the table's `series`. */
  readonly series: number
  readonly name: string
  readonly unit: Unit
  /** `state` writes its text under `name` and its number under `<name>_raw`. */
  readonly format: 'number' | 'state' | 'text'
  readonly states: Readonly<Record<number, string>>
  /** The bits of the number that select the state; -1: all. */
  readonly mask: number
  readonly isSetting: boolean
  readonly is: string
}

/** Where slots are written: a measurement and the tag values beyond kit and module. */
export interface Series {
  readonly measurement: MeasurementName
  readonly tags: Readonly<Record<string, string>>
}

/** How a wire number becomes base units, what it may be, and which wire numbers say that there is no value. */
export interface Scale {
  readonly divide: number
  /** Below 0 where the sign turns. */
  readonly multiply: number
  readonly wraps16: boolean
  readonly min: number
  readonly max: number
  readonly sentinels: readonly number[]
}

/** A wire field with the slots it fills: `slots[i]` belongs to element or bit i, or to the value itself at 0. */
export interface WireField {
  readonly kind: Field['kind']
  readonly field: Field
  readonly scale: Scale
  readonly slots: readonly number[]
  /** Beside each of `slots` the code as the wire said it; -1 where there is none. */
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

/** A code whose distance from "no error" says that there is one. */
export interface Alarm {
  /** The distance. */
  readonly slot: number
  /** The code as the wire said it: the same slot where the distance is from 0. */
  readonly codeSlot: number
}

export interface ModuleTable {
  readonly module: ModuleKind
  readonly slots: readonly Slot[]
  /** By slot: 1 for a setting or a text, which are written only when they change. */
  readonly isOccasional: Uint8Array
  /** By slot: that of its `is_<name>_known` flag; -1 where there is none. */
  readonly knownOf: Int16Array
  /** By slot: 1 for a plain number. */
  readonly isNumber: Uint8Array
  /** By slot: its series. */
  readonly seriesOf: Uint16Array
  /** By slot: `,name=`, as it stands in a line. */
  readonly leads: readonly string[]
  readonly alarms: readonly Alarm[]
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

const inputSeries = (draft: Draft, input: 1 | 2 | undefined): number =>
  input === undefined
    ? seriesOf(draft, draft.module.measurement, {})
    : seriesOf(draft, 'solar_input', { input: twoDigits(input) })

const circuitSeries = (draft: Draft, circuit: number): number =>
  seriesOf(draft, 'circuit', { circuit: twoDigits(circuit) })

type SlotFacts = Pick<Slot, 'series' | 'name' | 'unit' | 'is'> & Partial<Slot>

const addSlot = (draft: Draft, facts: SlotFacts): number => {
  const index = draft.slots.length
  const { series, name, unit, is, format = 'number', states = {}, mask = -1 } = facts
  const { isSetting = false } = facts
  draft.slots.push({ index, series, name, unit, format, states, mask, isSetting, is })
  draft.byName.set(`${facts.series}/${facts.name}`, index)
  return index
}

const scaleOf = (field: Partial<NumberField>): Scale => ({
  divide: field.divide ?? 1,
  multiply: (field.multiply ?? 1) * (field.negate ? -1 : 1),
  wraps16: field.wrap16 ?? false,
  min: field.range?.[0] ?? Number.NEGATIVE_INFINITY,
  max: field.range?.[1] ?? Number.POSITIVE_INFINITY,
  sentinels: field.sentinels ?? [],
})

const wireFieldOf = (field: Field, slots: readonly number[], companions?: readonly number[]): WireField => ({
  kind: field.kind,
  field,
  scale: scaleOf(field as Partial<NumberField>),
  slots,
  companions: companions ?? slots.map(() => -1),
})

const arraySlots = (draft: Draft, field: ArrayField): WireField => {
  const { name, unit, is } = field
  const circuits = Array.from({ length: field.circuits }, (_, i) => circuitSeries(draft, i + 1))
  return wireFieldOf(
    field,
    circuits.map((series) => addSlot(draft, { series, name, unit, is })),
  )
}

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
  return wireFieldOf(field, slots)
}

const codeSlots = (draft: Draft, series: number, field: CodeField | CodeArrayField): [number, number] => {
  const { name, is } = field
  const slot = addSlot(draft, { series, name, unit: 'code', is })
  // From a base of 0 the distance is what the wire said.
  const raw =
    field.base === 0
      ? -1
      : addSlot(draft, { series, name: `${name}_raw`, unit: 'code', is: `${is}, as the wire says it` })
  if (field.alarm) draft.alarms.push({ slot, codeSlot: raw < 0 ? slot : raw })
  return [slot, raw]
}

const codeArraySlots = (draft: Draft, field: CodeArrayField): WireField => {
  const pairs = Array.from({ length: field.circuits + 1 }, (_, i) =>
    codeSlots(draft, i < field.circuits ? circuitSeries(draft, i + 1) : inputSeries(draft, undefined), field),
  )
  return wireFieldOf(
    field,
    pairs.map((pair) => pair[0]),
    pairs.map((pair) => pair[1]),
  )
}

/** `is_<field>_known`; a flag brings its own `is_`. */
const knownName = (name: string): string => (name.startsWith('is_') ? `${name}_known` : `is_${name}_known`)

const singleSlots = (draft: Draft, field: Field & { name: string }): WireField => {
  const series = inputSeries(draft, field.input)
  if (field.kind === 'code') {
    const [slot, raw] = codeSlots(draft, series, field)
    return wireFieldOf(field, [slot], [raw])
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
  if ('sentinels' in field && field.sentinels !== undefined) {
    const is = `whether ${field.name} is known`
    draft.known.set(slot, addSlot(draft, { series, name: knownName(field.name), unit: 'flag', isSetting, is }))
  }
  return wireFieldOf(field, [slot])
}

const listSlots = (draft: Draft, field: Field & { kind: 'list' }): WireField => {
  const series = inputSeries(draft, field.input)
  const slots = Array.from({ length: field.length }, (_, i) =>
    addSlot(draft, { series, name: `${field.stem}_${i + 1}_${field.unit}`, unit: field.unit, is: field.is }),
  )
  return wireFieldOf(field, slots)
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
      return wireFieldOf(field, [])
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
  const draft: Draft = { module, slots: [], series: [], alarms: [], known: new Map(), byName: new Map() }
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
  const { slots, series, alarms } = draft
  const isOccasional = Uint8Array.from(slots, (slot) => (slot.isSetting || slot.format === 'text' ? 1 : 0))
  const knownOf = Int16Array.from(slots, ({ index }) => draft.known.get(index) ?? -1)
  const isNumber = Uint8Array.from(slots, (slot) => (slot.format === 'number' ? 1 : 0))
  const seriesOfSlots = Uint16Array.from(slots, (slot) => slot.series)
  const leads = slots.map((slot) => `,${slot.name}=`)
  return {
    module,
    slots,
    isOccasional,
    knownOf,
    isNumber,
    seriesOf: seriesOfSlots,
    leads,
    alarms,
    series,
    vocabulary,
    derived,
    checks,
    slotOf,
  }
}
