/** The row of a pack's local day: sums over its stretches, means over its minutes, and what it last told. */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import { efficiencyOf } from './health-cycles.ts'
import type { HealthDay, PackHealth } from './health-state.ts'
import { usableOf } from './health-swings.ts'
import { dateOf, dayOf } from './local-day.ts'

const MS_PER_HOUR = 3_600_000

const NOTHING = {
  ...{ covered: 0, charge: 0, discharge: 0, cold: 0 },
  ...{ spread: 0, spreadFor: 0, fullSpread: 0, fullSpreadFor: 0 },
  ...{ shares: 0, shareCount: 0, differences: 0, differenceCount: 0 },
}

/** The local day of `at`, of which nothing is known yet; a day of another time zone begins where the last one ended. */
export const newDay = (at: number, timeZone: string, notBefore: number): HealthDay => {
  const { startAt, endAt } = dayOf(at, timeZone)
  return { startAt: Math.max(startAt, notBefore), endAt, date: dateOf(startAt, timeZone), ...NOTHING }
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits

/** Mean of what was summed up; NaN of nothing. */
const mean = (sum: number, count: number, digits: number): number => rounded(sum / count, digits)

/** Appends the row of the day. */
export const writeDay = (
  kitSn: string,
  moduleSn: string,
  { swings, cycles }: PackHealth,
  day: HealthDay,
  into: LineBuilder,
): void => {
  const { fullAh = Number.NaN, designAh = Number.NaN, cycles: count = Number.NaN } = day
  into.history += encodePoint({
    measurement: 'battery_health',
    tags: { kit_sn: kitSn, module_sn: moduleSn },
    fields: {
      local_date: day.date,
      covered_s: day.covered / 1000,
      cell_spread_v: mean(day.spread, day.spreadFor, 5),
      cell_spread_full_v: mean(day.fullSpread, day.fullSpreadFor, 5),
      capacity_full_ah: fullAh,
      capacity_design_ah: designAh,
      health_ratio: designAh > 0 ? rounded(fullAh / designAh, 5) : Number.NaN,
      cycles_count: count,
      share_ratio: mean(day.shares, day.shareCount, 4),
      soc_difference_pct: mean(day.differences, day.differenceCount, 3),
      ...usableOf(swings),
      charging_cold_s: day.cold / 1000,
      temperature_min_c: day.coldestC ?? Number.NaN,
      temperature_max_c: day.hottestC ?? Number.NaN,
      charge_wh: rounded(day.charge / MS_PER_HOUR, 6),
      discharge_wh: rounded(day.discharge / MS_PER_HOUR, 6),
      efficiency_ratio: rounded(efficiencyOf(cycles, day.endAt), 4),
    },
    at: day.startAt,
  })
}
