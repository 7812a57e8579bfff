/**
 * What only all modules of a kind together can tell: what goes in and out of all packs, and for how long there is sun.
 * It is summed up as far as every one of them has reported that is not silent.
 */

import { isFresh } from './cadence.ts'
import type { EnergyState, Joint } from './energy-state.ts'
import { addRamp, earliest, isFull, sumUp, type Totals } from './joint.ts'
import { flowOf } from './meters.ts'
import { isBank } from './parts.ts'
import { QUARTER_MS, quarterAt, quarterOf } from './quarters.ts'
import { rampStart } from './ramp.ts'
import { wattsBeforeOf, wattsOf } from './readings.ts'
import type { KitState, ModuleState } from './state.ts'

/** From this power on the sun counts as shining (W). */
const SUN_W = 20

type Group = 'battery' | 'solar_1'

const totals: Totals = { above: 0, below: 0, highMs: 0 }

const isOf = (module: ModuleState, group: Group, hasPacks: boolean): boolean =>
  module.table.meters[0]?.flow === group && !(hasPacks && isBank(module))

/** How far all fresh modules of the group have reported; `at` where none is fresh. */
const frontOf = (kit: KitState, group: Group, at: number): number => {
  const hasPacks = kit.history.energy.packs > 0
  let front = Number.POSITIVE_INFINITY
  for (const module of kit.modules.values())
    if (module.heardAt < front && isOf(module, group, hasPacks) && isFresh(module, at)) front = module.heardAt
  return Math.min(front, at)
}

/** Sums up to `untilAt`, quarter by quarter. */
const settleTo = (energy: EnergyState, group: Group, joint: Joint, untilAt: number): void => {
  for (;;) {
    const fromAt = Math.max(joint.at, earliest(joint))
    if (fromAt >= untilAt) break
    const startAt = quarterOf(fromAt)
    joint.at = fromAt
    sumUp(joint, Math.min(untilAt, startAt + QUARTER_MS), SUN_W, totals)
    const { sums } = quarterAt(energy, startAt)
    if (group === 'battery') {
      sums.charge += totals.above
      sums.discharge += totals.below
    } else sums.sun += totals.highMs
  }
  joint.at = untilAt
}

const settle = (kit: KitState, group: Group, joint: Joint, at: number): void => {
  const front = isFull(joint) ? at : frontOf(kit, group, at)
  if (front > joint.at) settleTo(kit.history.energy, group, joint, front)
}

/** Sum of what the module's meters of the group ramp from (`isNow` false) or to; NaN where none of them is known. */
const rampEnd = (module: ModuleState, group: Group, isNow: boolean): number => {
  const { table, readings } = module
  let sum = Number.NaN
  for (let i = 0; i < table.meters.length; i++) {
    const now = wattsOf(readings, i)
    const before = wattsBeforeOf(readings, i)
    if (Number.isNaN(now + before)) continue
    const end = isNow ? now : before
    const flow = flowOf(module, table.meters[i]!)
    if (group === 'battery' ? flow === group : flow === 'solar_1' || flow === 'solar_2')
      sum = Number.isNaN(sum) ? end : sum + end
  }
  return sum
}

/** Adds the stretch of a pack, or of a solar charger; of other modules nothing. */
export const addJoint = (kit: KitState, module: ModuleState, fromAt: number, at: number): void => {
  const group = module.table.meters[0]!.flow
  if (group !== 'battery' && group !== 'solar_1') return
  const { energy } = kit.history
  const joint = group === 'battery' ? energy.battery : energy.solar
  const [from, to] = [rampEnd(module, group, false), rampEnd(module, group, true)]
  if (fromAt > 0 && at > fromAt && !Number.isNaN(from + to)) {
    const rampAt = rampStart(fromAt, at)
    if (rampAt > fromAt) addRamp(joint, fromAt, rampAt, from, from)
    addRamp(joint, rampAt, at, from, to)
  }
  settle(kit, group, joint, at)
}

/** Goes on without the modules that are silent at `at`. */
export const settleAll = (kit: KitState, at: number): void => {
  settle(kit, 'battery', kit.history.energy.battery, at)
  settle(kit, 'solar_1', kit.history.energy.solar, at)
}
