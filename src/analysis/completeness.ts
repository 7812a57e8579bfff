/** How much of a kit's time is covered by reports, and what the rest is missing for. */
import type { Answers } from '../store/store.ts'
import { GAP_CAUSES } from '../track/causes.ts'
import { ALL } from '../track/events.ts'
import { type Asked, type Entry, numberIn } from './asked.ts'
import { energyBy } from './energy.ts'
import { toThousandths } from './rounding.ts'
import { gapsOf } from './stretches.ts'

const HOUR_MS = 3_600_000
const QUARTER_MS = 900_000

const endOf = (period: Entry): number => numberIn(period, 'start_ms') + numberIn(period, 'hours_count') * HOUR_MS

/** Until when quarters are stored (epoch ms): what comes behind it is neither covered nor expected yet. */
const countedUntil = async (answers: Answers, kitSn: string): Promise<number> => {
  const question = {
    bucket: 'history',
    measurement: 'energy',
    tags: { kit_sn: kitSn },
    fields: ['expected_s'],
  } as const
  return (await answers.last(question)).reduce((until, { at }) => Math.max(until, at + QUARTER_MS), 0)
}

/** The time that `expected_s` of a period speaks of: up to the last quarter, and not before the kit was known. */
const expectedIn = (period: Entry, until: number): { readonly from: number; readonly to: number } => {
  const to = Math.min(endOf(period), until)
  return { from: Math.max(numberIn(period, 'start_ms'), to - numberIn(period, 'expected_s') * 1000), to }
}

/** Milliseconds of `from` … `to` within the gaps of each cause; where gaps overlap, time is that of the earlier one. */
const missingBy = (gaps: readonly Entry[], from: number, to: number): Map<string, number> => {
  const byCause = new Map<string, number>()
  let told = from
  for (const gap of [...gaps].sort((a, b) => numberIn(a, 'start_ms') - numberIn(b, 'start_ms'))) {
    const end = Math.min(numberIn(gap, 'end_ms'), to)
    const own = end - Math.max(numberIn(gap, 'start_ms'), told)
    if (own <= 0) continue
    byCause.set(String(gap.cause), (byCause.get(String(gap.cause)) ?? 0) + own)
    told = end
  }
  return byCause
}

/** What is missing (ms) by cause, and the rest: whole milliseconds that add up to all of it, not one more. */
const partsOf = (missingMs: number, byCause: ReadonlyMap<string, number>): Record<string, number> => {
  const explained = [...byCause.values()].reduce((sum, ms) => sum + ms, 0)
  const scale = explained > missingMs ? missingMs / explained : 1
  const parts: Record<string, number> = {}
  let [sum, before] = [0, 0]
  for (const cause of Object.keys(GAP_CAUSES)) {
    const ms = byCause.get(cause)
    if (ms === undefined) continue
    sum += ms * scale
    parts[`missing_${cause}_s`] = (Math.round(sum) - before) / 1000
    before = Math.round(sum)
  }
  return { ...parts, missing_other_s: (missingMs - before) / 1000 }
}

const entryOfPeriod = (period: Entry, gaps: readonly Entry[], until: number): Entry => {
  const [covered, expected] = [numberIn(period, 'covered_s'), numberIn(period, 'expected_s')]
  const { from, to } = expectedIn(period, until)
  const missingMs = Math.round(Math.max(0, expected - covered) * 1000)
  return {
    start_ms: numberIn(period, 'start_ms'),
    ...(period.local_date !== undefined && { local_date: period.local_date }),
    hours_count: numberIn(period, 'hours_count'),
    covered_s: covered,
    expected_s: expected,
    ...(expected > 0 && { completeness_pct: toThousandths((covered / expected) * 100) }),
    missing_s: missingMs / 1000,
    ...partsOf(missingMs, missingBy(gaps, from, to)),
  }
}

/**
 * One entry per local day or month: `covered_s` of `expected_s`, and of what is missing how much lies in gaps of the
 * whole kit by cause (`missing_collector_down_s`, …); the rest, `missing_other_s`, is of single modules, or pauses too
 * short for a gap. The parts add up to what is missing, and all of it lies in the time that `expected_s` speaks of.
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
  const until = await countedUntil(answers, asked.kitSn)
  return periods.map((period) => entryOfPeriod(period, ofKit, until))
}
