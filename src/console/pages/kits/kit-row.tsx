/** A kit in the list: a line of the table, all of which leads to the kit. */
import type { LiveKit } from '../../api-shapes.ts'
import { energy, isKnown, percent, UNKNOWN, watts } from '../../format.ts'
import { nameOf } from '../../kit-name.ts'
import { Gauge } from '../../parts/gauge.tsx'
import { UnknownBadge, VerdictBadge } from '../../parts/verdict.tsx'
import { hashOf } from '../../route.ts'
import { timeLeftOf } from '../../time-left.ts'
import { useLanguage } from '../../use-language.tsx'

/** As it was when the kit, or the collector, was heard last. */
const LastCharge = ({ kit: { soc_pct, last_soc_pct } }: { kit: LiveKit }) => {
  const { t, locale } = useLanguage()
  const last = soc_pct ?? last_soc_pct
  return (
    <span class="kit-charge">
      <Gauge label={t('now.charge')} value={last} text={t('now.unknown')} isStale />
      <span class="faint">{last === undefined ? UNKNOWN : t('now.last', { power: percent(last, locale) })}</span>
    </span>
  )
}

const Charge = ({ kit }: { kit: LiveKit }) => {
  const speech = useLanguage()
  const { t, locale } = speech
  const { soc_pct, net_w } = kit
  const timeLeft = timeLeftOf(kit, speech)
  if (soc_pct === undefined) return <LastCharge kit={kit} />
  return (
    <>
      <span class="kit-charge">
        <Gauge label={t('now.charge')} value={soc_pct} text={percent(soc_pct, locale)} />
        <strong>{percent(soc_pct, locale)}</strong>
      </span>
      {isKnown(net_w) && (
        <span class="faint">
          {[`${net_w > 0 ? '+' : ''}${watts(net_w, locale)}`, timeLeft].filter(Boolean).join(' · ')}
        </span>
      )}
    </>
  )
}

interface KitRowProps {
  readonly kit: LiveKit
  /** Whether what is told of it comes from the collector now. */
  readonly isLinked: boolean
  readonly ago: (at: number) => string
}

export const KitRow = ({ kit, isLinked, ago }: KitRowProps) => {
  const { t, locale } = useLanguage()
  const { kit_sn, error_count, last_report_ms } = kit
  const solar = kit.today_solar_wh
  return (
    <tr>
      <th scope="row">
        <a href={hashOf({ page: 'now', sn: kit_sn })}>{nameOf(kit)}</a>
        <span class="faint">{kit_sn}</span>
      </th>
      <td class="kit-verdict">
        {isLinked ? <VerdictBadge verdict={kit.verdict} /> : <UnknownBadge />}
        {kit.is_laid_up === true && <span class="faint"> {t('now.laid-up')}</span>}
      </td>
      <td class="kit-power">{isLinked && kit.is_live ? <Charge kit={kit} /> : <LastCharge kit={kit} />}</td>
      <td class="is-number">
        <span class="kit-term">{t('kits.column.sun')} </span>
        {energy(typeof solar === 'number' ? solar : undefined, locale)}
      </td>
      <td class={`kit-errors is-number${error_count > 0 ? ' has-errors' : ''}`}>
        <span class="kit-term">{t('kits.column.errors')} </span>
        {error_count}
      </td>
      <td class="kit-heard is-number faint">{last_report_ms === undefined ? UNKNOWN : ago(last_report_ms)}</td>
    </tr>
  )
}
