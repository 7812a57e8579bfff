/** The range of the address as it is answered, with what is missing and what happened in it, and ways to other ranges. */
import { useMemo } from 'preact/hooks'
import type { Events, Gaps } from '../../past-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { go, goInto, goOut, isInPart } from '../../use-route.ts'
import { type Begin, beginIn } from './begin.ts'
import { eventName, isFlagged } from './event-name.ts'
import { pathOf } from './path-of.ts'
import { ALL, isRunning, type Moments, type Range, readRange, zoomed } from './ranges.ts'
import { useBegin } from './use-begin.ts'
import { useGapsToDraw } from './use-gaps-to-draw.ts'
import { useLast } from './use-series.ts'
import type { Viewed } from './viewed.ts'

const EVERY_MS = 60_000

/** What is asked of the API; `all` begins when the kit did, and a day ago where nothing is summed up yet. */
const askable = (range: Range, begin: Begin | undefined): Range | undefined =>
  range.from === ALL ? begin && { from: begin.summedFrom === undefined ? '-24h' : String(begin.summedFrom) } : range

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

/** So much is shown of a kit that was heard a moment ago. */
const LEAST_SHOWN_MS = 600_000

/** The range without the time before there was anything. */
const since = (moments: Moments | undefined, beganAt: number | undefined): Moments | undefined =>
  moments && beganAt !== undefined && beganAt > moments.fromAt
    ? { ...moments, fromAt: Math.max(moments.fromAt, Math.min(beganAt, moments.at - LEAST_SHOWN_MS)) }
    : moments

/** Ways to other ranges. Each is a step of the browser's history, but for moving to and fro, which takes many. */
const waysFrom = (sn: string, query: Readonly<Record<string, string>>, moments: Moments | undefined) => {
  const routeTo = ({ from, to }: Range) => {
    const { from: _, to: __, ...rest } = query
    return { page: 'history', sn, query: { ...rest, from, ...(to === undefined ? {} : { to }) } } as const
  }
  return {
    show: (range: Range) => go(routeTo(range)),
    move: (range: Range) => go(routeTo(range), true),
    zoom: (range: Range) => goInto(routeTo(range)),
    isZoomed: isInPart(),
    back: () => {
      if (isInPart()) goOut()
      else if (moments) go(routeTo(zoomed(moments, 2)))
    },
  }
}

export const useViewed = (sn: string, query: Readonly<Record<string, string>>) => {
  const speech = useLanguage()
  const asked = readRange(query)
  const begin = useBegin(sn)
  const range = askable(asked, begin)
  const gapsAsked = useAnswer<Gaps>(range && pathOf(sn, 'gaps', { ...range }), EVERY_MS)
  const eventsAsked = useAnswer<Events>(range && pathOf(sn, 'events', { ...range }), EVERY_MS)
  const gaps = { ...gapsAsked, answer: useLast(gapsAsked.answer) }
  const events = { ...eventsAsked, answer: useLast(eventsAsked.answer) }
  const whole = known(asked, gaps.answer && momentsOf(gaps.answer))
  const beganAt = whole && beginIn(whole.fromAt, begin, events.answer)
  const moments = since(whole, beganAt)
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
    beganAt,
    isRunning: isRunning(asked, moments),
    marks,
    gaps: useGapsToDraw(gaps.answer?.gaps),
    ...waysFrom(sn, query, moments),
  }
  return { viewed, gaps, events }
}
