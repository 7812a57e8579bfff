/**
 * Energy of a kit by quarters of an hour, and their sums over the local day, month and year. A quarter is final, and
 * written, when no later report can add to it: every module has reported past its end, or is silent. One that takes long
 * is written as it stands before. After a long pause the missed quarters follow in order, a day of them each minute.
 */

import { encodePoint } from '../store/line-protocol.ts'
import { isFresh } from './cadence.ts'
import type { LineBuilder } from './encode.ts'
import { markCharges, noteCharge } from './energy-bounds.ts'
import { calendarAt, isNextDay } from './energy-calendar.ts'
import { addJoint, settleAll } from './energy-joint.ts'
import { quarterFields, writeQuarter } from './energy-rows.ts'
import type { EnergyState, Period } from './energy-state.ts'
import { addStretch } from './energy-stretch.ts'
import { addFields, copyOf, createSum, type EnergyFields, fieldsOf } from './energy-sum.ts'
import { dayOf } from './local-day.ts'
import { countPacks, energyOf, isBank, noteReport, noteTold } from './parts.ts'
import { createQuarter, QUARTER_MS, quarterAt, quarterOf } from './quarters.ts'
import type { KitState, ModuleState } from './state.ts'

const HOUR_MS = 3_600_000
/** So long behind its end a quarter that is not final is written as it stands. */
const LATE_MS = 120_000
/** Quarters written per minute at most: a day of them. */
const MOST = 96

/** What a report at `at` tells of the time since `fromAt` (epoch ms); 0: nothing. Call with the meters read. */
export const trackEnergy = (kit: KitState, module: ModuleState, fromAt: number, at: number): void => {
  const { energy } = kit.history
  const entry = energyOf(kit, module)
  if (energy.nextAt === 0) energy.nextAt = quarterOf(at)
  noteReport(energy, at)
  noteTold(module, entry)
  const isBattery = module.table.meters[0]!.flow === 'battery'
  if (isBattery && !isBank(module) && energy.packs === 0) energy.packs = 1
  if (isBattery) noteCharge(module, entry, fromAt, at)
  entry.heardAt = at
  if (isBank(module) && energy.packs > 0) return
  if (fromAt > 0 && at > fromAt) addStretch(kit, module, entry, fromAt, at)
  addJoint(kit, module, fromAt, at)
}

/** Whether no report behind `at` can add to a quarter that ended at `endAt`. */
const isFinal = (kit: KitState, endAt: number, at: number): boolean => {
  for (const module of kit.modules.values())
    if (module.table.meters.length > 0 && module.heardAt < endAt && isFresh(module, at)) return false
  return true
}

/** Forgets what was summed up before `nextAt`. */
const goOn = (energy: EnergyState, nextAt: number): void => {
  energy.nextAt = nextAt
  for (const joint of [energy.battery, energy.solar]) joint.at = Math.max(joint.at, nextAt)
  for (const { quarters } of Object.values(energy.modules))
    while (quarters.length > 0 && quarters[0]!.startAt < nextAt) quarters.shift()
}

/** Writes the next quarter, which is final, and adds it to the calendar. */
const finish = (kit: KitState, into: LineBuilder): void => {
  const { energy } = kit.history
  const { nextAt } = energy
  const quarter = energy.quarters[0]?.startAt === nextAt ? energy.quarters.shift()! : createQuarter(nextAt)
  const fields = quarterFields(kit, quarter)
  writeQuarter(kit, nextAt, fields, into)
  const { day, month, year } = calendarAt(energy, nextAt, kit.timeZone)
  for (const period of [day, month, year]) addFields(period, fields)
  goOn(energy, nextAt + QUARTER_MS)
}

/** Writes quarters that ended a while ago as they stand; whether there were any. */
const tellLate = (kit: KitState, at: number, into: LineBuilder): boolean => {
  const { energy } = kit.history
  let isAny = false
  // What is final has its turn in the minutes to come.
  if (isFinal(kit, energy.nextAt + QUARTER_MS, at)) return false
  for (let startAt = energy.nextAt; startAt + QUARTER_MS + LATE_MS <= at; startAt += QUARTER_MS) {
    const quarter = quarterAt(energy, startAt)
    if (quarter.isTold) continue
    quarter.isTold = isAny = true
    writeQuarter(kit, startAt, quarterFields(kit, quarter), into)
  }
  return isAny
}

/** Sums of the period with those quarters of it that were written before they are final. */
const sumOf = (kit: KitState, period: Period): EnergyFields => {
  const all = copyOf(period)
  for (const quarter of kit.history.energy.quarters)
    if (quarter.isTold && quarter.startAt < period.endAt) addFields(all, quarterFields(kit, quarter))
  return fieldsOf(all)
}

const writeCalendar = (kit: KitState, into: LineBuilder): void => {
  const { calendar } = kit.history.energy
  if (calendar === undefined) return
  for (const name of ['day', 'month', 'year'] as const) {
    const { startAt, endAt, date } = calendar[name]
    into.history += encodePoint({
      measurement: `energy_${name}`,
      tags: { kit_sn: kit.sn },
      fields: { ...sumOf(kit, calendar[name]), local_date: date, hours_count: (endAt - startAt) / HOUR_MS },
      at: startAt,
    })
  }
}

/** The minute `at` (epoch ms): appends the rows of quarters that are over. */
export const tickEnergy = (kit: KitState, at: number, into: LineBuilder): void => {
  const { energy } = kit.history
  if (energy.nextAt === 0) return
  energy.packs = countPacks(kit)
  settleAll(kit, at)
  markCharges(kit, at)
  let isNews = false
  for (let i = 0; i < MOST && energy.nextAt + QUARTER_MS <= at; i++) {
    if (!isFinal(kit, energy.nextAt + QUARTER_MS, at)) break
    if (isNews && isNextDay(energy, energy.nextAt)) writeCalendar(kit, into)
    finish(kit, into)
    isNews = true
  }
  if (tellLate(kit, at, into) || isNews) writeCalendar(kit, into)
}

const TODAY = ['solar', 'dc_in', 'ac_in', 'battery_charge', 'battery_discharge', 'ac_out', 'dc_out', 'load'] as const

/** The fields of the kit's row that sum up the local day so far, up to the last reports. */
export const todayFields = (kit: KitState, at: number): Readonly<Record<string, number>> => {
  const { energy } = kit.history
  if (energy.nextAt === 0) return {}
  const day = energy.calendar?.day
  const known = day && at < day.endAt ? day : undefined
  const isNext = day && at - day.endAt < HOUR_MS
  const startAt = known?.startAt ?? (isNext ? day.endAt : dayOf(at, kit.timeZone).startAt)
  const sum = known ? copyOf(known) : createSum()
  for (const quarter of energy.quarters) if (quarter.startAt >= startAt) addFields(sum, quarterFields(kit, quarter))
  const sums = fieldsOf(sum)
  const fields: Record<string, number> = { today_covered_s: sums.covered_s ?? 0 }
  // What no quarter tells is not known, and not 0.
  for (const name of TODAY) {
    const wh = sums[`${name}_wh`]
    if (wh !== undefined) fields[`today_${name}_wh`] = wh
  }
  return fields
}
