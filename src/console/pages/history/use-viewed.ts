/** The range of the address as it is answered, with what is missing and what happened in it, and ways to other ranges. */
import { useMemo, useRef } from 'preact/hooks'
import type { Energies, Events, Gaps } from '../../past-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { go } from '../../use-route.ts'
import { eventName, isFlagged } from './event-name.ts'
import { pathOf } from './path-of.ts'
import { ALL, isRunning, type Moments, type Range, readRange, zoomed } from './ranges.ts'
import { useGapsToDraw } from './use-gaps-to-draw.ts'
import { useLast } from './use-series.ts'
import type { Viewed } from './viewed.ts'

const EVERY_MS = 60_000
/** Kits of this kind are not older. */
const EARLIEST = '2020'
const HOUR_MS = 3_600_000

/** The hour with which the kit's energies begin; undefined where there are none yet. */
const beginOf = ({ periods, at }: Energies): number | undefined => {
  const [first] = periods
  if (first === undefined) return undefined
  const endAt = Math.min(at, first.start_ms + (first.hours_count ?? 0) * HOUR_MS)
  return Math.floor((endAt - first.expected_s * 1000) / HOUR_MS - 0.25) * HOUR_MS
}

/** What is asked of the API; `all` begins when the kit did, and with the last day where nothing is summed up yet. */
const useAskable = (sn: string, range: Range): Range | undefined => {
  const { answer } = useAnswer<Energies>(
    range.from === ALL ? pathOf(sn, 'energy', { by: 'month', from: EARLIEST }) : undefined,
  )
  if (range.from !== ALL) return range
  return answer && { from: String(beginOf(answer) ?? '-24h') }
}

const momentsOf = ({ from_ms, to_ms, at, time_zone }: Gaps): Moments => ({
  fromAt: from_ms,
  toAt: to_ms,
  at,
  timeZone: time_zone,
})

/** A range given in moments is known before it is answered: charts go there at once. */
const known = ({ from, to }: Range, before: Moments | undefined): Moments | undefined =>
  before && /^\d{9,}$/.test(from) && /^\d{9,}$/.test(to ?? '')
    ? { ...before, fromAt: Number(from), toAt: Number(to) }
    : before

/** Ways to other ranges; those left by zooming are gone back to. */
const useWays = (sn: string, query: Readonly<Record<string, string>>, moments: Moments | undefined) => {
  const left = useRef<Range[]>([])
  const show = ({ from, to }: Range): void => {
    const { from: _, to: __, ...rest } = query
    go({ page: 'history', sn, query: { ...rest, from, ...(to === undefined ? {} : { to }) } }, true)
  }
  return {
    show: (range: Range) => {
      left.current = []
      show(range)
    },
    zoom: (range: Range) => {
      left.current.push(readRange(query))
      show(range)
    },
    back: () => {
      const before = left.current.pop()
      if (before) show(before)
      else if (moments) show(zoomed(moments, 2))
    },
  }
}

export const useViewed = (sn: string, query: Readonly<Record<string, string>>) => {
  const speech = useLanguage()
  const asked = readRange(query)
  const range = useAskable(sn, asked)
  const gapsAsked = useAnswer<Gaps>(range && pathOf(sn, 'gaps', { ...range }), EVERY_MS)
  const eventsAsked = useAnswer<Events>(range && pathOf(sn, 'events', { ...range }), EVERY_MS)
  const gaps = { ...gapsAsked, answer: useLast(gapsAsked.answer) }
  const events = { ...eventsAsked, answer: useLast(eventsAsked.answer) }
  const moments = known(asked, gaps.answer && momentsOf(gaps.answer))
  const marks = useMemo(
    () =>
      (events.answer?.events ?? [])
        .filter(isFlagged)
        .map((event) => ({ at: event.start_ms, text: eventName(event, speech) })),
    [events.answer, speech],
  )
  const viewed: Viewed = {
    sn,
    range,
    moments,
    isRunning: isRunning(asked, moments),
    marks,
    gaps: useGapsToDraw(gaps.answer?.gaps),
    ...useWays(sn, query, moments),
  }
  return { viewed, gaps, events }
}
