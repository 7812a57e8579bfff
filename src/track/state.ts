/**
 * What `track` knows: per kit and module the last-known value of every field, when it was pushed, and what polls say
 * against it. Mutable, with one owner; no clock of its own. NaN is "not known".
 */
import type { ModuleTable } from '../catalogue/table.ts'

export interface ActiveError {
  readonly code: number
  readonly meaning: string
  readonly sinceAt: number
}

export interface ModuleState {
  readonly table: ModuleTable
  readonly sn: string
  /** By slot, in base units; of a text slot the index in `texts`. */
  readonly values: Float64Array
  /** By slot: when it was last pushed (epoch ms); 0 = not since the last gap. */
  readonly pushedAt: Float64Array
  /** By slot: what the last poll said against a younger push; NaN = nothing. */
  readonly contested: Float64Array
  readonly texts: Map<number, string>
  /** By slot: 1 while a merge writes it; all 0 in between. */
  readonly marks: Uint8Array
  /** Active errors by slot. */
  readonly errors: Map<number, ActiveError>
  /** Encoded `measurement,tags` per series, made when first needed. */
  readonly prefixes: string[]
  /** Stamp of the last row written (epoch ms). */
  lastAt: number
  /** When the module was last pushed or polled (epoch ms); 0 = never. */
  heardAt: number
  /** Time between its reports, learnt (ms); 0 = not yet. */
  cadenceMs: number
  reports: number
  uptimeMs: number
  /** When it was last polled (epoch ms): one answer may speak of a module twice. */
  polledAt: number
}

export interface KitState {
  readonly sn: string
  /** What its owner calls it; empty if nothing. */
  name: string
  /** By `kind sn`, in the order first heard. */
  readonly modules: Map<string, ModuleState>
  /** Kinds under which each serial number has reported. */
  readonly kindsOf: Map<string, string[]>
  /** Unknown and refused fields met, by module; capped. */
  readonly unknownFields: Map<string, Set<string>>
  /** Serial numbers missing from the last list of modules, for the first time or since they left. */
  readonly missing: Set<string>
  /** Last whole second used for an event, by module. */
  readonly eventAt: Map<string, number>
  /** Stamp of the last narrow row (unknown, quarantine). */
  narrowAt: number
  /** When any report of the kit last came (epoch ms); 0 = never. */
  heardAt: number
  /** The cloud's last word on whether the kit is connected. */
  isOnline: boolean | undefined
}

export interface TrackState {
  readonly kits: Map<string, KitState>
  /** Identities of the last messages, oldest first. */
  readonly identities: Set<number>
  /** When the last input came (epoch ms); 0 = none yet. */
  lastAt: number
}

export const createState = (): TrackState => ({ kits: new Map(), identities: new Set(), lastAt: 0 })

export const createKit = (sn: string): KitState => ({
  sn,
  name: '',
  modules: new Map(),
  kindsOf: new Map(),
  unknownFields: new Map(),
  missing: new Set(),
  eventAt: new Map(),
  narrowAt: 0,
  heardAt: 0,
  isOnline: undefined,
})

export const createModule = (table: ModuleTable, sn: string): ModuleState => ({
  table,
  sn,
  values: new Float64Array(table.slots.length).fill(Number.NaN),
  pushedAt: new Float64Array(table.slots.length),
  contested: new Float64Array(table.slots.length).fill(Number.NaN),
  texts: new Map(),
  marks: new Uint8Array(table.slots.length),
  errors: new Map(),
  prefixes: [],
  lastAt: 0,
  heardAt: 0,
  cadenceMs: 0,
  reports: 0,
  uptimeMs: 0,
  polledAt: 0,
})

export const moduleKey = (kind: string, sn: string): string => `${kind} ${sn}`

/** Value of a named field of the module's own series; NaN if it has none or it is not known. */
export const valueNamed = (module: ModuleState, name: string): number => {
  const slot = module.table.slotOf(name)
  return slot < 0 ? Number.NaN : module.values[slot]!
}

/** Active errors that were told since the last gap; the others wait to be told again, or cleared. */
export const knownErrors = (module: ModuleState): [slot: number, ActiveError][] =>
  [...module.errors].filter(([slot]) => !Number.isNaN(module.values[slot]!))

/** Forgets what was held: nothing held across a gap is ever written as current. */
export const forget = (module: ModuleState): void => {
  module.values.fill(Number.NaN)
  module.pushedAt.fill(0)
  module.contested.fill(Number.NaN)
}
