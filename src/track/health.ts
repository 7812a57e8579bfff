/**
 * The health of each pack, day by day. Its sums come from its stretches, so that a gap adds nothing; cells are compared at
 * comparable charge and nearly no current, since under load every cell differs. The row of a day is written when the pack
 * is heard beyond its end, or is no longer fresh.
 */
import { isFresh } from './cadence.ts'
import { freshPacks, isPack, socOfPacks } from './charge.ts'
import type { LineBuilder } from './encode.ts'
import { countCharge } from './health-charge.ts'
import { newDay, writeDay } from './health-day.ts'
import { type PackSlots, slotsOf } from './health-slots.ts'
import type { HealthDay, PackHealth } from './health-state.ts'
import { areaAbove, between } from './ramp.ts'
import { LEAST_TOTAL_A } from './share.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'

/** Less current than this part of the full charge in an hour says little about cells. */
const STILL_SHARE = 0.1
const COLD_CHARGE_A = 0.5

const packOf = ({ history: { health } }: KitState, sn: string): PackHealth => {
  health.packs[sn] ??= { soc: -1, ah: 0, swings: { kept: [], seen: 0 } }
  return health.packs[sn]
}

/** What the pack says beside powers, as it stands. */
const noteValues = (day: HealthDay, { values }: ModuleState, slots: PackSlots): void => {
  const [coldest, hottest] = [values[slots.coldest]!, values[slots.hottest]!]
  if (coldest < (day.coldestC ?? Number.POSITIVE_INFINITY)) day.coldestC = coldest
  if (hottest > (day.hottestC ?? Number.NEGATIVE_INFINITY)) day.hottestC = hottest
  const [full, design, cycles] = [values[slots.full]!, values[slots.design]!, values[slots.cycles]!]
  if (!Number.isNaN(full)) day.fullAh = full
  if (!Number.isNaN(design)) day.designAh = design
  if (!Number.isNaN(cycles)) day.cycles = cycles
}

/** The spread of the cells, where it can be compared with that of other days. */
const addSpread = (day: HealthDay, { values, readings }: ModuleState, slots: PackSlots, ms: number): void => {
  const still = STILL_SHARE * values[slots.full]!
  const [soc, spread] = [values[slots.soc]!, values[slots.spread]!]
  const isStill = Math.abs(readings.amperesBefore[0]!) < still && Math.abs(readings.amperes[0]!) < still
  if (!isStill || Number.isNaN(spread)) return
  if (soc >= 40 && soc <= 60) {
    day.spread += spread * ms
    day.spreadFor += ms
  } else if (soc > 95) {
    day.fullSpread += spread * ms
    day.fullSpreadFor += ms
  }
}

/** The piece of the last stretch from share `a` to share `b` of it, `ms` long, into the day. */
const addPiece = (day: HealthDay, module: ModuleState, a: number, b: number, ms: number): void => {
  const { watts, wattsBefore, amperes, amperesBefore } = module.readings
  const [before, now] = [wattsBefore[0]!, watts[0]!]
  if (ms <= 0 || Number.isNaN(before + now)) return
  const [from, to] = [between(before, now, a), between(before, now, b)]
  const slots = slotsOf(module.table)
  day.covered += ms
  day.charge += areaAbove(from, to, ms)
  day.discharge += areaAbove(-from, -to, ms)
  addSpread(day, module, slots, ms)
  const isCold = module.values[slots.coldest]! < 0
  if (isCold && amperes[0]! > COLD_CHARGE_A && amperesBefore[0]! > COLD_CHARGE_A) day.cold += ms
}

/** The local days that the last stretch lies in; one that is over is written. */
const addToDays = (
  kit: KitState,
  module: ModuleState,
  pack: PackHealth,
  fromAt: number,
  at: number,
  into: LineBuilder,
): void => {
  const begin = fromAt === 0 ? at : fromAt
  const share = (moment: number): number => (moment - begin) / (at - begin)
  const ended = pack.day
  if (ended && at >= ended.endAt) {
    addPiece(ended, module, 0, share(ended.endAt), ended.endAt - begin)
    writeDay(kit.sn, module.sn, pack, ended, into)
    delete pack.day
  }
  pack.day ??= newDay(at, kit.timeZone, ended?.endAt ?? 0)
  const start = Math.max(begin, pack.day.startAt)
  addPiece(pack.day, module, share(start), 1, at - start)
  noteValues(pack.day, module, slotsOf(module.table))
}

/** Call after each report of a module with meters, the stretch of which began at `fromAt`. */
export const trackHealth = (
  kit: KitState,
  module: ModuleState,
  fromAt: number,
  at: number,
  into: LineBuilder,
): void => {
  if (!isPack(module)) return
  const pack = packOf(kit, module.sn)
  addToDays(kit, module, pack, fromAt, at, into)
  countCharge(pack, module, fromAt, at)
}

/** How the packs compare at the minute `at`: their part of the current, and their state of charge. */
const compare = (kit: KitState, at: number): void => {
  const packs = freshPacks(kit, at)
  if (packs.length < 2) return
  const total = packs.reduce((sum, { readings }) => sum + readings.amperes[0]!, 0)
  const soc = socOfPacks(packs)
  for (const module of packs) {
    const { day } = packOf(kit, module.sn)
    if (day === undefined || at > day.endAt) continue
    if (Math.abs(total) >= LEAST_TOTAL_A) {
      day.shares += module.readings.amperes[0]! / total
      day.shareCount++
    }
    const difference = valueNamed(module, 'soc_pct') - soc
    if (Number.isNaN(difference)) continue
    day.differences += difference
    day.differenceCount++
  }
}

/** The whole minute `at` (epoch ms). */
export const tickHealth = (kit: KitState, at: number, into: LineBuilder): void => {
  compare(kit, at)
  for (const module of kit.modules.values()) {
    if (!isPack(module) || isFresh(module, at)) continue
    const pack = kit.history.health.packs[module.sn]
    if (pack?.day === undefined || at < pack.day.endAt) continue
    writeDay(kit.sn, module.sn, pack, pack.day, into)
    delete pack.day
  }
}
