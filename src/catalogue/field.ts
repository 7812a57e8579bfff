/**
 * What a catalogue entry can say about one wire field. Entries are plain data; `table.ts` compiles them.
 *
 * Shared by all kinds: `wire` is the vendor's key (a dotted path when nested), `aliases` other spellings of it,
 * `is` one line for a person, `source` where the fact comes from (a line of the vendor's document, a capture),
 * `confidence` how sure it is. `input` places the field in the series of that solar input instead of the
 * module's own series.
 */
import type { Flow } from './flows.ts'
import type { Unit } from './units.ts'

export type Confidence = 'verified' | 'reported' | 'document' | 'guess'

interface Common {
  readonly wire: string
  readonly aliases?: readonly string[]
  readonly is: string
  readonly source: string
  readonly confidence: Confidence
  readonly input?: 1 | 2
}

/** A quantity. `base = (wire unwrapped) / divide * multiply`, negated if asked; `range` is in base units, inclusive. */
export interface NumberField extends Common {
  readonly kind: 'number'
  readonly name: string
  readonly unit: Unit
  readonly divide?: number
  readonly multiply?: number
  /** The wire counts the natural direction as negative (powers out of a battery). */
  readonly negate?: true
  /** The wire holds a signed value in an unsigned 16-bit number. */
  readonly wrap16?: true
  readonly range: readonly [number, number]
  /** Wire values that mean "no value": nothing is written but `is_<name>_known` 0. */
  readonly sentinels?: readonly number[]
  readonly setting?: true
}

/** Yes or no. `on` lists the wire values that mean yes, `off` those that mean no; others are quarantined. */
export interface FlagField extends Common {
  readonly kind: 'flag'
  readonly name: string
  readonly on?: readonly number[]
  readonly off?: readonly number[]
  readonly sentinels?: readonly number[]
  readonly setting?: true
}

/** One of a closed list. Written as its text and, beside it, the wire number in `<name>_raw`; `unknown` if not listed. */
export interface StateField extends Common {
  readonly kind: 'state'
  readonly name: string
  readonly states: Readonly<Record<number, string>>
  /** Only these bits of the wire number select the state. */
  readonly mask?: number
  readonly sentinels?: readonly number[]
  readonly setting?: true
}

/** A bit mask, bit 0 first: either named flags of the module, or one flag per circuit. */
export interface BitsField extends Common {
  readonly kind: 'bits'
  readonly flags: readonly string[] | { readonly perCircuit: string; readonly count: number }
  readonly setting?: true
}

/** A list with one quantity per circuit; `extra` names what an element beyond the circuits holds. */
export interface ArrayField extends Common {
  readonly kind: 'array'
  readonly name: string
  readonly unit: Unit
  readonly divide?: number
  readonly range: readonly [number, number]
  readonly circuits: number
  /** A first element that is the total of the rest is dropped when the list is this long. */
  readonly leadingTotalAt?: number
}

/** How a code's "nothing wrong" value is found: one number, or the multiple of `every` below it within a span. */
export type CodeBase =
  | number
  | { readonly from: number; readonly to: number; readonly every: number; readonly at: number }

/** A vendor code: `<name>` is the distance from its "nothing wrong" base (0 = fine), `<name>_raw` what the wire said. */
export interface CodeField extends Common {
  readonly kind: 'code'
  readonly name: string
  readonly base: CodeBase
  /** A distance other than 0 is an active error of the module. */
  readonly alarm?: true
}

/** One code per circuit, `step` apart from `base`; the last element, at `panelBase`, speaks of the whole panel. */
export interface CodeArrayField extends Common {
  readonly kind: 'codes'
  readonly name: string
  readonly base: number
  readonly step: number
  readonly circuits: number
  readonly panelBase: number
  readonly alarm?: true
}

/** A list of numbers of the module itself, written as `<stem>_1_<unit>`, `<stem>_2_<unit>`, … */
export interface ListField extends Common {
  readonly kind: 'list'
  readonly stem: string
  readonly unit: Unit
  readonly length: number
  readonly range: readonly [number, number]
}

/** Words: versions, names, addresses. Numbers are accepted and kept as their text. */
export interface TextField extends Common {
  readonly kind: 'text'
  readonly name: string
}

/** The device's own watt-hours per UTC hour (`{rtc, wattType, watt: number[24]}`), rows of `energy_device`. */
export interface HourlyWhField extends Common {
  readonly kind: 'hourly_wh'
}

/** Counted, never written: a constant of the firmware or a reserved word that carries nothing. */
export interface PlaceholderField extends Common {
  readonly kind: 'placeholder'
}

export type Field =
  | NumberField
  | FlagField
  | StateField
  | BitsField
  | ArrayField
  | CodeField
  | CodeArrayField
  | ListField
  | TextField
  | HourlyWhField
  | PlaceholderField

/**
 * A quantity computed from the module's known fields whenever one of `from` was reported.
 * `compute` receives base units in the order of `from`; NaN stands for a field that is not known, and
 * returning NaN writes nothing. Without `partial` it is called only when all are known.
 */
export interface Derived {
  readonly name: string
  readonly unit: Unit
  readonly from: readonly string[]
  readonly partial?: true
  readonly input?: 1 | 2
  readonly is: string
  readonly compute: (...known: number[]) => number
}

/** Volts × amperes of one record checked against its watts; all three are names of this module's fields. */
export interface PowerCheck {
  readonly volts: string
  readonly amperes: string
  readonly watts: string
  /** Watts of the other direction, which count against `watts`. */
  readonly less?: string
  readonly input?: 1 | 2
  /** Apparent power bounds real power from above only (AC). */
  readonly apparent?: true
}

/**
 * A power of the module that counts as energy. Of DC the product of volts and amperes is finer than the watts, which
 * arrive cut off; without `volts` the watts alone are read. `circuit` stands for every circuit of a panel.
 */
export interface Meter {
  readonly flow: Flow | 'circuit'
  readonly watts: string
  readonly volts?: string
  readonly amperes?: string
  readonly input?: 1 | 2
  /** While the field says one of these numbers, the power belongs to another flow. */
  readonly unless?: { readonly field: string; readonly says: readonly number[]; readonly flow: Flow }
  /** Not every module of the kind has it: what was never told is not missed. */
  readonly optional?: true
  /** While the field says this number, a power of another flow comes from the sun. */
  readonly sun?: { readonly field: string; readonly says: number }
}

/** One kind of module, named as on the wire (lower case). */
export interface ModuleKind {
  readonly kind: string
  /** For a person: "DC output". */
  readonly label: string
  readonly measurement: string
  readonly side?: 'ac' | 'dc'
  /** `moduleDetail` in onLineModuleSnList. */
  readonly detail?: number
  /** `moduleType` numbers of reports and commands. */
  readonly moduleTypes: readonly number[]
  /** The serial numbers such modules are known to have: the last resort when nothing else tells the kind. */
  readonly serials?: RegExp
  /** The record may carry fields of this other kind (the primary pack carries the bank's). */
  readonly carries?: string
  /** The kit itself speaks here: no serial number of its own. */
  readonly ofKit?: true
  readonly fields: readonly Field[]
  readonly derived?: readonly Derived[]
  readonly checks?: readonly PowerCheck[]
  readonly meters?: readonly Meter[]
  readonly source: string
}
