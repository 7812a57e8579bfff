/** A module in a snapshot: its slots, its hour, and what was learnt of it. */
import type { ModuleTable } from '../catalogue/table.ts'
import type { OpenGap } from './evidence.ts'
import { readMeters } from './meters.ts'
import { type HourPlaces, type HoursShot, hourNumbersOf, restoreHours, shootHours } from './snapshot-hours.ts'
import { restoreSlots, type SlotsShot, shootSlots, slotNames } from './snapshot-slots.ts'
import { type ActiveError, createModule, type KitState, type ModuleState } from './state.ts'

export interface ModuleShot {
  readonly kind: string
  readonly sn: string
  readonly slots: SlotsShot
  readonly texts: [number, string][]
  readonly errors: [number, ActiveError][]
  readonly numbers: [
    lastAt: number,
    heardAt: number,
    cadenceMs: number,
    reports: number,
    uptimeMs: number,
    polledAt: number,
    lastPushAt: number,
    pauseMs: number,
    pauseEndAt: number,
    idleMs: number,
    refusedAt: number,
  ]
  readonly gap?: OpenGap | undefined
  /** Not in snapshots of before there were hourly rows, nor before a module's first hour. */
  readonly hours?: HoursShot | undefined
}

/** Where each slot of the snapshot, and each number of its hours, stands in today's catalogue; -1 where it is gone. */
export interface Places {
  readonly slots: readonly number[]
  readonly hours: readonly number[]
}

/** Of one kind, from what the snapshot says of it. */
export const placesOf = (names: readonly string[] = [], hours: HourPlaces = [[], []], table: ModuleTable): Places => {
  const today = new Map(slotNames(table).map((name, slot) => [name, slot]))
  const slots = names.map((name) => today.get(name) ?? -1)
  return { slots, hours: hourNumbersOf(hours, slots, table.hours) }
}

export const shootModule = (module: ModuleState): ModuleShot => {
  return {
    kind: module.table.module.kind,
    sn: module.sn,
    slots: shootSlots(module),
    texts: [...module.texts].flatMap((text, slot): [number, string][] => (text === undefined ? [] : [[slot, text]])),
    errors: [...(module.errors ?? [])],
    numbers: [
      module.lastAt,
      module.heardAt,
      module.cadenceMs,
      module.reports,
      module.uptimeMs,
      module.polledAt,
      module.lastPushAt,
      module.pauseMs,
      module.pauseEndAt,
      module.idleMs,
      module.refusedAt,
    ],
    gap: module.gap,
    hours: shootHours(module),
  }
}

export const restoreModule = (shot: ModuleShot, table: ModuleTable, places: Places, kit: KitState): ModuleState => {
  const module = createModule(table, shot.sn, kit.numbers, kit.slab)
  const slotAt = (place: number): number => places.slots[place] ?? -1
  const isText = (slot: number): boolean => table.slots[slot]?.format === 'text'
  const isAlarm = (slot: number): boolean => table.alarms.some((alarm) => alarm.slot === slot)
  for (const [place, text] of shot.texts) if (isText(slotAt(place))) module.texts[slotAt(place)] = text
  const errors = shot.errors.map(([place, error]) => [slotAt(place), error] as const)
  const known = errors.filter(([slot]) => isAlarm(slot))
  if (known.length > 0) module.errors = new Map(known)
  ;[module.lastAt, module.heardAt, module.cadenceMs, module.reports, module.uptimeMs, module.polledAt] = shot.numbers
  ;[, , , , , , module.lastPushAt, module.pauseMs, module.pauseEndAt, module.idleMs, module.refusedAt] = shot.numbers
  module.gap = shot.gap
  restoreSlots(module, shot.slots, places.slots)
  if (shot.hours) restoreHours(module, shot.hours, places.hours, places.slots)
  readMeters(module, false)
  return module
}
