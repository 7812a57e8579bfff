/** What drew how much: energy of each circuit, its share, and what it draws at night when everybody sleeps. */
import type { Answers } from '../store/store.ts'
import { dayOf } from '../track/local-day.ts'
import type { Asked, Entry } from './asked.ts'
import { toThousandths } from './rounding.ts'
import { seriesKey } from './series-rows.ts'

const HOUR_MS = 3_600_000
const MEASUREMENT = { bucket: 'history', measurement: 'energy_circuit' } as const
const FIELDS = ['energy_wh', 'covered_s']

/** Hours after local midnight in which little is switched by hand. */
const NIGHT = { fromH: 1, toH: 5 }
/** A night that is covered by less says nothing. */
const LEAST_COVERED_S = 0.9 * (NIGHT.toH - NIGHT.fromH) * 3600
const MOST_NIGHTS = 31

/** The last nights that lie wholly in the range. */
const nightsOf = ({ fromAt, toAt }: Asked, timeZone: string): { from: number; to: number }[] => {
  const nights: { from: number; to: number }[] = []
  for (let day = dayOf(toAt - 1, timeZone); day.endAt > fromAt; day = dayOf(day.startAt - 1, timeZone)) {
    const night = { from: day.startAt + NIGHT.fromH * HOUR_MS, to: day.startAt + NIGHT.toH * HOUR_MS }
    if (night.from >= fromAt && night.to <= toAt) nights.push(night)
    if (nights.length === MOST_NIGHTS) break
  }
  return nights
}

/** Mean watts of each covered night, by circuit. */
const nightWatts = async (answers: Answers, asked: Asked, timeZone: string): Promise<Map<string, number[]>> => {
  const watts = new Map<string, number[]>()
  for (const night of nightsOf(asked, timeZone)) {
    const circuits = await answers.sums({ ...MEASUREMENT, tags: { kit_sn: asked.kitSn }, ...night, fields: FIELDS })
    for (const { tags, sums } of circuits) {
      const { energy_wh: energy, covered_s: covered = 0 } = sums
      if (energy === undefined || covered < LEAST_COVERED_S) continue
      const key = seriesKey(tags)
      watts.set(key, [...(watts.get(key) ?? []), (energy * 3600) / covered])
    }
  }
  return watts
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * One entry per circuit, top consumers first: `energy_wh`, `share_pct` of all circuits, `covered_s`, the owner's `name`,
 * and `night_w`, the median over `nights_count` nights of the mean power between one and five o'clock.
 */
export const circuitsOf = async (
  answers: Answers,
  { timeZone, ...asked }: Asked & { readonly timeZone: string },
): Promise<Entry[]> => {
  const { kitSn, fromAt: from, toAt: to } = asked
  const tags = { kit_sn: kitSn }
  const circuits = await answers.sums({ ...MEASUREMENT, tags, from, to, fields: FIELDS })
  const named = await answers.last({ ...MEASUREMENT, tags, fields: ['name'] })
  const names = new Map(named.map((one) => [seriesKey(one.tags), one.value]))
  const nights = await nightWatts(answers, asked, timeZone)
  const total = circuits.reduce((sum, { sums }) => sum + (sums.energy_wh ?? 0), 0)
  const entries = circuits.map(({ tags: all, sums: { energy_wh: energy = 0, covered_s: covered = 0 } }) => {
    const { kit_sn: _, ...own } = all
    const name = names.get(seriesKey(all))
    const watts = nights.get(seriesKey(all)) ?? []
    return {
      ...own,
      ...(name !== undefined && { name }),
      energy_wh: toThousandths(energy),
      ...(total > 0 && { share_pct: toThousandths((energy / total) * 100) }),
      covered_s: toThousandths(covered),
      ...(watts.length > 0 && { night_w: toThousandths(median(watts)) }),
      nights_count: watts.length,
    }
  })
  // sums come ordered by tags, and sorting keeps that order among equals
  return entries.sort((a, b) => b.energy_wh - a.energy_wh)
}
