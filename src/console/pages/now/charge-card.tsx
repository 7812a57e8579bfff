/** How full the battery is, how long that lasts, and within which limits it is used. */
import type { LiveKit } from '../../api-shapes.ts'
import { percent } from '../../format.ts'
import { Card } from '../../parts/card.tsx'
import { Gauge } from '../../parts/gauge.tsx'
import { hashOf } from '../../route.ts'
import { useLanguage } from '../../use-language.tsx'
import type { ChargeFacts } from './charge-facts.ts'
import { PackTable } from './pack-table.tsx'
import type { Pack } from './packs.ts'

interface ChargeCardProps {
  readonly kit: LiveKit
  readonly charge: ChargeFacts
  readonly timeLeft: string | undefined
  readonly isCurrent: boolean
  readonly packs: readonly Pack[]
}

const Facts = ({ kit, charge, isCurrent }: Pick<ChargeCardProps, 'kit' | 'charge' | 'isCurrent'>) => {
  const { t, locale } = useLanguage()
  const { packs_live_count, packs_known_count } = kit
  return (
    <dl class="facts">
      <dt>{t('now.charge.up-to')}</dt>
      <dd>{percent(charge.chargeLimit, locale)}</dd>
      <dt>{t('now.charge.down-to')}</dt>
      <dd>{percent(charge.dischargeLimit, locale)}</dd>
      <dt>{t('now.charge.packs')}</dt>
      <dd>
        {isCurrent
          ? t('now.charge.packs-of', { live: packs_live_count, known: packs_known_count })
          : t('now.charge.packs-known', { known: packs_known_count })}
      </dd>
    </dl>
  )
}

export const ChargeCard = ({ kit, charge, timeLeft, isCurrent, packs }: ChargeCardProps) => {
  const { t, locale } = useLanguage()
  const { soc, lastSoc, limits } = charge
  const text = soc === undefined ? t('now.unknown') : percent(soc, locale)
  return (
    <Card
      title={t('now.charge')}
      isStale={soc === undefined}
      aside={<a href={hashOf({ page: 'batteries', sn: kit.kit_sn })}>{t('page.batteries')}</a>}
    >
      <p class="charge">
        <strong>{percent(soc, locale)}</strong>{' '}
        <span>
          {soc === undefined && lastSoc !== undefined ? t('now.last', { power: percent(lastSoc, locale) }) : timeLeft}
        </span>
      </p>
      <Gauge label={t('now.charge')} value={soc ?? lastSoc} text={text} ticks={limits} isStale={soc === undefined} />
      <Facts kit={kit} charge={charge} isCurrent={isCurrent} />
      {packs.length > 1 && <PackTable packs={packs} isCurrent={soc !== undefined} />}
      {timeLeft !== undefined && <p class="faint">{t('now.charge.estimate')}</p>}
    </Card>
  )
}
