/**
 * What `track` knows: per kit and module the last-known value of every field, when it was pushed, what polls say
 * against it, and what speaks for and against its being current. Mutable, with one owner; no clock of its own. NaN is
 * "not known". Times are epoch ms, 0 = never.
 */
import type { ModuleTable } from '../catalogue/table.ts'
import type { TrackedCommand } from '../control/command-record.ts'
import { createEvidence, createLedger, type Evidence, type Ledger, type OpenGap } from './evidence.ts'
import { createKitHistory, type KitHistory } from './history-state.ts'
import { createHours, keepLasts, type ModuleHours } from './hourly-state.ts'
import { createIdentities, type Identities } from './identity.ts'
import { FRESHNESS, type FreshnessNumbers } from './numbers.ts'
import { createReadings, type Readings } from './readings.ts'
import type { Site, SiteRow } from './site-state.ts'
import { carveNumbers, createSlab, type Slab } from './slab.ts'

/** What the owner calls circuits: by side (`ac`, `dc`) and by number, from 1. */
export type CircuitNames = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface ActiveError {
  readonly code: number
  readonly meaning: string
  readonly sinceAt: number
}

export interface ModuleState {
  readonly table: ModuleTable
  readonly sn: string
  readonly numbers: FreshnessNumbers
  /** By slot, in base units; of a text slot the index in `texts`. */
  readonly values: Float64Array
  /** By slot: when it was last pushed (epoch ms); 0 = not since the last gap. */
  readonly pushedAt: Float64Array
  /** By slot: what the last poll said against a younger push. Few are, so there is a map only while one is. */
  contested: Map<number, number> | undefined
  /** By slot. */
  readonly texts: (string | undefined)[]
  /** Active errors by slot; there is a map only while one is. */
  errors: Map<number, ActiveError> | undefined
  /** Encoded `measurement,tags` per series, made when first needed. */
  readonly prefixes: (string | undefined)[]
  /** Stamp of the last row written. */
  lastAt: number
  /** The last believed sign of life: a push, or a poll that is no old snapshot. */
  heardAt: number
  /** When it last pushed itself. */
  lastPushAt: number
  /** Time between its pushes, or between believed polls of a module that never pushed, learnt (ms); 0 = not yet. */
  cadenceMs: number
  /** The last pause too long for the cadence (ms), and when it ended. */
  pauseMs: number
  pauseEndAt: number
  /** The pause that it made twice while its kit went on (ms): so it idles. */
  idleMs: number
  reports: number
  uptimeMs: number
  /** When it was last polled: one answer may speak of a module twice. */
  polledAt: number
  /** When all that it told was last refused. */
  refusedAt: number
  gap: OpenGap | undefined
  readonly readings: Readings
  readonly hours: ModuleHours
}

export interface KitState {
  readonly sn: string
  readonly numbers: FreshnessNumbers
  readonly slab: Slab
  /** What its owner calls it; empty if nothing. */
  name: string
  /** IANA name. */
  timeZone: string
  circuits: CircuitNames
  site: Site
  /** The fields of the last `site` row; undefined before the first. */
  siteTold: SiteRow | undefined
  /** Names were told that are not written yet. */
  areNamesDue: boolean
  /** By `kind sn`, in the order first heard. */
  readonly modules: Map<string, ModuleState>
  /** By serial number the module that was looked up last, of whichever kind: it spares joining a key. */
  readonly recent: Map<string, ModuleState>
  /** Kinds under which each serial number has reported. */
  readonly kindsOf: Map<string, string[]>
  /** Unknown and refused fields met, by module; capped. */
  readonly unknownFields: Map<string, Set<string>>
  /** Serial numbers missing from the last list of modules, for the first time or since they left. */
  readonly missing: Set<string>
  /** Last whole second used for an event, or a gap, by module. */
  readonly eventAt: Map<string, number>
  /** Stamp of the last narrow row (unknown, quarantine). */
  narrowAt: number
  /** The last believed sign of life: a push, or a poll that is no old snapshot. */
  heardAt: number
  /** When it last pushed. */
  pushedAt: number
  /** The longest pause between its pushes, forgotten slowly (ms); 0 = not learnt. */
  pushCadenceMs: number
  pauseMs: number
  pauseEndAt: number
  /** The cloud's last word on whether the kit is connected. */
  isOnline: boolean | undefined
  /** What the last poll said, by module: sums over its field names, and over fields with values. */
  readonly polled: Map<string, readonly [names: number, content: number]>
  readonly evidence: Evidence
  readonly ledger: Ledger
  readonly history: KitHistory
  readonly keepsHistory: boolean
}

export interface TrackState {
  readonly numbers: FreshnessNumbers
  /** Where all modules keep their numbers. */
  readonly slab: Slab
  readonly kits: Map<string, KitState>
  readonly identities: Identities
  /** Set commands by their id, in the order asked. */
  readonly commands: Map<string, TrackedCommand>
  /** When the last input came. */
  lastAt: number
  /** IANA name, for kits of which nothing else is said. */
  timeZone: string
  /** Whether flows, energies and hourly values are made from the reports. */
  readonly keepsHistory: boolean
}

export const createState = (numbers: FreshnessNumbers = FRESHNESS, keepsHistory = true): TrackState => ({
  numbers,
  slab: createSlab(),
  kits: new Map(),
  identities: createIdentities(),
  commands: new Map(),
  lastAt: 0,
  timeZone: 'UTC',
  keepsHistory,
})

export const createKit = (sn: string, { numbers, slab, timeZone, keepsHistory }: TrackState): KitState => ({
  sn,
  numbers,
  slab,
  name: '',
  timeZone,
  circuits: {},
  site: {},
  siteTold: undefined,
  areNamesDue: false,
  modules: new Map(),
  recent: new Map(),
  kindsOf: new Map(),
  unknownFields: new Map(),
  missing: new Set(),
  eventAt: new Map(),
  narrowAt: 0,
  heardAt: 0,
  pushedAt: 0,
  pushCadenceMs: 0,
  pauseMs: 0,
  pauseEndAt: 0,
  isOnline: undefined,
  polled: new Map(),
  evidence: createEvidence(),
  ledger: createLedger(),
  history: createKitHistory(),
  keepsHistory,
})

/** Of all modules whose kind has none. */
const NO_TEXTS: string[] = []

export const createModule = (
  table: ModuleTable,
  sn: string,
  numbers: FreshnessNumbers,
  slab: Slab = createSlab(),
): ModuleState => ({
  table,
  sn,
  numbers,
  values: carveNumbers(slab, table.slots.length, Number.NaN),
  pushedAt: carveNumbers(slab, table.slots.length, 0),
  contested: undefined,
  texts: table.slots.some(({ format }) => format === 'text') ? new Array(table.slots.length) : NO_TEXTS,
  errors: undefined,
  prefixes: new Array(table.series.length),
  lastAt: 0,
  heardAt: 0,
  lastPushAt: 0,
  cadenceMs: 0,
  pauseMs: 0,
  pauseEndAt: 0,
  idleMs: 0,
  reports: 0,
  uptimeMs: 0,
  polledAt: 0,
  refusedAt: 0,
  gap: undefined,
  readings: createReadings(table, slab),
  hours: createHours(table.hours, slab),
})

export const moduleKey = (kind: string, sn: string): string => `${kind} ${sn}`

/** Value of a named field of the module's own series; NaN if it has none or it is not known. */
export const valueNamed = (module: ModuleState, name: string): number => {
  const slot = module.table.slotOf(name)
  return slot < 0 ? Number.NaN : module.values[slot]!
}

/** Active errors that were told since the last gap; the others wait to be told again, or cleared. */
export const knownErrors = (module: ModuleState): [slot: number, ActiveError][] =>
  [...(module.errors ?? [])].filter(([slot]) => !Number.isNaN(module.values[slot]!))

/** Forgets what was held: nothing held across a gap is ever written as current. */
export const forget = (module: ModuleState): void => {
  keepLasts(module.hours, module.values)
  module.values.fill(Number.NaN)
  module.pushedAt.fill(0)
  module.contested = undefined
}
