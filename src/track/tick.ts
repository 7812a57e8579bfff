/**
 * The whole minute: keyframes of every live module, so that each short window answers; active errors again; and the
 * complete status rows. What is missing is looked at before. Settings are in the keyframe of the whole hour only.
 */
import { LIST } from '../report/shapes.ts'
import { isKnownNow } from './cadence.ts'
import { writeCircuitNames } from './circuit-names.ts'
import { rollDay } from './completeness.ts'
import { type LineBuilder, nextStamp, writeSlots } from './encode.ts'
import { repeatErrors } from './errors.ts'
import { lookAt, lookAtModules } from './hearing.ts'
import { tickHistory } from './history.ts'
import { writeStatusRows } from './rows.ts'
import { writeShares } from './share.ts'
import { tickSite } from './site.ts'
import type { KitState, ModuleState, TrackState } from './state.ts'

const HOUR_MS = 3_600_000

const keyframe = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  const isHour = at % HOUR_MS === 0
  const slots = module.table.slots.filter((slot) => isHour || !slot.isSetting).map((slot) => slot.index)
  if (slots.some((slot) => !Number.isNaN(module.values[slot]!)))
    writeSlots(module, kit.sn, slots, nextStamp(module, at), into)
}

const tickKit = (kit: KitState, at: number, into: LineBuilder): void => {
  rollDay(kit, at)
  lookAt(kit, at, into)
  lookAtModules(kit, at, into)
  for (const module of kit.modules.values()) {
    if (module.table.module.kind === LIST || !isKnownNow(kit, module, at)) continue
    keyframe(kit, module, at, into)
    repeatErrors(kit, module, at, into)
  }
  writeShares(kit, at, into)
  writeCircuitNames(kit, at, into)
  tickSite(kit, at, into)
  tickHistory(kit, at, into)
  writeStatusRows(kit, at, into)
}

/** The minute `at` (epoch ms, whole) for every kit whose position modulo `parts` is `part`: large fleets take turns. */
export const trackTick = (state: TrackState, at: number, part: number, parts: number, into: LineBuilder): void => {
  let position = 0
  for (const kit of state.kits.values()) if (position++ % parts === part) tickKit(kit, at, into)
}
