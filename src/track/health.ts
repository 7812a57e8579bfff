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
import { amperesBeforeOf, amperesOf, wattsBeforeOf, wattsOf } from './readings.ts'
import { LEAST_TOTAL_A } from './share.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'

/** Less current than this part of the full charge in an hour says little about cells. */
const STILL_SHARE = 0.1
const COLD_CHARGE_A = 0.5

/** Two words: a serial number may be one that every object has. */
const packKey = (sn: string): string => `pack ${sn}`

const packOf = ({ history: { health } }: KitState, sn: string): PackHealth => {
  const key = packKey(sn)
  health.packs[key] ??= { soc: -1, ah: 0, swings: { kept: [], seen: 0 } }
  return health.packs[key]
}

/** What the pack says beside powers, as it stands. */
const noteValues = (day: HealthDay, { values }: ModuleState, slots: PackSlots): void => {
  const coldest = values[slots.coldest]!
  const hottest = values[slots.hottest]!
  if (coldest < (day.coldestC ?? Number.POSITIVE_INFINITY)) day.coldestC = coldest
  if (hottest > (day.hottestC ?? Number.NEGATIVE_INFINITY)) day.hottestC = hottest
  const full = values[slots.full]!
  const design = values[slots.design]!
  const cycles = values[slots.cycles]!
  if (!Number.isNaN(full)) day.fullAh = full
  if (!Number.isNaN(design)) day.designAh = design
  if (!Number.isNaN(cycles)) day.cycles = cycles
}

/** The spread of the cells, where it can be compared with that of other days. */
const addSpread = (day: HealthDay, { values, readings }: ModuleState, slots: PackSlots, ms: number): void => {
  const soc = values[slots.soc]!
  const isHalf = soc >= 40 && soc <= 60
  if (!isHalf && !(soc > 95)) return
  const still = STILL_SHARE * values[slots.full]!
  const spread = values[slots.spread]!
  const isStill = Math.abs(amperesBeforeOf(readings, 0)) < still && Math.abs(amperesOf(readings, 0)) < still
  if (!isStill || Number.isNaN(spread)) return
  if (isHalf) {
    day.spread += spread * ms
    day.spreadFor += ms
  } else {
    day.fullSpread += spread * ms
    day.fullSpreadFor += ms
  }
}

/** The piece of the last stretch from share `a` to share `b` of it, `ms` long, into the day. */
const addPiece = (day: HealthDay, module: ModuleState, slots: PackSlots, a: number, b: number, ms: number): void => {
  const { readings } = module
  const before = wattsBeforeOf(readings, 0)
  const now = wattsOf(readings, 0)
  if (ms <= 0 || Number.isNaN(before + now)) return
  const from = between(before, now, a)
  const to = between(before, now, b)
  day.covered += ms
  day.charge += areaAbove(from, to, ms)
  day.discharge += areaAbove(-from, -to, ms)
  addSpread(day, module, slots, ms)
  const isCold = module.values[slots.coldest]! < 0
  if (isCold && Math.min(amperesOf(readings, 0), amperesBeforeOf(readings, 0)) > COLD_CHARGE_A) day.cold += ms
}

/** Ends the day with its piece of the last stretch, and writes it. */
const endDay = (
  kit: KitState,
  module: ModuleState,
  pack: PackHealth,
  fromAt: number,
  at: number,
  into: LineBuilder,
): number => {
  const day = pack.day!
  addPiece(day, module, slotsOf(module.table), 0, (day.endAt - fromAt) / (at - fromAt), day.endAt - fromAt)
  writeDay(kit.sn, module.sn, pack, day, into)
  return day.endAt
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
  const slots = slotsOf(module.table)
  if (pack.day === undefined || at >= pack.day.endAt) {
    const endedAt = pack.day ? endDay(kit, module, pack, begin, at, into) : 0
    pack.day = newDay(at, kit.timeZone, endedAt)
  }
  const start = Math.max(begin, pack.day.startAt)
  addPiece(pack.day, module, slots, (start - begin) / (at - begin), 1, at - start)
  noteValues(pack.day, module, slots)
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
  const total = packs.reduce((sum, { readings }) => sum + amperesOf(readings, 0), 0)
  const soc = socOfPacks(packs)
  for (const module of packs) {
    const { day } = packOf(kit, module.sn)
    if (day === undefined || at > day.endAt) continue
    if (Math.abs(total) >= LEAST_TOTAL_A) {
      day.shares += amperesOf(module.readings, 0) / total
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
    const pack = kit.history.health.packs[packKey(module.sn)]
    if (pack?.day === undefined || at < pack.day.endAt) continue
    writeDay(kit.sn, module.sn, pack, pack.day, into)
    delete pack.day
  }
}
