/**
 * A stretch of a module into the quarters that it lies in: each of its powers ramps from what it was at the report before
 * to what it is now. What is not known at both ends adds nothing, and the module covers only time in which every power
 * that it has is known.
 */

import type { Flow } from '../catalogue/flows.ts'
import type { MeterSlots, ModuleTable } from '../catalogue/table.ts'
import type { ModuleEnergy, ModuleQuarter, Sums } from './energy-state.ts'
import { flowOf } from './meters.ts'
import { isNeeded } from './parts.ts'
import { moduleQuarterAt, QUARTER_MS, quarterAt, quarterOf } from './quarters.ts'
import { areaAbove, between, rampStart } from './ramp.ts'
import { amperesBeforeOf, amperesOf, wattsBeforeOf, wattsOf } from './readings.ts'
import type { KitState, ModuleState } from './state.ts'

/** Whether every power that the module has is known at both ends of the stretch. */
const isCovered = (module: ModuleState, entry: ModuleEnergy): boolean => {
  const { readings, table } = module
  for (let i = 0; i < table.meters.length; i++)
    if (Number.isNaN(wattsBeforeOf(readings, i) + wattsOf(readings, i)) && isNeeded(module, entry, i)) return false
  return true
}

const isFromSun = ({ values }: ModuleState, { sun, sunSays }: MeterSlots): boolean =>
  sun >= 0 && values[sun] === sunSays

/** What a meter of the balance adds: what flows against the DC input leaves the kit; of others, below zero is noise. */
const addFlow = (kit: KitState, module: ModuleState, meter: MeterSlots, sums: Sums, above: number, below: number) => {
  const flow = flowOf(module, meter) as Exclude<Flow, 'battery'>
  sums[flow] += above
  if (meter.flow === 'dc_in') sums.dc_out += below
  if (flow === 'ac_in' && kit.site.acInput === 'generator') sums.generator += above
  if (flow === 'dc_in' && isFromSun(module, meter)) sums.dc_in_solar += above
}

/** Sums of a module's own: of a pack W·ms in and out and A·ms in and out, of a panel W·ms and ms of each circuit. */
const sizeOf = ({ meters }: ModuleTable): number => {
  const { flow } = meters[0]!
  return flow === 'circuit' ? 2 * meters.length : flow === 'battery' ? 4 : 0
}

const addAmperes = ({ sums }: ModuleQuarter, from: number, to: number, ms: number): void => {
  if (Number.isNaN(from + to)) return
  sums[2]! += areaAbove(from, to, ms)
  sums[3]! += areaAbove(-from, -to, ms)
}

/** Watts that come without volts and amperes are cut off to whole ones: on average half a watt more flows. */
const CUT_OFF_W = 0.5

const meant = ({ flow, volts }: MeterSlots, watts: number): number =>
  watts > 0 && volts < 0 && flow !== 'battery' ? watts + CUT_OFF_W : watts

/** The piece of a stretch from share `a` to share `b` of it, `ms` long, that lies in the quarter `own`. */
const addPiece = (kit: KitState, module: ModuleState, own: ModuleQuarter, a: number, b: number, ms: number): void => {
  const { meters } = module.table
  const { readings } = module
  for (let i = 0; i < meters.length; i++) {
    const meter = meters[i]!
    const before = meant(meter, wattsBeforeOf(readings, i))
    const now = meant(meter, wattsOf(readings, i))
    if (Number.isNaN(before + now)) continue
    const from = between(before, now, a)
    const to = between(before, now, b)
    const above = areaAbove(from, to, ms)
    const below = areaAbove(-from, -to, ms)
    if (meter.flow === 'circuit') {
      own.sums[2 * i]! += above
      own.sums[2 * i + 1]! += ms
    } else if (meter.flow === 'battery') {
      own.sums[0]! += above
      own.sums[1]! += below
      const amperesBefore = amperesBeforeOf(readings, i)
      const amperes = amperesOf(readings, i)
      addAmperes(own, between(amperesBefore, amperes, a), between(amperesBefore, amperes, b), ms)
    } else addFlow(kit, module, meter, quarterAt(kit.history.energy, own.startAt).sums, above, below)
  }
}

/**
 * Adds the part of a stretch from `fromAt` to `toAt` (epoch ms), over which powers go the share `b` of their way:
 * none while they hold, all of it while they ramp.
 */
const addPart = (
  kit: KitState,
  module: ModuleState,
  entry: ModuleEnergy,
  fromAt: number,
  toAt: number,
  hasCover: boolean,
  b: number,
): void => {
  const size = sizeOf(module.table)
  const perMs = b / (toAt - fromAt)
  for (let start = Math.max(fromAt, kit.history.energy.nextAt); start < toAt; ) {
    const quarter = quarterOf(start)
    const end = Math.min(toAt, quarter + QUARTER_MS)
    const own = moduleQuarterAt(entry, quarter, size)
    if (hasCover) own.coveredMs += end - start
    addPiece(kit, module, own, (start - fromAt) * perMs, (end - fromAt) * perMs, end - start)
    start = end
  }
}

/** Adds the stretch from `fromAt` to `at` (epoch ms); what lies in quarters that are final is left out. */
export const addStretch = (
  kit: KitState,
  module: ModuleState,
  entry: ModuleEnergy,
  fromAt: number,
  at: number,
): void => {
  const hasCover = isCovered(module, entry)
  const rampAt = rampStart(fromAt, at)
  if (rampAt > fromAt) addPart(kit, module, entry, fromAt, rampAt, hasCover, 0)
  addPart(kit, module, entry, rampAt, at, hasCover, 1)
}
