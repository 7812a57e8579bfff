/**
 * Where the kit reports what a command's parameter sets, so that a control can stand as the kit stands. Pure, and found
 * from the catalogue alone: a parameter is shown by the field that the command then wants to read back otherwise.
 */
import { type Command, paramsSchema, type ReadBack } from '../catalogue/command.ts'
import type { FlagField } from '../catalogue/field.ts'
import { MODULES } from '../catalogue/modules.ts'
import type { WireField } from '../catalogue/table.ts'
import { createCatalogue } from '../catalogue/vocabulary.ts'
import { convert } from '../normalise/wire-value.ts'

type Value = string | number | boolean

/** The field of a parameter, as in the store and in the API's latest values. */
export interface Present {
  readonly measurement: string
  readonly field: string
  /** Of a quantity: what is reported is the parameter times this. */
  readonly factor?: number
  /** Of a parameter with few values: what is reported then; of a state its number, and what it is called. */
  readonly values?: readonly { readonly value: Value; readonly reported: number; readonly text?: string }[]
  /** Each circuit has its own: the tag `circuit` is that of the command, in two digits. */
  readonly isByCircuit: boolean
}

interface Property {
  readonly type?: string
  readonly enum?: readonly Value[]
  readonly minimum?: number
  readonly maximum?: number
}

const catalogue = createCatalogue(MODULES)

const FEW = [true, false]

/** Values of the parameter that are all few, or its least and its greatest. */
const probesOf = ({ type, enum: few, minimum, maximum }: Property): readonly Value[] =>
  few ?? (type === 'boolean' ? FEW : minimum === undefined || maximum === undefined ? [] : [minimum, maximum])

const isSamePlace = (a: ReadBack, b: ReadBack): boolean => a.kind === b.kind && a.field === b.field && a.mask === b.mask

interface Probe {
  readonly value: Value
  readonly wanted: ReadBack
}

/** What is wanted where it hangs on the parameter. */
const differing = (command: Command, name: string, values: readonly Value[]): readonly Probe[] => {
  const asked = values.flatMap((value) => {
    const all = command.readBack({ ...command.example, [name]: value })
    return typeof all === 'string' ? [] : [{ value, all }]
  })
  const places = asked[0]?.all ?? []
  const probesAt = (place: ReadBack): Probe[] =>
    asked.flatMap(({ value, all }) => {
      const wanted = all.find((one) => isSamePlace(one, place))
      return wanted ? [{ value, wanted }] : []
    })
  const isTelling = (probes: readonly Probe[]) => new Set(probes.map(({ wanted }) => wanted.expected)).size > 1
  return places.map(probesAt).find(isTelling) ?? []
}

/** What the API says of a field while the wire says `wire`. */
const reportedFor = ({ kind, field, scale }: WireField, wire: number): number => {
  if (kind === 'flag') return ((field as FlagField).on ?? [1]).includes(wire) ? 1 : 0
  if (kind === 'bits') return wire === 0 ? 0 : 1
  return kind === 'number' ? convert(scale, wire) : wire
}

const presentOf = (command: Command, name: string, property: Property): Present | undefined => {
  const probes = differing(command, name, probesOf(property))
  const place = probes[0]?.wanted
  const table = catalogue.tables.get(place?.kind ?? '')
  const wireField = table?.vocabulary.get(place?.field ?? '')
  const slot = table?.slots[wireField?.slots[Math.log2(place?.mask ?? 1)] ?? -1]
  const series = table?.series[slot?.series ?? -1]
  if (wireField === undefined || slot === undefined || series === undefined) return undefined
  const told = probes.map(({ value, wanted }) => {
    const reported = reportedFor(wireField, wanted.expected)
    const text = slot.states[reported]
    return { value, reported, ...(slot.format === 'state' && text !== undefined && { text }) }
  })
  const last = told.at(-1)
  const factor = typeof last?.value === 'number' ? last.reported / last.value : 1
  const isFew = property.type === 'boolean' || property.enum !== undefined
  return {
    measurement: series.measurement,
    field: slot.name,
    ...(isFew ? { values: told } : factor === 1 ? {} : { factor }),
    isByCircuit: 'circuit' in series.tags,
  }
}

/** By parameter; those that nothing shows are left out. */
export const presentFields = (command: Command): Readonly<Record<string, Present>> => {
  const properties = (paramsSchema(command).properties ?? {}) as Readonly<Record<string, Property>>
  const found = Object.entries(properties).map(
    ([name, property]) => [name, presentOf(command, name, property)] as const,
  )
  return Object.fromEntries(found.flatMap(([name, present]) => (present ? [[name, present]] : [])))
}
