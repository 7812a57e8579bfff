/**
 * What a sign of life, or its absence, changes: gaps end or go on, cadences are learnt, what was held before a gap is
 * forgotten, and a change of the verdict becomes an event.
 *
 * One event tells each change of a kit's verdict; only between `quiet`, `asleep` and `degraded` no way back is told,
 * which a kit that idles would go every few minutes. A module's own verdict is told when its own gap begins or ends:
 * what it shares with its kit is the kit's event.
 */
import type { Via } from '../report/report.ts'
import { isFresh, learnCadence, learnPushCadence } from './cadence.ts'
import type { LineBuilder } from './encode.ts'
import { ALL, writeEvent } from './events.ts'
import { kitVerdict, moduleVerdict } from './freshness.ts'
import { endKitGap, endModuleGap, lookAtKit, lookAtModule } from './gaps.ts'
import { gapFloorMs } from './numbers.ts'
import { forget, type KitState, type ModuleState } from './state.ts'
import { isCurrent, VERDICTS, type Verdict } from './verdict.ts'

/** Current, and not by pushes. */
const isBetween = (verdict: Verdict): boolean => verdict !== 'live' && isCurrent(verdict)

const isWayBack = (told: Verdict, now: Verdict): boolean =>
  isBetween(told) && isBetween(now) && VERDICTS[now].code < VERDICTS[told].code

/** Tells of a changed verdict of the kit at `at` (epoch ms). */
export const noteVerdict = (kit: KitState, at: number, into: LineBuilder): void => {
  const { ledger } = kit
  const now = kitVerdict(kit, at)
  if (now === ledger.told || (ledger.told !== '' && isWayBack(ledger.told, now))) return
  if (ledger.told !== '') writeEvent(kit, ALL, 'verdict_changed', `${ledger.told} to ${now}`, at, into)
  ledger.told = now
}

const hearKit = (kit: KitState, via: Via, at: number, into: LineBuilder): void => {
  const { ledger } = kit
  if (ledger.gap !== undefined || at - kit.heardAt > gapFloorMs(kit.numbers)) endKitGap(kit, at, into)
  if (ledger.firstAt === 0) ledger.firstAt = at
  kit.heardAt = Math.max(kit.heardAt, at)
  if (via === 'poll') return
  learnPushCadence(kit, at)
  kit.pushedAt = Math.max(kit.pushedAt, at)
  kit.evidence.isUnproven = false
  if (ledger.told !== 'live') noteVerdict(kit, at, into)
}

/** A push, or a poll that is believed, came from the kit. */
export const hearOf = (kit: KitState, via: Via, at: number, into: LineBuilder): void => {
  if (kit.heardAt !== at || (via === 'push' && kit.pushedAt !== at)) hearKit(kit, via, at, into)
}

/** After a gap nothing held before counts any more. */
const noteReturn = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  if (!isFresh(module, at)) forget(module)
  if (module.table.module.ofKit !== true) endModuleGap(kit, module, at, into)
}

/**
 * A push, or a poll that is believed, told of the module. Gives back since when what was held of it is known to have
 * held: its report before (epoch ms), 0 after a gap and at the first report ever.
 */
export const hear = (kit: KitState, module: ModuleState, via: Via, at: number, into: LineBuilder): number => {
  const { heardAt } = module
  hearOf(kit, via, at, into)
  const wasMissed = module.gap !== undefined
  const wasHeld = !wasMissed && isFresh(module, at)
  if (wasMissed || (module.heardAt > 0 && at - module.heardAt > gapFloorMs(module.numbers)))
    noteReturn(kit, module, at, into)
  const isOwn = kit.ledger.explainedAt <= module.heardAt
  if (via === 'push') {
    learnCadence(module, module.lastPushAt, isOwn, at)
    module.lastPushAt = at
  } else if (module.lastPushAt === 0) learnCadence(module, module.heardAt, isOwn, at)
  module.heardAt = at
  module.reports++
  if (wasMissed) writeEvent(kit, module.sn, 'verdict_changed', `silent to ${moduleVerdict(kit, module, at)}`, at, into)
  return wasHeld && isOwn ? heardAt : 0
}

/** Nothing in the report could be used, of the module or of the whole kit. */
export const noteRefused = (kit: KitState, module: ModuleState | undefined, at: number): void => {
  if (module) module.refusedAt = at
  else kit.evidence.refusedAt = at
}

/** Looks at the kit's holes and its verdict at `at` (epoch ms): each minute, and when something speaks of it. */
export const lookAt = (kit: KitState, at: number, into: LineBuilder): void => {
  lookAtKit(kit, at, into)
  noteVerdict(kit, at, into)
}

/** The cloud's word on whether the kit is connected; undefined where it says nothing. */
export const noteOnline = (kit: KitState, isOnline: boolean | undefined, at: number, into: LineBuilder): void => {
  if (isOnline === undefined || isOnline === kit.isOnline) return
  lookAtKit(kit, at, into)
  if (kit.isOnline !== undefined || !isOnline)
    writeEvent(kit, ALL, isOnline ? 'came_online' : 'went_offline', '', at, into)
  // A word that comes and goes is no new sign of life: the first one alone counts.
  if (isOnline && kit.isOnline === undefined) kit.evidence.onlineAt = at
  if (!isOnline) kit.evidence.offlineAt = at
  kit.isOnline = isOnline
  lookAtKit(kit, at, into)
}

/** The cloud of the kit cannot be reached since a time, for a reason; undefined: it can again. */
export const noteDown = (
  kit: KitState,
  reason: string | undefined,
  sinceAt: number,
  at: number,
  into: LineBuilder,
): void => {
  lookAtKit(kit, at, into)
  if (reason === undefined) kit.evidence.downAt = 0
  else if (kit.evidence.downAt === 0) {
    kit.evidence.downAt = sinceAt
    kit.evidence.downText = reason
  }
  lookAt(kit, at, into)
}

/** Looks at the holes of the kit's modules. */
export const lookAtModules = (kit: KitState, at: number, into: LineBuilder): void => {
  for (const module of kit.modules.values()) {
    if (module.table.module.ofKit === true || module.heardAt === 0) continue
    const wasTold = module.gap !== undefined
    lookAtModule(kit, module, at, into)
    if (wasTold || module.gap === undefined) continue
    const before: Verdict = module.lastPushAt === module.heardAt ? 'live' : 'quiet'
    writeEvent(kit, module.sn, 'verdict_changed', `${before} to ${moduleVerdict(kit, module, at)}`, at, into)
  }
}
