/** What the sun brought, day by day. */
import type { Answers } from '../store/store.ts'
import { type Asked, type Entry, numberIn } from './asked.ts'
import { energyBy } from './energy.ts'

/** What is told of a day beside its start: fields of energy_day. */
export const SUN_FIELDS = [
  'local_date',
  'solar_wh',
  'solar_1_wh',
  'solar_2_wh',
  'dc_in_solar_wh',
  'sun_s',
  'covered_s',
  'expected_s',
] as const

const NAMES: readonly string[] = ['start_ms', ...SUN_FIELDS]

/** One entry per local day: its energy by input, and how long the sun brought 20 W or more (`sun_s`). */
export const solarOf = async (answers: Answers, asked: Asked): Promise<Entry[]> => {
  const days = await energyBy(answers, { ...asked, by: 'day' })
  return days.map((day) =>
    Object.fromEntries(NAMES.flatMap((name) => (day[name] === undefined ? [] : [[name, day[name]]]))),
  )
}

/** The days with the most sun, the best first. */
export const bestDays = (days: readonly Entry[], count: number): Entry[] =>
  [...days]
    .filter((day) => numberIn(day, 'solar_wh') > 0)
    .sort((a, b) => numberIn(b, 'solar_wh') - numberIn(a, 'solar_wh'))
    .slice(0, count)
