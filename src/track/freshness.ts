/**
 * How a kit or module is doing at a time: the verdicts, from what was heard and what speaks against it. Pure: it asks
 * the state and changes nothing. A kit has three clocks: `pushedAt` (its last message; pushes carry only what changed,
 * so that is its last changed content too), `evidence.movedAt` (the last answer that differed without pushes), and
 * `heardAt` (the last sign of life that is believed, see belief.ts). The numbers are the kit's: see numbers.ts.
 */
import { isFresh, kitToleranceMs, silenceOf, toleranceOf } from './cadence.ts'
import { gapFloorMs } from './numbers.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'
import { isCurrent, type Verdict } from './verdict.ts'

const KIND_OF_INVERTER = 'iclow'

/** Whether the kit pushes: its last push is not older than its silence threshold. */
export const isPushing = (kit: KitState, at: number): boolean => kit.pushedAt > 0 && at - kit.pushedAt <= silenceOf(kit)

/** Whether the last poll could not be told from an old snapshot: another one soon will tell. */
export const isUnproven = (kit: KitState): boolean => kit.evidence.isUnproven

/** Whether this module, as last told, is an inverter in low power mode. */
const saysAsleep = (module: ModuleState): boolean => valueNamed(module, 'is_low_power') === 1

/** Whether the last word of the kit's inverters was that they sleep. */
export const isAsleep = (kit: KitState): boolean => {
  const inverters = [...kit.modules.values()].filter(({ table }) => table.module.kind === KIND_OF_INVERTER)
  return inverters.length > 0 && inverters.every(saysAsleep)
}

/** Whether the cloud says that the kit is not connected, and nothing that was heard since says otherwise. */
const isAway = (kit: KitState, isHeardOf: boolean): boolean =>
  kit.isOnline === false && (kit.heardAt <= kit.evidence.offlineAt || !isHeardOf)

const isFrozen = ({ evidence, heardAt, numbers }: KitState, at: number): boolean =>
  evidence.staleAt > heardAt && at - heardAt > numbers.frozenMs

/**
 * How the kit is doing at `at` (epoch ms): the first that holds. Pushes outrank all; that the cloud is down or says
 * "offline" counts at once, unless a believed sign of life is younger; an old snapshot is told by its polls before
 * its silence is.
 */
export const kitVerdict = (kit: KitState, at: number): Verdict => {
  const { evidence, heardAt, numbers } = kit
  if (isPushing(kit, at)) return 'live'
  const isHeardOf = heardAt > 0 && at - heardAt <= kitToleranceMs(kit)
  if (evidence.downAt > 0 && (heardAt <= evidence.downAt || !isHeardOf)) return 'cloud_down'
  if (isAway(kit, isHeardOf)) return 'offline'
  if (heardAt === 0) return 'unheard'
  if (isFrozen(kit, at)) return 'frozen'
  if (!isHeardOf) return 'silent'
  if (evidence.movedAt > 0 && at - evidence.movedAt <= gapFloorMs(numbers)) return 'degraded'
  return isAsleep(kit) ? 'asleep' : 'quiet'
}

/**
 * How the module is doing at `at` (epoch ms), in a kit of this verdict. While the kit is not current, neither is any
 * module; while it is, a module that is not fresh is silent on its own.
 */
const moduleVerdictIn = (kit: Verdict, module: ModuleState, at: number): Verdict => {
  if (module.heardAt === 0) return 'unheard'
  if (!isCurrent(kit)) return kit
  if (!isFresh(module, at)) return 'silent'
  if (kit === 'live' && module.lastPushAt > 0 && at - module.lastPushAt <= toleranceOf(module)) return 'live'
  if (saysAsleep(module)) return 'asleep'
  return kit === 'live' ? 'quiet' : kit
}

/** How the module is doing at `at` (epoch ms). */
export const moduleVerdict = (kit: KitState, module: ModuleState, at: number): Verdict =>
  moduleVerdictIn(kitVerdict(kit, at), module, at)
