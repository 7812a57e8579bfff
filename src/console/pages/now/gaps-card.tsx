/** What is missing at this moment, since when, and why. */
import type { OpenGap } from '../../api-shapes.ts'
import { moment } from '../../format.ts'
import type { HeardModule } from '../../live-state.ts'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useKitZone } from '../../use-live.tsx'
import { moduleName } from './module-name.ts'

export const GapsCard = ({ gaps, modules }: { gaps: readonly OpenGap[]; modules: readonly HeardModule[] }) => {
  const { t, said, locale } = useLanguage()
  const zone = useKitZone()
  return (
    <Card title={t('now.gaps', { n: gaps.length })}>
      <ul class="gaps">
        {gaps.map((gap) => (
          <li key={`${gap.module_sn} ${gap.since_ms}`}>
            <strong>
              {said(moduleName(modules, gap.module_sn))} · {gap.module_sn}
            </strong>
            <p>{said(gap.text)}</p>
            <p class="faint">{t('now.missing-since', { moment: moment(gap.since_ms, locale, zone) })}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
