/** All packs of the kit together, as the kit adds them up. */
import type { ValueSeries } from '../../api-shapes.ts'
import { duration, percent, quantity, UNKNOWN } from '../../format.ts'
import { fieldValue, type HeardModule, numberOf, seriesOf } from '../../live-state.ts'
import { Age } from '../../parts/age.tsx'
import { Card } from '../../parts/card.tsx'
import { isWell, VerdictBadge } from '../../parts/verdict.tsx'
import { useLanguage } from '../../use-language.tsx'
import { useIsCurrent } from '../../use-live.tsx'
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

interface FactsProps {
  readonly series: ValueSeries | undefined
  readonly packs: readonly Pack[]
  readonly isStale: boolean
}

/** How many packs report; nobody can say so of a kit that is not heard. */
const Reporting = ({ packs, isStale }: Pick<FactsProps, 'packs' | 'isStale'>) => {
  const { t } = useLanguage()
  const live = packs.filter(({ told }) => told?.module.is_fresh).length
  if (isStale) return t('now.charge.packs-known', { known: packs.length })
  return live < packs.length ? <strong class="is-watch">{`${live} / ${packs.length}`}</strong> : live
}

const Facts = ({ series, packs, isStale }: FactsProps) => {
  const { t, locale } = useLanguage()
  const of = (name: string) => series && numberOf(series, name)
  const [empty, full, low, high] = [
    of('to_empty_s'),
    of('to_full_s'),
    of('discharge_limit_pct'),
    of('charge_limit_pct'),
  ]
  return (
    <dl class="facts">
      {(empty ?? full) !== undefined && !isStale && (
        <>
          <dt>{t(empty === undefined ? 'batteries.full-in' : 'batteries.empty-in')}</dt>
          <dd>{duration(empty ?? full, locale)}</dd>
        </>
      )}
      <dt>{t('batteries.packs-live')}</dt>
      <dd>
        <Reporting packs={packs} isStale={isStale} />
      </dd>
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
  const bank = seriesOf(modules.values(), 'battery_bank')[0]
  const isCurrent = useIsCurrent()
  const isStale = !isCurrent || bank?.module.is_fresh === false
  return (
    <Card
      title={t('batteries.bank')}
      aside={
        bank && (
          <span class="pack-state">
            {isWell(bank.module.verdict) || <VerdictBadge verdict={bank.module.verdict} />}
            <Age ageS={bank.module.age_s} at={bank.module.at} />
          </span>
        )
      }
      isStale={isStale}
      wide
    >
      {bank && <Notes series={bank.series} />}
      <div class="bank">
        {bank ? <Charge series={bank.series} isStale={isStale} /> : <p>{t('batteries.no-bank')}</p>}
        <Facts series={bank?.series} packs={packs} isStale={!isCurrent} />
      </div>
    </Card>
  )
}
