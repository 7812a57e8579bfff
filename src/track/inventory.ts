/** Which modules a kit has: first heard or listed, no longer listed, with another firmware, restarted. */
import type { ModuleTable } from '../catalogue/table.ts'
import { LIST } from '../report/shapes.ts'
import type { LineBuilder } from './encode.ts'
import { ALL, writeEvent } from './events.ts'
import { createKit, createModule, type KitState, type ModuleState, moduleKey, type TrackState } from './state.ts'

/** The kit, made known (with an event) when it is first met. */
export const kitOf = (state: TrackState, sn: string, at: number, into: LineBuilder): KitState => {
  const known = state.kits.get(sn)
  if (known) return known
  const kit = createKit(sn, state)
  state.kits.set(sn, kit)
  writeEvent(kit, ALL, 'kit_joined', '', at, into)
  return kit
}

/** Any state of the serial number, under whichever kind. */
const isKnown = (kit: KitState, sn: string): boolean => kit.kindsOf.has(sn) || kit.modules.has(moduleKey(LIST, sn))

/** A pack that was taken for one of the other model: the same module, since both speak the same words. */
const twinOf = (kit: KitState, table: ModuleTable, sn: string): ModuleState | undefined => {
  for (const kind of kit.kindsOf.get(sn) ?? []) {
    const module = kit.modules.get(moduleKey(kind, sn))
    if (module?.table.module.fields === table.module.fields) return module
  }
  return undefined
}

const lookUp = (kit: KitState, table: ModuleTable, sn: string, at: number, into: LineBuilder): ModuleState => {
  const { kind, label, ofKit } = table.module
  const key = moduleKey(kind, sn)
  const known = kit.modules.get(key)
  if (known) return known
  const twin = twinOf(kit, table, sn)
  if (twin) return twin
  if (ofKit !== true && (!isKnown(kit, sn) || (kind === LIST && kit.missing.has(sn))))
    writeEvent(kit, sn, 'module_joined', kind === LIST ? 'listed' : label, at, into)
  const module = createModule(table, sn, kit.numbers, kit.slab)
  kit.modules.set(key, module)
  if (kind !== LIST) kit.kindsOf.set(sn, (kit.kindsOf.get(sn) ?? []).concat(kind))
  return module
}

/** The module, made known (with an event) when its serial number is first met. */
export const moduleOf = (kit: KitState, table: ModuleTable, sn: string, at: number, into: LineBuilder): ModuleState => {
  const recent = kit.recent.get(sn)
  if (recent?.table === table) return recent
  const module = lookUp(kit, table, sn, at, into)
  // What was only listed may leave the list again.
  if (table.module.kind !== LIST) kit.recent.set(sn, module)
  return module
}

/** The text of a listed module's field; undefined while it is not known. */
export const listedText = (kit: KitState, sn: string, name: string): string | undefined => {
  const listed = kit.modules.get(moduleKey(LIST, sn))
  return listed?.texts[listed.table.slotOf(name)]
}

/** Tells of another firmware. Call before the new one is held. */
export const noteFirmware = (
  kit: KitState,
  sn: string,
  before: string | undefined,
  at: number,
  into: LineBuilder,
): void => {
  const now = listedText(kit, sn, 'firmware')
  if (before === undefined || now === undefined || before === now) return
  kit.history.alarms.firmwareAt[sn] = at
  writeEvent(kit, sn, 'firmware_changed', `${before} to ${now}`, at, into)
}

/** Compares a list of modules with those listed before; one missing twice in a row has left. */
export const noteList = (kit: KitState, listed: ReadonlySet<string>, at: number, into: LineBuilder): void => {
  for (const [key, module] of kit.modules) {
    if (module.table.module.kind !== LIST) continue
    if (listed.has(module.sn)) kit.missing.delete(module.sn)
    else if (!kit.missing.has(module.sn)) kit.missing.add(module.sn)
    else {
      kit.modules.delete(key)
      writeEvent(kit, module.sn, 'module_left', '', at, into)
    }
  }
}

/** Tells of a restart: the uptime fell by more than late messages explain. It is the sender's, not the kit's. */
export const noteUptime = (
  kit: KitState,
  module: ModuleState,
  uptimeMs: number | undefined,
  at: number,
  into: LineBuilder,
): void => {
  if (uptimeMs === undefined || module.table.module.ofKit === true) return
  if (module.uptimeMs - uptimeMs > 60_000)
    writeEvent(kit, module.sn, 'restarted', `uptime ${Math.round(uptimeMs / 1000)} s`, at, into)
  module.uptimeMs = uptimeMs
}
