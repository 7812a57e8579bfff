/**
 * The state of `track` as bytes and back: a line of JSON about all, then one per kit, so that a large fleet never stands
 * in memory as one text. Slots are named, so that a snapshot survives a changed catalogue: values of
 * slots that are gone are dropped, slots that are new are not known. Folding on from a restored state gives the same
 * lines as folding on from the original.
 */
import type { Catalogue } from '../catalogue/vocabulary.ts'
import type { TrackedCommand } from '../control/command-record.ts'
import type { Evidence, Ledger } from './evidence.ts'
import type { KitHistory } from './history-state.ts'
import { FRESHNESS, type FreshnessNumbers } from './numbers.ts'
import type { Site, SiteRow } from './site-state.ts'
import { type HourPlaces, hourPlaces } from './snapshot-hours.ts'
import { type ModuleShot, type Places, placesOf, restoreModule, shootModule } from './snapshot-module.ts'
import { createPages } from './snapshot-pages.ts'
import { slotNames } from './snapshot-slots.ts'
import { type CircuitNames, createKit, createState, type KitState, moduleKey, type TrackState } from './state.ts'

const VERSION = 4

interface KitShot {
  readonly sn: string
  readonly name: string
  readonly modules: ModuleShot[]
  readonly kindsOf: [string, string[]][]
  readonly unknownFields: [string, string[]][]
  readonly missing: string[]
  readonly eventAt: [string, number][]
  readonly narrowAt: number
  readonly numbers: [heardAt: number, pushedAt: number, pushCadenceMs: number, pauseMs: number, pauseEndAt: number]
  readonly isOnline: boolean | null
  readonly timeZone: string
  /** Not in snapshots of before circuits had names. */
  readonly circuits?: CircuitNames
  readonly areNamesDue?: boolean
  /** Not in snapshots of before sites were told. */
  readonly site?: Site
  readonly siteTold?: SiteRow | undefined
  readonly polled: [string, readonly [number, number]][]
  readonly evidence: Evidence
  readonly ledger: Ledger
  /** Not in snapshots of before there was history. */
  readonly history?: KitHistory
}

interface Shot {
  readonly version: number
  /** Slot names per kind, in the order in which slots are numbered. */
  readonly names: Record<string, string[]>
  /** The order of the numbers of an hour, per kind. */
  readonly hours?: Record<string, HourPlaces>
  readonly identities: number[]
  readonly lastAt: number
  readonly timeZone: string
  /** Not in snapshots of before there were commands. */
  readonly commands?: readonly TrackedCommand[]
}

const shootKit = (kit: KitState): KitShot => ({
  sn: kit.sn,
  name: kit.name,
  modules: [...kit.modules.values()].map(shootModule),
  kindsOf: [...kit.kindsOf],
  unknownFields: [...kit.unknownFields].map(([sn, fields]) => [sn, [...fields]]),
  missing: [...kit.missing],
  eventAt: [...kit.eventAt],
  narrowAt: kit.narrowAt,
  numbers: [kit.heardAt, kit.pushedAt, kit.pushCadenceMs, kit.pauseMs, kit.pauseEndAt],
  isOnline: kit.isOnline ?? null,
  timeZone: kit.timeZone,
  circuits: kit.circuits,
  areNamesDue: kit.areNamesDue,
  site: kit.site,
  siteTold: kit.siteTold,
  polled: [...kit.polled],
  evidence: kit.evidence,
  ledger: kit.ledger,
  history: kit.history,
})

/** The state as lines of JSON, in pieces to be written one behind the other, and to be released then: snapshot-pages.ts. */
export const takeSnapshot = (state: TrackState, catalogue: Catalogue): Uint8Array[] => {
  const names: Record<string, string[]> = {}
  const hours: Record<string, HourPlaces> = {}
  for (const [kind, table] of catalogue.tables) {
    names[kind] = slotNames(table)
    hours[kind] = hourPlaces(table.hours)
  }
  const shot: Shot = {
    version: VERSION,
    names,
    hours,
    identities: [...state.identities],
    lastAt: state.lastAt,
    timeZone: state.timeZone,
    commands: [...state.commands.values()],
  }
  const pages = createPages()
  pages.write(`${JSON.stringify(shot)}\n`)
  for (const kit of state.kits.values()) pages.write(`${JSON.stringify(shootKit(kit))}\n`)
  return pages.filled
}

const restoreKit = (
  shot: KitShot,
  catalogue: Catalogue,
  places: ReadonlyMap<string, Places>,
  state: TrackState,
): KitState => {
  const kit = createKit(shot.sn, state)
  kit.name = shot.name
  for (const module of shot.modules) {
    const table = catalogue.tables.get(module.kind)
    if (table)
      kit.modules.set(moduleKey(module.kind, module.sn), restoreModule(module, table, places.get(module.kind)!, kit))
  }
  for (const [sn, kinds] of shot.kindsOf) kit.kindsOf.set(sn, kinds)
  for (const [sn, fields] of shot.unknownFields) kit.unknownFields.set(sn, new Set(fields))
  for (const sn of shot.missing) kit.missing.add(sn)
  for (const [sn, at] of shot.eventAt) kit.eventAt.set(sn, at)
  kit.narrowAt = shot.narrowAt
  ;[kit.heardAt, kit.pushedAt, kit.pushCadenceMs, kit.pauseMs, kit.pauseEndAt] = shot.numbers
  kit.isOnline = shot.isOnline ?? undefined
  kit.timeZone = shot.timeZone
  kit.circuits = shot.circuits ?? {}
  kit.areNamesDue = shot.areNamesDue ?? false
  kit.site = shot.site ?? {}
  kit.siteTold = shot.siteTold
  for (const [key, sums] of shot.polled) kit.polled.set(key, sums)
  Object.assign(kit.evidence, shot.evidence)
  Object.assign(kit.ledger, shot.ledger)
  Object.assign(kit.history, shot.history)
  return kit
}

/** The lines one by one, never all as one text. */
function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder()
  const NEWLINE = 10
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, at)
    const end = found < 0 ? bytes.length : found
    if (end > at) yield decoder.decode(bytes.subarray(at, end))
    at = end + 1
  }
}

/** The state of a snapshot; undefined for one of another version or no snapshot at all. */
export const restoreSnapshot = (
  bytes: Uint8Array,
  catalogue: Catalogue,
  numbers: FreshnessNumbers = FRESHNESS,
): TrackState | undefined => {
  try {
    const lines = linesOf(bytes)
    const shot = JSON.parse(lines.next().value!) as Shot
    if (shot.version !== VERSION) return undefined
    const places = new Map(
      [...catalogue.tables].map(([kind, table]) => [kind, placesOf(shot.names[kind], shot.hours?.[kind], table)]),
    )
    const state = createState(numbers)
    for (const line of lines) {
      const kit = JSON.parse(line) as KitShot
      state.kits.set(kit.sn, restoreKit(kit, catalogue, places, state))
    }
    for (const command of shot.commands ?? []) state.commands.set(command.record.id, command)
    for (const identity of shot.identities) state.identities.add(identity)
    state.lastAt = shot.lastAt
    state.timeZone = shot.timeZone
    return state
  } catch {
    return undefined
  }
}
