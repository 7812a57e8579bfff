/** How much of a kit's local day is covered by its reports: all that is in no gap. */
import { dayOf } from './local-day.ts'
import type { KitState } from './state.ts'

/** Goes on to the local day in which `at` (epoch ms) lies. A change of the time zone counts from the next day on. */
export const rollDay = ({ ledger, timeZone }: KitState, at: number): void => {
  if (at < ledger.dayEndAt) return
  const { startAt, endAt } = dayOf(at, timeZone)
  ledger.dayAt = startAt
  ledger.dayEndAt = endAt
  ledger.missingMs = 0
}

/** A stretch is missing, and over. */
export const noteMissing = (kit: KitState, fromAt: number, toAt: number): void => {
  rollDay(kit, toAt)
  kit.ledger.missingMs += Math.max(0, toAt - Math.max(fromAt, kit.ledger.dayAt))
}

/** Share of the local day so far, since the first report ever, that no gap covers; NaN while nothing can be said. */
export const completenessPct = ({ ledger }: KitState, at: number): number => {
  const { firstAt, dayAt, dayEndAt, gap, missingMs } = ledger
  const fromAt = Math.max(dayAt, firstAt)
  if (firstAt === 0 || at >= dayEndAt || at <= fromAt) return Number.NaN
  const open = gap === undefined ? 0 : Math.max(0, at - Math.max(gap.startAt, dayAt))
  const share = 1 - (missingMs + open) / (at - fromAt)
  return Math.round(Math.min(1, Math.max(0, share)) * 1e4) / 100
}
