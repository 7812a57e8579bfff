/**
 * A module's slots in a snapshot: as lists of equal length, short and quickly written, by the names that slots have in
 * the catalogue. Leaves everything else about a module to snapshot.ts.
 */
import type { ModuleTable } from '../catalogue/table.ts'
import type { ModuleState } from './state.ts'

/** The known slots of a module, as lists of equal length: short, and quickly written. */
export interface SlotsShot {
  /** In the kind's list of names. */
  readonly places: number[]
  readonly values: (number | null)[]
  /** How long before the module's `lastAt` they were pushed (ms); null where not. */
  readonly ages: (number | null)[]
  readonly contested: [place: number, value: number][]
}

/** Slot names of a kind, in the order in which slots are numbered. */
export const slotNames = (table: ModuleTable): string[] =>
  table.slots.map(({ series, name }) => `${Object.values(table.series[series]!.tags).join('/')} ${name}`)

export const shootSlots = ({ values, pushedAt, contested, lastAt }: ModuleState): SlotsShot => {
  const shot: SlotsShot = { places: [], values: [], ages: [], contested: [...(contested ?? [])] }
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!) && pushedAt[i] === 0) continue
    shot.places.push(i)
    // JSON has no NaN: it becomes null.
    shot.values.push(values[i]!)
    shot.ages.push(pushedAt[i] === 0 ? null : lastAt - pushedAt[i]!)
  }
  return shot
}

/** `places`: where each slot of the snapshot stands today. Needs the module’s `lastAt`. */
export const restoreSlots = (module: ModuleState, shot: SlotsShot, places: readonly number[]): void => {
  const slotAt = (place: number | undefined): number => places[place ?? -1] ?? -1
  for (let i = 0; i < shot.places.length; i++) {
    const slot = slotAt(shot.places[i])
    if (slot < 0) continue
    module.values[slot] = shot.values[i] ?? Number.NaN
    const age = shot.ages[i] ?? null
    module.pushedAt[slot] = age === null ? 0 : module.lastAt - age
  }
  const contested = shot.contested.map(([place, value]) => [slotAt(place), value] as const)
  const known = contested.filter(([slot]) => slot >= 0)
  if (known.length > 0) module.contested = new Map(known)
}
