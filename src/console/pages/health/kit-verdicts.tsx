/** How each kit is doing, those in trouble first. */
import type { LiveKit } from '../../api-shapes.ts'
import { percent } from '../../format.ts'
import { nameOf } from '../../kit-name.ts'
import { Card } from '../../parts/card.tsx'
import { UnknownBadge, VerdictBadge } from '../../parts/verdict.tsx'
import { hashOf } from '../../route.ts'
import { useLanguage } from '../../use-language.tsx'

const MOST = 50

interface KitVerdictsProps {
  readonly kits: readonly LiveKit[]
  /** Whether what is told of them comes from the collector now. */
  readonly isLinked: boolean
}

export const KitVerdicts = ({ kits, isLinked }: KitVerdictsProps) => {
  const { t, said, locale } = useLanguage()
  const sorted = [...kits].sort((a, b) => b.trouble_code - a.trouble_code)
  return (
    <Card title={t('page.kits')} wide>
      {kits.length === 0 && <p>{t('app.no-kit')}</p>}
      <ul class="rows">
        {sorted.slice(0, MOST).map((kit) => (
          <li key={kit.kit_sn}>
            <a href={hashOf({ page: 'now', sn: kit.kit_sn })}>{nameOf(kit)}</a>
            {isLinked ? <VerdictBadge verdict={kit.verdict} /> : <UnknownBadge />}
            {isLinked && <span>{said(kit.gap_text ?? kit.verdict_text)}</span>}
            {kit.completeness_today_pct !== undefined && (
              <span class="faint">
                {t('health.complete-today', { percent: percent(kit.completeness_today_pct, locale, 1) })}
              </span>
            )}
          </li>
        ))}
      </ul>
      {kits.length > MOST && <p class="faint">{t('health.more-kits', { n: kits.length - MOST })}</p>}
    </Card>
  )
}
