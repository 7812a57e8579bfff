/** What hangs on the panels: which circuit draws how much now, and how much it drew today and this month. */
import './circuits.css'
import type { PageProps } from '../../page.ts'
import { AskedProblem } from '../../parts/asked-problem.tsx'
import type { Circuits } from '../../past-shapes.ts'
import { hashOf } from '../../route.ts'
import { useAnswer } from '../../use-answer.ts'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { dateAt, zoneOf } from '../../zone.ts'
import { largestShare, panelsOf } from './circuits.ts'
import { PanelCard } from './panel-card.tsx'

/** Energy comes by the quarter of an hour. */
const EVERY_MS = 300_000
/** Of a date such as 2026-06-01. */
const MONTH_LENGTH = 7

const useCircuits = (sn: string) => {
  const path = `api/v1/kits/${encodeURIComponent(sn)}/circuits`
  const today = useAnswer<Circuits>(`${path}?from=today`, EVERY_MS)
  // The month by the clock of the kit, which today's answer tells.
  const { at, time_zone } = today.answer ?? {}
  const name = at === undefined || time_zone === undefined ? undefined : dateAt(at, zoneOf(time_zone))
  const month = useAnswer<Circuits>(name && `${path}?from=${name.slice(0, MONTH_LENGTH)}`, EVERY_MS)
  return { today, month }
}

export const CircuitsPage = ({ sn }: PageProps) => {
  const { t } = useLanguage()
  const { modules, kit, error } = useLive()
  const { today, month } = useCircuits(sn)
  const panels = panelsOf({
    modules: [...modules.values()],
    today: today.answer?.circuits,
    month: month.answer?.circuits,
    isComing: today.isLoading || month.isLoading,
  })
  return (
    <>
      <div class="page-head">
        <h1>{t('page.circuits')}</h1>
        <a href={hashOf({ page: 'history', sn, query: { view: 'circuits' } })}>{t('batteries.history')}</a>
        <a href={hashOf({ page: 'control', sn })}>{t('circuits.control')}</a>
      </div>
      <AskedProblem asked={[today, month]} />
      {panels.length === 0 && error === undefined && <p>{kit === undefined ? t('app.loading') : t('circuits.none')}</p>}
      {panels.map((panel) => (
        <PanelCard
          key={panel.sn}
          {...{ panel, largestShare: largestShare(panels), isMonthKnown: month.answer !== undefined }}
        />
      ))}
    </>
  )
}
