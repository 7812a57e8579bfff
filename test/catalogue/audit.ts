/** The rules that every catalogue entry keeps, each as a sentence when it is broken. */
import { compile } from '../../src/catalogue/compile.ts'
import type { Field, ModuleKind } from '../../src/catalogue/field.ts'
import { MEASUREMENTS, type MeasurementName } from '../../src/catalogue/measurements.ts'
import type { ModuleTable, Slot } from '../../src/catalogue/table.ts'
import { UNITS } from '../../src/catalogue/units.ts'

const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/
const SOURCE = /^(L\d+|C[1-4])\b/

const endsInUnit = (name: string, unit: string): boolean => name === unit || name.endsWith(`_${unit}`)

/** What a name must look like for its unit. */
export const nameFaults = (name: string, unit: string): string[] => {
  const faults: string[] = []
  if (!SNAKE_CASE.test(name)) faults.push(`${name} is not snake_case`)
  if (!(unit in UNITS)) faults.push(`${name} is in the unknown unit ${unit}`)
  if (unit === 'flag' && !/^(is|has)_/.test(name)) faults.push(`flag ${name} does not start with is_ or has_`)
  if (unit === 'code' && !/_code(_raw)?$/.test(name)) faults.push(`code ${name} does not end in _code`)
  const wordless = unit === 'text' || unit === 'flag'
  if (!wordless && unit !== 'code' && !endsInUnit(name, unit)) faults.push(`${name} does not end in its unit ${unit}`)
  if (wordless)
    for (const other of Object.keys(UNITS))
      if (endsInUnit(name, other)) faults.push(`${unit} ${name} ends in the unit ${other}`)
  return faults
}

const scaleFaults = (field: Extract<Field, { kind: 'number' | 'array' }>): string[] => {
  const scales = [field.divide, field.kind === 'number' ? field.multiply : undefined]
  const wrong = scales.some((scale) => scale !== undefined && !(scale > 1 && Number.isInteger(scale)))
  return wrong ? ['divides or multiplies by something other than a whole number above 1'] : []
}

const rangeFaults = ([from, to]: readonly [number, number]): string[] =>
  Number.isFinite(from) && Number.isFinite(to) && from < to ? [] : [`the range ${from} … ${to} is not in order`]

const sentinelFaults = (field: Field): string[] => {
  if (!('sentinels' in field) || field.sentinels === undefined) return []
  const { sentinels } = field
  const listed = field.kind === 'state' ? Object.keys(field.states).map(Number) : []
  const meant = field.kind === 'flag' ? [...(field.on ?? [1]), ...(field.off ?? [0])] : listed
  return [
    ...(sentinels.length > 0 && sentinels.every(Number.isInteger) ? [] : ['sentinels are not whole numbers']),
    ...(sentinels.some((sentinel) => meant.includes(sentinel)) ? ['a sentinel is also a value'] : []),
  ]
}

const baseFaults = (field: Extract<Field, { kind: 'code' | 'codes' }>): string[] => {
  if (field.kind === 'codes')
    return field.base + field.circuits * field.step <= field.panelBase ? [] : ["circuits reach into the panel's codes"]
  if (typeof field.base === 'number') return []
  const { from, to, every, at } = field.base
  return from < to && from % every === 0 && at >= 0 && at < every ? [] : ['the span of its bases is not in order']
}

const contentFaults = (field: Field): string[] => {
  switch (field.kind) {
    case 'number':
    case 'array':
      return [...scaleFaults(field), ...rangeFaults(field.range)]
    case 'list':
      return rangeFaults(field.range)
    case 'code':
    case 'codes':
      return baseFaults(field)
    case 'state':
      return Object.keys(field.states).length > 0 ? [] : ['no state is listed']
    default:
      return []
  }
}

const fieldFaults = (field: Field): string[] => {
  const faults = [...contentFaults(field), ...sentinelFaults(field)]
  if (!SOURCE.test(field.source)) faults.push('no source')
  if (!/^[A-Z0-9][^|\n]{3,90}$/.test(field.is)) faults.push('no plain sentence')
  if (!/^\w+(\.\w+)*$/.test(field.wire)) faults.push('no wire name')
  return faults.map((fault) => `${field.wire}: ${fault}`)
}

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, i) => names.indexOf(name) < i)),
]

const wireNames = (kind: ModuleKind): string[] => kind.fields.flatMap((field) => [field.wire, ...(field.aliases ?? [])])

const slotFaults = (table: ModuleTable): string[] => {
  const written = (slot: Slot) => `${slot.name} in series ${slot.series}`
  const tagged = (slot: Slot): boolean => {
    const { measurement } = table.series[slot.series]!
    return (MEASUREMENTS[measurement].tags as readonly string[]).includes(slot.name)
  }
  return [
    ...table.slots.flatMap((slot) => nameFaults(slot.name, slot.unit)),
    ...repeated(table.slots.map(written)).map((place) => `two fields are called ${place}`),
    ...table.slots.filter(tagged).map((slot) => `${slot.name} is also a tag`),
  ]
}

/** A check that refers to a derived field would never see a report that has it. */
const checkFaults = (kind: ModuleKind): string[] => {
  const own = new Set(kind.fields.flatMap((f) => ('name' in f ? [`${f.name}/${f.input}`] : [])))
  const named = (kind.checks ?? []).flatMap((c) => [c.volts, c.amperes, c.watts].map((name) => `${name}/${c.input}`))
  return named.filter((name) => !own.has(name)).map((name) => `a check refers to ${name}, which is not reported`)
}

const compiled = (kind: ModuleKind): ModuleTable | string => {
  try {
    return compile(kind)
  } catch (error) {
    return (error as Error).message
  }
}

const kindFaults = (kind: ModuleKind): string[] => {
  if (!(kind.measurement in MEASUREMENTS)) return [`the measurement ${kind.measurement} does not exist`]
  const { tags } = MEASUREMENTS[kind.measurement as MeasurementName]
  const table = compiled(kind)
  const faults = [
    ...kind.fields.flatMap(fieldFaults),
    ...repeated(wireNames(kind)).map((wire) => `${wire} is listed twice`),
    ...checkFaults(kind),
    ...(typeof table === 'string' ? [table] : slotFaults(table)),
  ]
  if (kind.kind !== kind.kind.toLowerCase()) faults.push('the kind is not in lower case')
  if ((tags as readonly string[]).includes('side') !== (kind.side !== undefined)) faults.push('side and tags differ')
  if ((tags as readonly string[]).includes('module_sn') === (kind.ofKit ?? false)) faults.push('ofKit and tags differ')
  return faults.map((fault) => `${kind.kind}: ${fault}`)
}

/** A pack's record must say by the field's name alone whose field it is. */
const carriedFaults = (kind: ModuleKind, kinds: readonly ModuleKind[]): string[] => {
  if (kind.carries === undefined) return []
  const carried = kinds.find((other) => other.kind === kind.carries)
  if (carried === undefined) return [`${kind.kind} carries ${kind.carries}, which does not exist`]
  const shared = wireNames(kind).filter((wire) => wire !== 'rsvd' && wireNames(carried).includes(wire))
  return shared.map((wire) => `${kind.kind} and ${carried.kind} share ${wire}`)
}

const meaning = ({ unit, format, is, states }: Slot): string => JSON.stringify({ unit, format, is, states })

const disagreements = (kinds: readonly ModuleKind[]): string[] => {
  const seen = new Map<string, string>()
  const faults: string[] = []
  for (const table of kinds.map(compiled)) {
    if (typeof table === 'string') continue
    for (const slot of table.slots) {
      const name = `${table.series[slot.series]!.measurement}.${slot.name}`
      const before = seen.get(name) ?? meaning(slot)
      seen.set(name, before)
      if (before !== meaning(slot)) faults.push(`${name} means ${before} and ${meaning(slot)}`)
    }
  }
  return faults
}

/** Every broken rule of a catalogue, one sentence each. */
export const faultsOf = (kinds: readonly ModuleKind[]): string[] => [
  ...kinds.flatMap(kindFaults),
  ...kinds.flatMap((kind) => carriedFaults(kind, kinds)),
  ...repeated(kinds.map((kind) => kind.kind)).map((kind) => `two kinds are called ${kind}`),
  ...disagreements(kinds.filter((kind) => kind.measurement in MEASUREMENTS)),
]
