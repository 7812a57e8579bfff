/** Catalogue entries to tables: every field to its slots, by kind; rules and checks to slot numbers. */
import { leadOf } from '../store/line-bytes.ts'
import { compileHours } from './compile-hours.ts'
import { compileMeters } from './compile-meters.ts'
import { addSlot, circuitSeries, type Draft, inputSeries, slotNamed } from './draft.ts'
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
import { stateLeadsOf } from './state-leads.ts'
import type { Check, DerivedSlot, ModuleTable, Scale, SlotLists, WireField } from './table.ts'

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

const compileDerived = (draft: Draft, rule: Derived): DerivedSlot => {
  const from = rule.from.map((name) => slotNamed(draft, name, rule.input))
  const series = inputSeries(draft, rule.input)
  return { slot: addSlot(draft, { series, name: rule.name, unit: rule.unit, is: rule.is }), from, rule }
}

const compileChecks = (draft: Draft): Check[] =>
  (draft.module.checks ?? []).map((check) => ({
    volts: slotNamed(draft, check.volts, check.input),
    amperes: slotNamed(draft, check.amperes, check.input),
    watts: slotNamed(draft, check.watts, check.input),
    less: check.less === undefined ? -1 : slotNamed(draft, check.less, check.input),
    apparent: check.apparent ?? false,
  }))

/** What the hot path asks of a slot, list by list. */
const listsOf = ({ slots, known }: Draft): SlotLists => ({
  isOccasional: Uint8Array.from(slots, (slot) => (slot.isSetting || slot.format === 'text' ? 1 : 0)),
  knownOf: Int16Array.from(slots, ({ index }) => known.get(index) ?? -1),
  isNumber: Uint8Array.from(slots, (slot) => (slot.format === 'number' ? 1 : 0)),
  seriesOf: Uint16Array.from(slots, (slot) => slot.series),
  leads: slots.map(({ name }) => leadOf(`,${name}=`)),
  stateLeads: slots.map((slot) => (slot.format === 'state' ? stateLeadsOf(slot, slot.name) : undefined)),
})

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
  const { slots, series, alarms } = draft
  return {
    module,
    slots,
    series,
    alarms,
    vocabulary,
    derived,
    checks: compileChecks(draft),
    meters: compileMeters(draft),
    hours: compileHours(draft),
    slotOf: (name) => draft.byName.get(`0/${name}`) ?? -1,
    ...listsOf(draft),
  }
}
