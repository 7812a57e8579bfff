/**
 * What catalogue entries are compiled to for the hot path (see compile.ts). Every value that can be written has a slot:
 * a number in the module's state and a name in one of its series. A wire field names its slots; texts are kept beside
 * the numbers.
 */
import type { Lead } from '../store/line-bytes.ts'
import type { Derived, Field, ModuleKind } from './field.ts'
import type { Flow } from './flows.ts'
import type { MeasurementName } from './measurements.ts'
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

/** `,name="…",name_raw=` of a state, by the bits of its number that select it. */
export interface StateLeads {
  readonly listed: ReadonlyMap<number, Lead>
  /** Of a number that is none of the list. */
  readonly other: Lead
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

/** A power that counts as energy, by slots; -1 for what it does not have. */
export interface MeterSlots {
  readonly flow: Flow | 'circuit'
  readonly watts: number
  readonly volts: number
  readonly amperes: number
  /** While this slot says one of the numbers, the power belongs to the other flow. */
  readonly unless: number
  readonly says: readonly number[]
  readonly otherFlow: Flow
  /** What was never told of it is not missed. */
  readonly optional: boolean
  /** While this slot says the number, the power comes from the sun. */
  readonly sun: number
  readonly sunSays: number
  /** The series whose power this is. */
  readonly series: number
}

/** A slot in the rows of an hour, with what stands before its numbers; -1 where it has no mean, or no range. */
export interface HourField {
  readonly slot: number
  readonly series: number
  /** Position in `means`. */
  readonly mean: number
  /** Position in `ranges`. */
  readonly range: number
  readonly meanLead: Lead
  readonly minLead: Lead
  readonly maxLead: Lead
  readonly lastLead: Lead
  readonly states: StateLeads | undefined
  readonly mask: number
}

/** The slots whose hours are kept: those with a mean, those with a least and a greatest value, and all. */
export interface HourSlots {
  readonly means: Uint16Array
  readonly ranges: Uint16Array
  readonly fields: readonly HourField[]
}

/** What the hot path asks of a slot, by slot. */
export interface SlotLists {
  /** 1 for a setting or a text, which are written only when they change. */
  readonly isOccasional: Uint8Array
  /** The slot of its `is_<name>_known` flag; -1 where there is none. */
  readonly knownOf: Int16Array
  /** 1 for a plain number. */
  readonly isNumber: Uint8Array
  readonly seriesOf: Uint16Array
  /** `,name=`, as it stands in a line. */
  readonly leads: readonly Lead[]
  readonly stateLeads: readonly (StateLeads | undefined)[]
}

export interface ModuleTable extends SlotLists {
  readonly module: ModuleKind
  readonly slots: readonly Slot[]
  readonly alarms: readonly Alarm[]
  readonly series: readonly Series[]
  readonly vocabulary: ReadonlyMap<string, WireField>
  readonly derived: readonly DerivedSlot[]
  readonly checks: readonly Check[]
  readonly meters: readonly MeterSlots[]
  readonly hours: HourSlots
  slotOf(name: string): number
}
