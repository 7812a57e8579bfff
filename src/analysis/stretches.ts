/**
 * What lasts for a while: gaps, sessions, events. Rows are stamped at their start, so one that began before the range
 * and reaches into it is looked for separately: stretches of a series follow one another, and it is the last of them.
 */
import type { Answers, Row } from '../store/store.ts'
import { type Asked, type Entry, entryOf, numberIn } from './asked.ts'

type Lasting = 'gap' | 'run' | 'event'

/** So long a step that a few hold all of time. */
const AGE_MS = 20 * 365 * 86_400_000
const SECOND_MS = 1000

const bySeries = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [JSON.stringify(Object.entries(row.tags).sort()), row])).values(),
]

/** The last row of each series before the range. */
const before = async (answers: Answers, measurement: Lasting, { kitSn, fromAt }: Asked): Promise<Row[]> => {
  const scope = { bucket: 'history', measurement } as const
  const lasts = await answers.steps({
    ...scope,
    tags: { kit_sn: kitSn },
    from: 0,
    to: fromAt,
    fields: ['end_ms', 'duration_s'],
    stepMs: AGE_MS,
    aggregate: 'last',
  })
  const found: Row[] = []
  for (const { tags, values } of bySeries(lasts)) {
    const startAt = Number(values.end_ms) - Number(values.duration_s) * SECOND_MS
    if (Number.isNaN(startAt)) continue
    // a stamp is the whole second of the start, or a later one where that was taken
    const from = Math.floor(startAt / SECOND_MS - 1) * SECOND_MS
    found.push(...(await answers.rows({ ...scope, tags, from, to: Math.min(from + 4 * SECOND_MS, fromAt) })))
  }
  return found
}

const reachesTo = (at: number) => (entry: Entry) => entry.is_open === 1 || numberIn(entry, 'end_ms') > at

/** All that lie in the range at least in part; with a limit the first of them. */
const stretchesOf = async (answers: Answers, measurement: Lasting, asked: Asked, limit?: number): Promise<Entry[]> => {
  const { kitSn, fromAt, toAt } = asked
  const tags = { kit_sn: kitSn }
  const earlier = (await before(answers, measurement, asked))
    .map((row) => entryOf(measurement, row))
    .filter(reachesTo(fromAt))
    .sort((a, b) => numberIn(a, 'start_ms') - numberIn(b, 'start_ms'))
  const most = limit === undefined ? {} : { limit }
  const within = await answers.rows({ bucket: 'history', measurement, tags, from: fromAt, to: toAt, ...most })
  return [...earlier, ...within.map((row) => entryOf(measurement, row))].slice(0, limit)
}

/** What was missing and why; `module_sn` is `all` for the whole kit. Of an open one `end_ms` is the last that is stored. */
export const gapsOf = (answers: Answers, asked: Asked, limit?: number): Promise<Entry[]> =>
  stretchesOf(answers, 'gap', asked, limit)

/** Sessions of shore, alternator and generator. */
export const runsOf = (answers: Answers, asked: Asked, limit?: number): Promise<Entry[]> =>
  stretchesOf(answers, 'run', asked, limit)

/** What happened. */
export const eventsOf = (answers: Answers, asked: Asked, limit?: number): Promise<Entry[]> =>
  stretchesOf(answers, 'event', asked, limit)
