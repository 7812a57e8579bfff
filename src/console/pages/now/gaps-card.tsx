/** What is missing at this moment, since when, and why. */
import type { OpenGap } from '../../api-shapes.ts'
import { moment } from '../../format.ts'
import type { HeardModule } from '../../live-state.ts'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import { moduleName } from './module-name.ts'

export const GapsCard = ({ gaps, modules }: { gaps: readonly OpenGap[]; modules: readonly HeardModule[] }) => {
  const { t, said, locale } = useLanguage()
  const whose = (sn: string) => (sn === 'all' ? t('now.gap.all') : `${said(moduleName(modules, sn))} · ${sn}`)
  return (
    <Card title={t('now.gaps', { n: gaps.length })}>
      <ul class="gaps">
        {gaps.map((gap) => (
          <li key={`${gap.module_sn} ${gap.since_ms}`}>
            <strong>{whose(gap.module_sn)}</strong>
            <p>{said(gap.text)}</p>
            <p class="faint">{t('now.missing-since', { moment: moment(gap.since_ms, locale) })}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
