/**
 * What uncovered time may have brought into the packs: bounds from the change of their charge. Each minute the charge of
 * a fresh pack is marked; after a gap, the change since the mark less what reports tell of the rest is the gap's own.
 * Charge times voltage is energy; what is charged and drawn again within the gap leaves losses, which only add to what
 * went in.
 */

import { isFresh } from './cadence.ts'
import type { ChargeMark, ModuleEnergy, Quarter } from './energy-state.ts'
import { isPart } from './parts.ts'
import { quarterAt, quarterOf } from './quarters.ts'
import { rampStart } from './ramp.ts'
import { amperesBeforeOf, amperesOf, wattsBeforeOf, wattsOf } from './readings.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'

const HOUR_MS = 3_600_000
const NOMINAL_V = 51.2
/** Lowest and highest voltage of a pack of 16 cells. */
const LEAST_V = 44.8
const MOST_V = 57.6
/** How far the voltage within a gap may lie from that at its ends. */
const SWING_V = 1.5
/** How far charge that is counted drifts (Ah), and state of charge that is cut off to whole percent (%). */
const DRIFT_AH = 0.1
const ROUGH_PCT = 1
/** Losses within a gap: a pack that is charged and drawn so fast that it is full in so many hours, at so many volts between. */
const FULL_HOURS = 10
const LOST_V = 2
/** So long the exact charge is waited for, then the state of charge has to do. */
const PATIENCE_MS = 180_000

const known = (value: number): number => (Number.isNaN(value) ? -1 : value)

const markOf = (module: ModuleState): ChargeMark => ({
  ah: known(valueNamed(module, 'capacity_left_ah')),
  soc: known(valueNamed(module, 'soc_pct')),
  volts: known(valueNamed(module, 'voltage_v')),
  net: 0,
  uncoveredAt: 0,
  uncoveredMs: 0,
})

/** What the pack carried over the stretch to `at`; `fromAt` 0 or a current that is not known leave it uncovered. */
export const noteCharge = (module: ModuleState, entry: ModuleEnergy, fromAt: number, at: number): void => {
  const { mark, heardAt } = entry
  const { readings } = module
  if (mark === undefined || at <= heardAt) return
  const isTold = !Number.isNaN(amperesBeforeOf(readings, 0) + amperesOf(readings, 0))
  const before = isTold ? amperesBeforeOf(readings, 0) : wattsBeforeOf(readings, 0) / NOMINAL_V
  const now = isTold ? amperesOf(readings, 0) : wattsOf(readings, 0) / NOMINAL_V
  const rampAt = rampStart(fromAt, at)
  if (fromAt > 0 && !Number.isNaN(before + now))
    mark.net += before * (rampAt - fromAt) + ((before + now) / 2) * (at - rampAt)
  else {
    mark.uncoveredAt = at
    mark.uncoveredMs += at - heardAt
  }
}

const isToldSince = (module: ModuleState, name: string, at: number): boolean =>
  module.polledAt >= at || module.pushedAt[module.table.slotOf(name)]! >= at

/** Change of charge in uncovered time: at least and at most (Ah); undefined while it is not known. */
const changeOf = (module: ModuleState, mark: ChargeMark, at: number): [least: number, most: number] | undefined => {
  const { ah, soc, net, uncoveredAt } = mark
  const now = markOf(module)
  const told = net / HOUR_MS
  if (ah >= 0 && now.ah >= 0 && isToldSince(module, 'capacity_left_ah', uncoveredAt))
    return [now.ah - ah - told - DRIFT_AH, now.ah - ah - told + DRIFT_AH]
  if (ah >= 0 && at - uncoveredAt < PATIENCE_MS) return undefined
  const percent = capacityOf(module) / 100
  if (!(soc >= 0 && now.soc >= 0 && percent > 0 && isToldSince(module, 'soc_pct', uncoveredAt))) return undefined
  return [(now.soc - soc - ROUGH_PCT) * percent - told, (now.soc - soc + ROUGH_PCT) * percent - told]
}

const capacityOf = (module: ModuleState): number =>
  valueNamed(module, 'capacity_full_ah') || valueNamed(module, 'capacity_design_ah') || 0

const addBounds = (quarter: Quarter, module: ModuleState, mark: ChargeMark, [low, high]: [number, number]): void => {
  const now = valueNamed(module, 'voltage_v')
  const isKnown = mark.volts > 0 && now > 0
  const leastV = isKnown ? Math.max(LEAST_V, Math.min(mark.volts, now) - SWING_V) : LEAST_V
  const mostV = isKnown ? Math.min(MOST_V, Math.max(mark.volts, now) + SWING_V) : MOST_V
  const swings = mark.uncoveredMs / HOUR_MS / FULL_HOURS
  const { least, most } = quarter.uncovered ?? { least: 0, most: 0 }
  quarter.uncovered = {
    least: least + low * (low > 0 ? leastV : mostV),
    most: most + high * (high > 0 ? mostV : leastV) + capacityOf(module) * swings * LOST_V,
  }
}

/** Marks the charge of every fresh pack at the minute `at`, and tells what uncovered time before it may have brought. */
export const markCharges = (kit: KitState, at: number): void => {
  const { energy } = kit.history
  for (const module of kit.modules.values()) {
    const entry = module.readings.energy
    if (module.table.meters[0]?.flow !== 'battery' || !entry || !isPart(kit, module) || !isFresh(module, at)) continue
    const { mark } = entry
    if (mark && mark.uncoveredAt > 0) {
      const change = changeOf(module, mark, at)
      if (change === undefined) continue
      addBounds(quarterAt(energy, Math.max(energy.nextAt, quarterOf(mark.uncoveredAt))), module, mark, change)
    }
    entry.mark = markOf(module)
  }
}
