/**
 * Constructors for catalogue entries, so that a module file reads as a table of one line per field.
 * A constructor's name says what the wire counts in (`milliVolts`); the entry's own name says what we write (`_v`).
 * Ranges are physical limits: wider than any real kit, narrow enough to catch garbage.
 */
import type {
  ArrayField,
  BitsField,
  CodeArrayField,
  CodeBase,
  CodeField,
  Confidence,
  FlagField,
  HourlyWhField,
  ListField,
  NumberField,
  PlaceholderField,
  StateField,
  TextField,
} from './field.ts'
import type { Unit } from './units.ts'

type Range = NumberField['range']
type More = Partial<Omit<NumberField, 'kind' | 'wire' | 'name' | 'unit' | 'range' | 'is' | 'source' | 'confidence'>>
type Ranged = (
  wire: string,
  name: string,
  range: Range,
  is: string,
  source: string,
  confidence: Confidence,
  more?: More,
) => NumberField
type Fixed = (
  wire: string,
  name: string,
  is: string,
  source: string,
  confidence: Confidence,
  more?: More,
) => NumberField

/** Inclusive limits in base units. Converters can feed back, so their currents and powers may be negative. */
export const LIMITS = {
  batteryVolts: [0, 70],
  cellVolts: [0, 5],
  dcVolts: [0, 150],
  acVolts: [0, 300],
  linkVolts: [0, 600],
  packAmperes: [-500, 500],
  bankAmperes: [-2000, 2000],
  dcAmperes: [-250, 250],
  acAmperes: [0, 200],
  packWatts: [0, 25_000],
  bankWatts: [0, 100_000],
  dcWatts: [-10_000, 10_000],
  acWatts: [0, 30_000],
  packAmpereHours: [0, 1000],
  bankAmpereHours: [0, 10_000],
  cableMetres: [0, 100],
} as const satisfies Record<string, Range>

const ANY: Range = [-(2 ** 31), 2 ** 32 - 1]

const ranged =
  (unit: Unit, scale: More): Ranged =>
  (wire, name, range, is, source, confidence, more = {}) => ({
    kind: 'number',
    ...{ wire, name, unit, range, is, source, confidence },
    ...scale,
    ...more,
  })

const fixed = (unit: Unit, range: Range, scale: More = {}): Fixed => {
  const within = ranged(unit, scale)
  return (wire, name, is, source, confidence, more) => within(wire, name, range, is, source, confidence, more)
}

export const volts = ranged('v', {})
export const deciVolts = ranged('v', { divide: 10 })
export const milliVolts = ranged('v', { divide: 1000 })
export const amperes = ranged('a', {})
export const deciAmperes = ranged('a', { divide: 10 })
export const milliAmperes = ranged('a', { divide: 1000 })
export const watts = ranged('w', {})
export const milliWatts = ranged('w', { divide: 1000 })
export const voltAmperes = ranged('va', {})
export const ampereHours = ranged('ah', {})
export const milliAmpereHours = ranged('ah', { divide: 1000 })
export const centiMetres = ranged('m', { divide: 100 })
export const celsius = fixed('c', [-60, 150])
export const hertz = fixed('hz', [0, 70])
export const percent = fixed('pct', [0, 100])
export const seconds = fixed('s', [0, 86_400])
/** Up to the hundred days at which the kit stops counting. */
export const minutes = fixed('s', [0, 100 * 86_400], { multiply: 60 })
export const counts = fixed('count', [0, 1_000_000])
export const slots = fixed('slot', [0, 255])
/** A number whose scale or meaning nobody has published: kept as it came, so that nothing is lost or invented. */
export const opaque = fixed('code', ANY)

/** Settings of the owner. The first three name the wire's ways of saying "not configured". */
export const byteSetting = { setting: true, sentinels: [255] } as const
export const wordSetting = { setting: true, sentinels: [65_535] } as const
export const lengthSetting = { setting: true, sentinels: [-1, 65_535] } as const
export const plainSetting = { setting: true } as const

/** 1 yes, 0 no, unless `more` says otherwise. */
export const flag = (
  wire: string,
  name: string,
  is: string,
  source: string,
  confidence: Confidence,
  more: Partial<FlagField> = {},
): FlagField => ({ kind: 'flag', wire, name, is, source, confidence, ...more })

export const state = (
  wire: string,
  name: string,
  states: StateField['states'],
  is: string,
  source: string,
  confidence: Confidence,
  more: Partial<StateField> = {},
): StateField => ({ kind: 'state', wire, name, states, is, source, confidence, ...more })

/** `base` is what the wire says when nothing is wrong. */
export const code = (
  wire: string,
  name: string,
  base: CodeBase,
  is: string,
  source: string,
  confidence: Confidence,
  more: Partial<CodeField> = {},
): CodeField => ({ kind: 'code', wire, name, base, is, source, confidence, ...more })

/** A code whose distance from its base is an active error of the module. */
export const alarm = { alarm: true } as const

export const text = (wire: string, name: string, is: string, source: string, confidence: Confidence): TextField => ({
  kind: 'text',
  ...{ wire, name, is, source, confidence },
})

/** Bit 0 first. */
export const bits = (
  wire: string,
  flags: BitsField['flags'],
  is: string,
  source: string,
  confidence: Confidence,
  more: { setting?: true } = {},
): BitsField => ({ kind: 'bits', wire, flags, is, source, confidence, ...more })

/** One value per circuit, in whole watts. */
export const circuitWatts = (
  wire: string,
  circuits: number,
  range: Range,
  source: string,
  confidence: Confidence,
  more: { leadingTotalAt?: number } = {},
): ArrayField => ({
  ...{ kind: 'array', wire, name: 'power_w', unit: 'w', circuits, range, source, confidence },
  is: 'Power of the circuit',
  ...more,
})

/** One value per circuit, in milliamperes. */
export const circuitMilliAmperes = (
  wire: string,
  circuits: number,
  range: Range,
  source: string,
  confidence: Confidence,
): ArrayField => ({
  ...{ kind: 'array', wire, name: 'current_a', unit: 'a', divide: 1000, circuits, range, source, confidence },
  is: 'Current of the circuit',
})

/** 40 codes per circuit from `base`; the panel itself speaks from 800 above it. */
export const circuitErrors = (
  wire: string,
  circuits: number,
  base: number,
  source: string,
  confidence: Confidence,
): CodeArrayField => ({
  ...{ kind: 'codes', wire, name: 'error_code', base, step: 40, circuits, panelBase: base + 800, alarm: true },
  ...{ is: 'Error', source, confidence },
})

/** Up to `length` numbers of unknown meaning. */
export const opaqueList = (
  wire: string,
  stem: string,
  length: number,
  is: string,
  source: string,
  confidence: Confidence,
): ListField => ({ kind: 'list', wire, stem, unit: 'code', length, range: ANY, is, source, confidence })

/** The hourly energies that some modules push beside their reports. */
export const hourlyWattHours: HourlyWhField = {
  kind: 'hourly_wh',
  wire: 'wattItem',
  is: 'Energy of each UTC hour',
  source: 'C1 (wattPush)',
  confidence: 'verified',
}

export const placeholder = (wire: string, is: string, source: string, confidence: Confidence): PlaceholderField => ({
  kind: 'placeholder',
  ...{ wire, is, source, confidence },
})

export const hourlySequence = placeholder('seq', 'Sequence number of the hourly energy', 'C1 (wattPush)', 'verified')

/** The reserved words of a report: zeros wherever they were seen. */
export const reserved = placeholder('rsvd', 'Reserved words', 'C2 (bbcin: 15 zeros)', 'reported')
