/** The energy of the day so far, and of how much of it that was told. */
import type { LiveKit } from '../../api-shapes.ts'
import { duration, energy, isKnown, percent } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import { Card } from '../../parts/card.tsx'
import { hashOf } from '../../route.ts'
import { useLanguage } from '../../use-language.tsx'

/** Each bar: the field of the kit, its name, its colour. */
const BARS = [
  ['today_solar_wh', 'now.flow.solar', 'var(--sun)'],
  ['today_dc_in_wh', 'now.flow.dc_in', 'var(--alternator)'],
  ['today_ac_in_wh', 'now.flow.ac_in', 'var(--shore)'],
  ['today_battery_charge_wh', 'now.today.charged', 'var(--charge)'],
  ['today_battery_discharge_wh', 'now.today.discharged', 'var(--discharge)'],
  ['today_ac_out_wh', 'now.flow.ac_out', 'var(--ac-out)'],
  ['today_dc_out_wh', 'now.flow.dc_out', 'var(--dc-out)'],
] as const satisfies readonly (readonly [string, MessageKey, string])[]

/** Less is written as nothing. */
const LEAST_WH = 0.05

const numberIn = (kit: LiveKit, field: string): number | undefined => {
  const value = kit[field]
  return typeof value === 'number' ? value : undefined
}

const Bars = ({ kit }: { kit: LiveKit }) => {
  const { t, locale } = useLanguage()
  const bars = BARS.map(([field, label, colour]) => ({ field, label, colour, wh: numberIn(kit, field) }))
  const most = Math.max(1, ...bars.map(({ wh }) => wh ?? 0))
  return (
    <table class="bars">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('now.column.what')}</th>
          <th scope="col">{t('history.energy')}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ field, label, colour, wh }) => (
          <tr key={field}>
            <th scope="row">
              {t(label)}
              {isKnown(wh) && wh >= LEAST_WH && (
                <span class="bar" style={{ width: `${(wh / most) * 100}%`, background: colour }} />
              )}
            </th>
            <td class="is-number">{energy(wh, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Covered = ({ kit }: { kit: LiveKit }) => {
  const { t, locale } = useLanguage()
  const covered = numberIn(kit, 'today_covered_s')
  const share = kit.completeness_today_pct
  if (!isKnown(covered)) return null
  return (
    <p class="faint">
      {t('now.today.covered', { duration: duration(covered, locale) })}{' '}
      {isKnown(share) && t('now.today.complete', { share: percent(share, locale, share < 100 && share > 99 ? 1 : 0) })}
    </p>
  )
}

export const TodayCard = ({ kit }: { kit: LiveKit }) => {
  const { t } = useLanguage()
  return (
    <Card title={t('now.today')} aside={<a href={hashOf({ page: 'history', sn: kit.kit_sn })}>{t('page.history')}</a>}>
      {numberIn(kit, 'today_covered_s') === undefined ? <p>{t('now.today.none')}</p> : <Bars kit={kit} />}
      <Covered kit={kit} />
    </Card>
  )
}
