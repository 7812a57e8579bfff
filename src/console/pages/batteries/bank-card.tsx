/** All packs of the kit together, as the kit adds them up. */
import type { ValueSeries } from '../../api-shapes.ts'
import { duration, percent, quantity, UNKNOWN } from '../../format.ts'
import { fieldValue, type HeardModule, numberOf, seriesOf } from '../../live-state.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useLive } from '../../use-live.tsx'
import { Charge } from './charge.tsx'
import { type Pack, socSpread } from './packs.ts'

/** From here on the packs are charged unequally: the alert's default. src: docs/alerts.md, ALERT_PACK_SPREAD_PCT */
const UNEQUAL_PCT = 10

const Notes = ({ series }: { series: ValueSeries }) => {
  const { t } = useLanguage()
  const notes = [
    fieldValue(series, 'is_heating_advised') === 1 && t('batteries.heating-advised'),
    fieldValue(series, 'warning_event') === 'shutdown_refused_while_charging' && t('batteries.shutdown-refused'),
    fieldValue(series, 'has_two_generators') === 1 && t('batteries.two-generators'),
  ].filter((note) => note !== false)
  return (
    <>
      {notes.map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
    </>
  )
}

const Unequal = ({ packs }: { packs: readonly Pack[] }) => {
  const { t } = useLanguage()
  const spread = socSpread(packs)
  if (spread === undefined) return null
  const points = t('batteries.points', { n: spread })
  return (
    <>
      <dt>{t('batteries.between-packs')}</dt>
      <dd>
        {spread >= UNEQUAL_PCT ? <strong class="is-watch">{points}</strong> : points}{' '}
        <span class="faint">{t('batteries.usual-below', { limit: UNEQUAL_PCT })}</span>
      </dd>
    </>
  )
}

const Facts = ({ series, packs }: { series: ValueSeries | undefined; packs: readonly Pack[] }) => {
  const { t, locale } = useLanguage()
  const of = (name: string) => series && numberOf(series, name)
  const [empty, full, low, high] = [
    of('to_empty_s'),
    of('to_full_s'),
    of('discharge_limit_pct'),
    of('charge_limit_pct'),
  ]
  const live = packs.filter(({ told }) => told?.module.is_fresh).length
  return (
    <dl class="facts">
      {(empty ?? full) !== undefined && (
        <>
          <dt>{t(empty === undefined ? 'batteries.full-in' : 'batteries.empty-in')}</dt>
          <dd>{duration(empty ?? full, locale)}</dd>
        </>
      )}
      <dt>{t('batteries.packs-live')}</dt>
      <dd>{live < packs.length ? <strong class="is-watch">{`${live} / ${packs.length}`}</strong> : live}</dd>
      <Unequal packs={packs} />
      <dt>{t('batteries.capacity')}</dt>
      <dd>{quantity(of('capacity_full_ah'), 'Ah', 0, locale)}</dd>
      <dt>{t('batteries.limits')}</dt>
      <dd>
        {low === undefined && high === undefined ? UNKNOWN : `${percent(low, locale)} – ${percent(high, locale)}`}
      </dd>
    </dl>
  )
}

interface BankProps {
  readonly modules: ReadonlyMap<string, HeardModule>
  readonly packs: readonly Pack[]
}

export const BankCard = ({ modules, packs }: BankProps) => {
  const { t } = useLanguage()
  const { link } = useLive()
  const bank = seriesOf(modules.values(), 'battery_bank')[0]
  const isStale = link === 'lost' || bank?.module.is_fresh === false
  return (
    <Card
      title={t('batteries.bank')}
      aside={bank && <Age ageS={bank.module.age_s} at={bank.module.at} />}
      isStale={isStale}
      wide
    >
      {bank && <Notes series={bank.series} />}
      <div class="bank">
        {bank ? <Charge series={bank.series} isStale={isStale} /> : <p>{t('batteries.no-bank')}</p>}
        <Facts series={bank?.series} packs={packs} />
      </div>
    </Card>
  )
}
