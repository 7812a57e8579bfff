/** How much of a kit's time is covered by reports, and what the rest is missing for. */
import type { Answers } from '../store/store.ts'
import { GAP_CAUSES } from '../track/causes.ts'
import { ALL } from '../track/events.ts'
import { type Asked, type Entry, numberIn } from './asked.ts'
import { energyBy } from './energy.ts'
import { toThousandths } from './rounding.ts'
import { gapsOf } from './stretches.ts'

const HOUR_MS = 3_600_000

const endOf = (period: Entry): number => numberIn(period, 'start_ms') + numberIn(period, 'hours_count') * HOUR_MS

/** Seconds of `from` … `to` within the gaps of each cause. */
const missingBy = (gaps: readonly Entry[], from: number, to: number): Map<string, number> => {
  const seconds = new Map<string, number>()
  for (const gap of gaps) {
    const shared = Math.min(numberIn(gap, 'end_ms'), to) - Math.max(numberIn(gap, 'start_ms'), from)
    const cause = String(gap.cause)
    if (shared > 0) seconds.set(cause, (seconds.get(cause) ?? 0) + shared / 1000)
  }
  return seconds
}

const entryOfPeriod = (period: Entry, gaps: readonly Entry[]): Entry => {
  const [covered, expected] = [numberIn(period, 'covered_s'), numberIn(period, 'expected_s')]
  const startAt = numberIn(period, 'start_ms')
  const missing = missingBy(gaps, startAt, endOf(period))
  const explained = [...missing.values()].reduce((sum, seconds) => sum + seconds, 0)
  const causes = Object.keys(GAP_CAUSES).filter((cause) => missing.has(cause))
  return {
    start_ms: startAt,
    ...(period.local_date !== undefined && { local_date: period.local_date }),
    hours_count: numberIn(period, 'hours_count'),
    covered_s: covered,
    expected_s: expected,
    ...(expected > 0 && { completeness_pct: toThousandths((covered / expected) * 100) }),
    missing_s: toThousandths(Math.max(0, expected - covered)),
    ...Object.fromEntries(causes.map((cause) => [`missing_${cause}_s`, toThousandths(missing.get(cause)!)])),
    missing_other_s: toThousandths(Math.max(0, expected - covered - explained)),
  }
}

/**
 * One entry per local day or month: `covered_s` of `expected_s`, and of what is missing how much lies in gaps of the
 * whole kit by cause (`missing_collector_down_s`, …); the rest, `missing_other_s`, is of single modules, or pauses too
 * short for a gap.
 */
export const completenessOf = async (
  answers: Answers,
  { by, ...asked }: Asked & { readonly by: 'day' | 'month' },
): Promise<Entry[]> => {
  const periods = await energyBy(answers, { ...asked, by })
  const [first, last] = [periods[0], periods.at(-1)]
  if (first === undefined || last === undefined) return []
  const gaps = await gapsOf(answers, { ...asked, fromAt: numberIn(first, 'start_ms'), toAt: endOf(last) })
  const ofKit = gaps.filter((gap) => gap.module_sn === ALL)
  return periods.map((period) => entryOfPeriod(period, ofKit))
}
