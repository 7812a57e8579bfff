/** What the kit did: over a range of time that stands in the address, so that it can be shared. */
import type { ComponentType } from 'preact'
import type { PageProps } from '../../page.ts'
import { hashOf } from '../../route.ts'
import { useLanguage } from '../../use-language.tsx'
import { BatteriesView } from './batteries-view.tsx'
import { CircuitsView } from './circuits-view.tsx'
import { EnergyView } from './energy-view.tsx'
import './history.css'
import { PowerView } from './power-view.tsx'
import { RangeBar } from './range-bar.tsx'
import { readRange } from './ranges.ts'
import { SeriesState } from './series-state.tsx'
import { EventList, GapList } from './stretch-list.tsx'
import { useViewed } from './use-viewed.ts'
import { VIEWS, type View, type Viewed } from './viewed.ts'

const PARTS: Readonly<Record<View, ComponentType<{ viewed: Viewed }>>> = {
  power: PowerView,
  energy: EnergyView,
  batteries: BatteriesView,
  circuits: CircuitsView,
}

const viewOf = ({ view }: PageProps['query']): View => VIEWS.find((one) => one === view) ?? 'power'

const Views = ({ sn, query, shown }: PageProps & { shown: View }) => {
  const { t } = useLanguage()
  return (
    <nav class="history-views" aria-label={t('history.views')}>
      {VIEWS.map((view) => (
        <a
          key={view}
          href={hashOf({ page: 'history', sn, query: { ...query, view } })}
          aria-current={view === shown ? 'true' : undefined}
        >
          {t(`history.${view}`)}
        </a>
      ))}
    </nav>
  )
}

export const HistoryPage = ({ sn, query }: PageProps) => {
  const { t } = useLanguage()
  const { viewed, gaps, events } = useViewed(sn, query)
  const view = viewOf(query)
  const Part = PARTS[view]
  return (
    <>
      <header class="page-head">
        <h1>{t('page.history')}</h1>
        <Views sn={sn} query={query} shown={view} />
      </header>
      <RangeBar viewed={viewed} asked={readRange(query)} />
      <Part key={view} viewed={viewed} />
      <SeriesState series={gaps} />
      {gaps.answer && <GapList answer={gaps.answer} beganAt={viewed.beganAt} />}
      {events.answer && <EventList events={events.answer.events} timeZone={events.answer.time_zone} />}
    </>
  )
}
