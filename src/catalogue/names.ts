/**
 * The promise to those who query: every name that a field can be written under, with its tags, unit and
 * meaning. names.lock.json holds it; names are added or deprecated, never changed. Pure: reading and writing the
 * file is left to bin/fields.mjs.
 */

import { compile } from './compile.ts'
import type { ModuleKind } from './field.ts'
import { isHourly } from './hourly-form.ts'
import { MEASUREMENTS, type MeasurementName } from './measurements.ts'
import { ROWS } from './rows.ts'
import type { ModuleTable, Slot } from './table.ts'

interface LockedField {
  readonly unit: string
  readonly is: string
  /** What each number of a state is called; new numbers may come, old ones keep their word. */
  readonly states?: Readonly<Record<string, string>>
  /** Why it is no longer written, and what to use instead. Set by hand; only then may a name disappear. */
  readonly deprecated?: string
}

interface LockedMeasurement {
  readonly tags: readonly string[]
  /** Each field is in the history bucket as well, by the hour: see hourly-form.ts. */
  readonly hourly?: true
  readonly fields: Readonly<Record<string, LockedField>>
}

export type NamesLock = Readonly<Record<string, LockedMeasurement>>

/** A state is written under two names. */
const writtenAs = (slot: Slot): readonly (readonly [string, LockedField])[] => {
  const itself = { unit: slot.unit, is: slot.is, ...(Object.keys(slot.states).length > 0 && { states: slot.states }) }
  if (slot.format !== 'state') return [[slot.name, itself]]
  return [
    [slot.name, itself],
    [`${slot.name}_raw`, { unit: 'code', is: `${slot.is}, as the wire says it` }],
  ]
}

/** The flags of one mask share a sentence: which bit it is belongs to the meaning. */
const withBits = ({ slots, vocabulary }: ModuleTable): readonly Slot[] => {
  const told = [...slots]
  for (const [wire, { field, slots: ofField }] of vocabulary)
    if (field.kind === 'bits' && Array.isArray(field.flags))
      for (const [bit, index] of ofField.entries())
        told[index] = { ...slots[index]!, is: `${field.is}: bit ${bit} of ${wire}` }
  return told
}

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

const hourlyMark = (is: boolean): Pick<LockedMeasurement, 'hourly'> => (is ? { hourly: true } : {})

/** Every name of a catalogue, by measurement; those of modules and those of the collector's own rows. */
export const namesOf = (kinds: readonly ModuleKind[]): NamesLock => {
  const fields = new Map<MeasurementName, Record<string, LockedField>>()
  for (const [measurement, row] of Object.entries(ROWS)) fields.set(measurement as MeasurementName, { ...row })
  for (const table of kinds.map(compile))
    for (const slot of withBits(table)) {
      const { measurement } = table.series[slot.series]!
      const known = fields.get(measurement) ?? {}
      for (const [name, field] of writtenAs(slot)) known[name] ??= field
      fields.set(measurement, known)
    }
  const names = Object.keys(MEASUREMENTS) as MeasurementName[]
  const lockedAs = (name: MeasurementName): LockedMeasurement => ({
    tags: MEASUREMENTS[name].tags,
    ...hourlyMark(isHourly(name)),
    fields: sorted(fields.get(name) ?? {}),
  })
  return sorted(Object.fromEntries(names.map((name) => [name, lockedAs(name)])))
}

const fieldChanges = (name: string, locked: LockedField, now: LockedField | undefined): readonly string[] => {
  if (now === undefined) return locked.deprecated === undefined ? [`${name} is gone`] : []
  const changes: string[] = []
  if (now.unit !== locked.unit) changes.push(`${name} was in ${locked.unit} and is in ${now.unit}`)
  if (now.is !== locked.is) changes.push(`${name} meant "${locked.is}" and means "${now.is}"`)
  for (const [wire, word] of Object.entries(locked.states ?? {}))
    if (now.states?.[wire] !== word) changes.push(`${name} called ${wire} ${word} and no longer does`)
  return changes
}

/** How a catalogue breaks what was promised, one sentence each; empty when it only adds. */
export const brokenPromises = (lock: NamesLock, now: NamesLock): readonly string[] =>
  Object.entries(lock).flatMap(([measurement, locked]) => {
    const present = now[measurement]
    if (present === undefined) return [`measurement ${measurement} is gone`]
    const tags = [locked.tags, present.tags].map((list) => list.join(', '))
    const retagged = tags[0] === tags[1] ? [] : [`${measurement} had the tags ${tags[0]} and has ${tags[1]}`]
    const unkept = locked.hourly && !present.hourly ? [`${measurement} has no hourly rows any more`] : []
    const changes = Object.entries(locked.fields).flatMap(([name, field]) =>
      fieldChanges(`${measurement}.${name}`, field, present.fields[name]),
    )
    return [...retagged, ...unkept, ...changes]
  })

const extendField = (locked: LockedField | undefined, now: LockedField | undefined): LockedField => {
  const states = { ...now?.states, ...locked?.states }
  return { ...(locked ?? now)!, ...(Object.keys(states).length > 0 && { states }) }
}

const extendFields = (locked: LockedMeasurement['fields'], now: LockedMeasurement['fields']) =>
  sorted(
    Object.fromEntries(Object.keys({ ...now, ...locked }).map((name) => [name, extendField(locked[name], now[name])])),
  )

/** The lock with what the catalogue adds; what is locked stays as it stands. */
export const extendLock = (lock: NamesLock, now: NamesLock): NamesLock =>
  sorted(
    Object.fromEntries(
      Object.entries({ ...now, ...lock }).map(([name, { tags, hourly }]) => [
        name,
        {
          tags,
          ...hourlyMark(hourly ?? now[name]?.hourly ?? false),
          fields: extendFields(lock[name]?.fields ?? {}, now[name]?.fields ?? {}),
        },
      ]),
    ),
  )

const object = (entries: readonly string[], indent: string): string =>
  entries.length === 0 ? '{}' : `{\n${entries.map((entry) => `${indent}  ${entry}`).join(',\n')}\n${indent}}`

/** The lock as the text of its file: JSON, one line per name, so that a change of one name is a change of one line. */
export const lockText = (lock: NamesLock): string => {
  const measurements = Object.entries(lock).map(([name, { tags, hourly, fields }]) => {
    const mark = hourly ? ' "hourly": true,' : ''
    const lines = Object.entries(fields).map(([field, facts]) => `"${field}": ${JSON.stringify(facts)}`)
    return `"${name}": { "tags": ${JSON.stringify(tags)},${mark} "fields": ${object(lines, '  ')} }`
  })
  return `${object(measurements, '')}\n`
}
