/** What is missing and what happened, as lists: what the hatched bands and the small flags of the charts stand for. */
import { useState } from 'preact/hooks'
import { duration, moment } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import type { EventEntry, GapEntry, Gaps } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { eventDetails, eventName } from './event-name.ts'
import { gapWords } from './gap-words.ts'
import { stretchText } from './ranges.ts'
import { useModuleName } from './use-module-name.ts'

const FIRST = 6

/** The newest first; the first ones, and all on demand. */
const useNewest = <Entry extends { readonly start_ms: number }>(entries: readonly Entry[]) => {
  const [isAll, setIsAll] = useState(false)
  const newest = entries.toSorted((one, other) => other.start_ms - one.start_ms)
  const hidden = isAll ? 0 : Math.max(0, newest.length - FIRST)
  return { shown: newest.slice(0, newest.length - hidden), hidden, showAll: () => setIsAll(true) }
}

const More = ({ hidden, showAll }: { hidden: number; showAll(): void }) => {
  const { t } = useLanguage()
  if (hidden === 0) return null
  return (
    <button type="button" class="history-more" onClick={showAll}>
      {t('history.more', { n: hidden })}
    </button>
  )
}

/** Seconds of the range that lie in gaps of the whole kit; these do not overlap. */
const missingOf = (gaps: readonly GapEntry[], { from_ms, to_ms }: Pick<Gaps, 'from_ms' | 'to_ms'>): number =>
  gaps
    .filter(({ module_sn }) => module_sn === 'all')
    .reduce((sum, gap) => sum + Math.max(0, Math.min(gap.end_ms, to_ms) - Math.max(gap.start_ms, from_ms)) / 1000, 0)

const Gap = ({ gap, timeZone }: { gap: GapEntry; timeZone: string }) => {
  const { t, said, locale } = useLanguage()
  const { start_ms, end_ms, is_open } = gap
  return (
    <>
      <span>
        {is_open
          ? t('history.since', { time: moment(start_ms, locale, timeZone) })
          : stretchText(start_ms, end_ms, timeZone, locale)}
      </span>
      <span>
        {said(gap.text)} <span class="faint">{duration(gap.duration_s, locale)}</span>
      </span>
    </>
  )
}

export const GapList = ({ answer, beganAt }: { answer: Gaps; beganAt: number | undefined }) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const { kit } = useLive()
  const nameOf = useModuleName()
  const { gaps, time_zone } = answer
  const { shown, ...more } = useNewest(gaps)
  const missingS = missingOf(gaps, answer)
  const sum = missingS > 0 && (
    <span class="faint">{t('history.kit-missing', { duration: duration(missingS, locale) })}</span>
  )
  return (
    <Card title={t('history.gaps')} aside={sum} wide>
      {gapWords(answer, beganAt, kit?.kit, speech).map((text) => (
        <p key={text}>{text}</p>
      ))}
      <ul class="history-events">
        {shown.map((gap) => (
          <li key={`${gap.start_ms} ${gap.module_sn}`}>
            <Gap gap={gap} timeZone={time_zone} />
            <span class="faint">{nameOf(gap.module_sn)}</span>
          </li>
        ))}
      </ul>
      <More {...more} />
    </Card>
  )
}

export const EventList = ({ events, timeZone }: { events: readonly EventEntry[]; timeZone: string }) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const nameOf = useModuleName()
  const { shown, ...more } = useNewest(events)
  if (events.length === 0) return null
  return (
    <Card title={t('history.events')} wide>
      <ul class="history-events">
        {shown.map((event) => (
          <li key={`${event.start_ms} ${event.module_sn} ${event.kind}`}>
            <time dateTime={new Date(event.start_ms).toISOString()}>{moment(event.start_ms, locale, timeZone)}</time>
            <span>
              {eventName(event, speech)}
              <span class="faint"> {eventDetails(event, speech)}</span>
            </span>
            <span class="faint">{nameOf(event.module_sn)}</span>
          </li>
        ))}
      </ul>
      <More {...more} />
    </Card>
  )
}
