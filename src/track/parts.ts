/** Which modules a kit's balance of power and energy is made of. */

import { LIST } from '../report/shapes.ts'
import { isFresh } from './cadence.ts'
import type { EnergyState, ModuleEnergy } from './energy-state.ts'
import { wattsOf } from './readings.ts'
import { type KitState, type ModuleState, moduleKey } from './state.ts'

const DAY_MS = 86_400_000

/** The list of modules named it once, and does not any more. */
export const isLost = (kit: KitState, { sn }: ModuleState): boolean =>
  kit.missing.has(sn) && !kit.modules.has(moduleKey(LIST, sn))

/** Whether the module has a power that belongs to the kit's balance. */
export const isMetered = ({ table: { meters } }: ModuleState): boolean =>
  meters.length > 0 && meters[0]!.flow !== 'circuit'

const isOfPacks = ({ table: { meters } }: ModuleState): boolean => meters[0]!.flow === 'battery'

/** Whether it stands for all packs together. */
export const isBank = ({ table }: ModuleState): boolean => table.module.ofKit === true

/** From such a silence on, modules may come back one after another. */
const LONG_MS = 3_600_000

/** Notes a report of a power at `at` (epoch ms). */
export const noteReport = (energy: EnergyState, at: number): void => {
  if (energy.heardAt > 0 && at - energy.heardAt > LONG_MS) {
    energy.beforeAt = energy.heardAt
    energy.returnAt = at
  }
  energy.heardAt = at
}

/** A module is counted on for a day in which the kit was heard: a silence of the whole kit says nothing of it. */
const sinceAt = ({ heardAt, history: { energy } }: KitState): number =>
  (heardAt - energy.returnAt <= DAY_MS ? energy.beforeAt : heardAt) - DAY_MS

/** Whether the kit's balance counts on the module: heard in the day before the kit was last heard, and not taken out. */
export const isPart = (kit: KitState, module: ModuleState): boolean => {
  if (!isMetered(module) || module.heardAt === 0) return false
  if (isBank(module) && kit.history.energy.packs > 0) return false
  if (isFresh(module, kit.heardAt)) return true
  return module.heardAt >= sinceAt(kit) && !isLost(kit, module)
}

/** Packs that the kit's balance counts on. */
export const countPacks = (kit: KitState): number => {
  let packs = 0
  for (const module of kit.modules.values())
    if (isMetered(module) && isOfPacks(module) && !isBank(module) && isPart(kit, module)) packs++
  return packs
}

/** Notes which powers the module ever told. Call with the meters read. */
export const noteTold = ({ readings, table: { meters } }: ModuleState, entry: ModuleEnergy): void => {
  for (let i = 0; i < meters.length; i++) if (!Number.isNaN(wattsOf(readings, i))) entry.told |= 1 << i
}

/** Whether the module has this meter, as far as is known: some have more than others. */
export const isNeeded = ({ table }: ModuleState, { told }: ModuleEnergy, meter: number): boolean =>
  !table.meters[meter]!.optional || (told & (1 << meter)) !== 0

/** What energy remembers of the module; made when it is first asked for. */
export const energyOf = (kit: KitState, module: ModuleState): ModuleEnergy => {
  const { readings, table, sn } = module
  if (readings.energy) return readings.energy
  const { modules } = kit.history.energy
  const key = moduleKey(table.module.kind, sn)
  modules[key] ??= { told: 0, heardAt: 0, quarters: [] }
  readings.energy = modules[key]
  return readings.energy
}
