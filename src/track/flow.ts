/**
 * The kit's balance of power as it stands: every flow from the last known powers of the modules that it is made of. A
 * flow is covered while all of them are fresh; one that is not has no number. Rows tell of changes, at most one a second,
 * and of every minute.
 */

import { FLOWS, type Flow } from '../catalogue/flows.ts'
import { isKnownNow } from './cadence.ts'
import type { LineBuilder } from './encode.ts'
import { FLOW_POWERS, flowLine, flowRow } from './flow-line.ts'
import { noteFlowRow } from './hourly-kit.ts'
import { flowOf } from './meters.ts'
import { gapFloorMs } from './numbers.ts'
import { energyOf, isMetered, isNeeded, isPart } from './parts.ts'
import { wattsOf } from './readings.ts'
import type { KitState, ModuleState } from './state.ts'

const NAMES = Object.keys(FLOWS) as Flow[]
const PLACE = Object.fromEntries(NAMES.map((name, place) => [name, place])) as Record<Flow, number>
const ALL = 2 ** NAMES.length - 1
const LEAST_MS = 1000
/** A flow that moved by more than both is news. */
const MOVED_W = 1
const MOVED_SHARE = 0.005

/** The flows now: watts in the order of FLOWS, and which of them are covered, bit by bit. */
interface Now {
  readonly watts: Float64Array
  covered: number
}

const now: Now = { watts: new Float64Array(NAMES.length), covered: 0 }

/** Adds the module's powers; gives back `seen`, the flows that the kit has modules for, with those of this one. */
const addModule = (kit: KitState, module: ModuleState, at: number, seen: number): number => {
  const { meters } = module.table
  const entry = energyOf(kit, module)
  const isNow = isKnownNow(kit, module, at)
  let all = seen
  for (let i = 0; i < meters.length; i++) {
    if (!isNeeded(module, entry, i)) continue
    const flow = flowOf(module, meters[i]!) as Flow
    const watts = wattsOf(module.readings, i)
    const own = meters[i]!.flow as Flow
    all |= 1 << PLACE[flow]
    // It may have changed its direction, or what feeds it, since.
    if (!isNow || Number.isNaN(watts)) now.covered &= ~((1 << PLACE[flow]) | (1 << PLACE[own]))
    else if (flow === 'battery') now.watts[PLACE.battery]! += watts
    else if (watts > 0) now.watts[PLACE[flow]]! += watts
    else if (own === 'dc_in') now.watts[PLACE.dc_out]! -= watts
  }
  return all
}

/** Reads the flows at `at` into `now`. What the kit has no module for is 0, once its modules had time to speak. */
const readFlows = (kit: KitState, at: number): void => {
  now.watts.fill(0)
  now.covered = ALL
  let seen = 0
  for (const module of kit.modules.values())
    if (isMetered(module) && isPart(kit, module)) seen = addModule(kit, module, at, seen)
  const { firstAt } = kit.ledger
  if (firstAt === 0 || at - firstAt < gapFloorMs(kit.numbers)) now.covered &= seen
}

const hasMoved = (kit: KitState): boolean => {
  const { watts, covered } = kit.history.flow
  if (covered !== now.covered) return true
  for (let i = 0; i < now.watts.length; i++) {
    const [before, after] = [watts[i]!, now.watts[i]!]
    const moved = Math.abs(after - before)
    if (moved > MOVED_W && moved > MOVED_SHARE * Math.abs(before) && (covered & (1 << i)) !== 0) return true
  }
  return false
}

const write = (kit: KitState, at: number, into: LineBuilder): void => {
  const { flow } = kit.history
  flow.rowAt = at
  flow.covered = now.covered
  for (let i = 0; i < now.watts.length; i++) flow.watts[i] = now.watts[i]!
  const row = flowRow(now.watts, now.covered)
  into.raw += flowLine(kit.sn, row, at)
  noteFlowRow(kit, row, at, into)
}

/** What the sun brought as of the last row (W); NaN where it is not covered. */
export const solarOf = ({ history: { flow } }: KitState): number => {
  const places = [PLACE.solar_1, PLACE.solar_2]
  const isCovered = places.every((place) => (flow.covered & (1 << place)) !== 0)
  return isCovered ? places.reduce((sum, place) => sum + flow.watts[place]!, 0) : Number.NaN
}

/** Tells of a change, once a report at `at` (epoch ms) is merged. */
export const trackFlow = (kit: KitState, at: number, into: LineBuilder): void => {
  if (at - kit.history.flow.rowAt < LEAST_MS) return
  readFlows(kit, at)
  if (hasMoved(kit)) write(kit, at, into)
}

/** The row of the minute `at` (epoch ms), of a kit that was ever heard. */
export const tickFlow = (kit: KitState, at: number, into: LineBuilder): void => {
  if (kit.ledger.firstAt === 0 || at - kit.history.flow.rowAt < LEAST_MS) return
  readFlows(kit, at)
  write(kit, at, into)
}

/**
 * The powers of a row at `at` (epoch ms), by the names of its fields: only those that are covered. Undefined for a kit
 * that was never heard, or keeps no history. The state stays as it is.
 */
export const flowNow = (kit: KitState, at: number): Readonly<Record<string, number>> | undefined => {
  if (kit.ledger.firstAt === 0 || !kit.keepsHistory) return undefined
  readFlows(kit, at)
  const row = flowRow(now.watts, now.covered)
  return Object.fromEntries(FLOW_POWERS.flatMap((name, i) => (Number.isNaN(row[i]!) ? [] : [[name, row[i]!]])))
}
