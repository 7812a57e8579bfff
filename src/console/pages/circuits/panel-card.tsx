/** One panel: what it gives as a whole, and its circuits; those that are not used are folded. */
import { celsius, duration, volts, watts } from '../../format.ts'
import { numberOf } from '../../live-state.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { ErrorList, useErrors } from '../../parts/error-list.tsx'
import { VerdictBadge } from '../../parts/verdict.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useIsCurrent } from '../../use-live.tsx'
import { CircuitTable } from './circuit-table.tsx'
import { hasNights, knownOfMonth, type Panel } from './circuits.ts'

const useTitle = (side: string): string => {
  const { t } = useLanguage()
  return side === 'ac' ? t('circuits.ac') : side === 'dc' ? t('circuits.dc') : t('circuits.panel')
}

const Whole = ({ panel: { series }, isStale }: { panel: Panel; isStale: boolean }) => {
  const { t, locale } = useLanguage()
  if (series === undefined) return null
  const of = (name: string) => numberOf(series, name)
  const boards = [of('temperature_1_c'), of('temperature_2_c')].filter((value) => value !== undefined)
  const power = watts(of('power_w'), locale)
  const rest = [
    of('voltage_v') !== undefined && volts(of('voltage_v'), locale),
    boards.length > 0 && t('circuits.board', { temperature: celsius(Math.max(...boards), locale) }),
  ].filter(Boolean)
  return (
    <p class="panel-whole">
      <strong>{isStale ? t('now.last', { power }) : power}</strong> <span class="faint">{rest.join(' · ')}</span>
    </p>
  )
}

const Footnote = ({ panel, isMonthKnown }: { panel: Panel; isMonthKnown: boolean }) => {
  const { t, locale } = useLanguage()
  const known = knownOfMonth(panel)
  if (!isMonthKnown) return null
  if (known === undefined) return <p class="faint">{t('history.nothing-yet')}</p>
  return (
    <p class="faint">
      {t('circuits.known', { duration: duration(known, locale) })}{' '}
      {t(hasNights(panel) ? 'circuits.night-means' : 'circuits.no-night')}
    </p>
  )
}

interface PanelProps {
  readonly panel: Panel
  readonly largestShare: number
  /** Whether the answer about this month came: before, nothing can be said of what is not in it. */
  readonly isMonthKnown: boolean
}

export const PanelCard = ({ panel, largestShare, isMonthKnown }: PanelProps) => {
  const { t } = useLanguage()
  const title = useTitle(panel.side)
  const errors = useErrors(panel.sn)
  const { module, used, unused } = panel
  const isStale = !useIsCurrent() || module?.is_fresh !== true
  return (
    <Card
      title={title}
      aside={
        <span class="panel-state">
          {module && module.verdict !== 'live' && <VerdictBadge verdict={module.verdict} />}
          {module ? <Age ageS={module.age_s} at={module.at} /> : <span class="age">{t('circuits.silent')}</span>}
        </span>
      }
      isStale={isStale}
      wide
    >
      <ErrorList errors={errors.filter(({ tags }) => tags.circuit === undefined)} />
      <Whole panel={panel} isStale={isStale} />
      {used.length > 0 && <CircuitTable {...{ panel, circuits: used, largestShare, isStale, title }} />}
      {unused.length > 0 && (
        <details class="unused">
          <summary>{t('circuits.unused', { n: unused.length })}</summary>
          <CircuitTable
            {...{ panel, circuits: unused, largestShare, isStale, title: t('circuits.unused', { n: unused.length }) }}
          />
        </details>
      )}
      <Footnote {...{ panel, isMonthKnown }} />
    </Card>
  )
}
