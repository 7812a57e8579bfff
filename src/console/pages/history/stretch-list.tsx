/** What is missing and what happened, as lists: what the hatched bands and the small flags of the charts stand for. */
import { useState } from 'preact/hooks'
import type { EventEntry, GapEntry } from '../../api-shapes.ts'
import { duration, moment } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import { eventName } from './event-name.ts'
import { useModuleName } from './use-module-name.ts'

const FIRST = 8

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
    <button type="button" onClick={showAll}>
      {t('history.more', { n: hidden })}
    </button>
  )
}

export const GapList = ({ gaps, timeZone }: { gaps: readonly GapEntry[]; timeZone: string }) => {
  const { t, said, locale } = useLanguage()
  const nameOf = useModuleName()
  const { shown, ...more } = useNewest(gaps)
  return (
    <Card title={t('history.gaps')} wide>
      {gaps.length === 0 ? (
        <p>{t('history.no-gaps')}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('history.from')}</th>
                <th scope="col">{t('history.to')}</th>
                <th scope="col" class="is-number">
                  {t('history.duration')}
                </th>
                <th scope="col">{t('history.of')}</th>
                <th scope="col">{t('history.cause')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((gap) => (
                <tr key={`${gap.start_ms} ${gap.module_sn}`}>
                  <td>{moment(gap.start_ms, locale, timeZone)}</td>
                  <td>{gap.is_open ? t('history.goes-on') : moment(gap.end_ms, locale, timeZone)}</td>
                  <td class="is-number">{duration(gap.duration_s, locale)}</td>
                  <td>{nameOf(gap.module_sn)}</td>
                  <td>{said(gap.text)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More {...more} />
    </Card>
  )
}

export const EventList = ({ events, timeZone }: { events: readonly EventEntry[]; timeZone: string }) => {
  const speech = useLanguage()
  const { t, said, locale } = speech
  const nameOf = useModuleName()
  const { shown, ...more } = useNewest(events)
  if (events.length === 0) return null
  return (
    <Card title={t('history.events')} wide>
      <ul class="events">
        {shown.map((event) => (
          <li key={`${event.start_ms} ${event.module_sn} ${event.kind}`}>
            <time dateTime={new Date(event.start_ms).toISOString()}>{moment(event.start_ms, locale, timeZone)}</time>
            <span>
              {eventName(event, speech)}
              {event.details && <span class="faint"> {said(event.details)}</span>}
            </span>
            <span class="faint">{nameOf(event.module_sn)}</span>
          </li>
        ))}
      </ul>
      <More {...more} />
    </Card>
  )
}
