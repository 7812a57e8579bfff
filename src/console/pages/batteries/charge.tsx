/**
 * How full a pack, or all of them, and what flows: the same for both, since the kit tells both alike. Of what is old it
 * says that it was the last, and not what flowed then.
 */
import type { ValueSeries } from '../../api-shapes.ts'
import { amperes, percent, quantity, volts, watts } from '../../format.ts'
import { fieldValue, numberOf } from '../../live-state.ts'
import { Gauge } from '../../parts/gauge.tsx'
import { useLanguage } from '../../use-language.tsx'

/** Less is no flow: the wire's watts are whole numbers, and its amperes tremble. */
const STILL_W = 1

const useDirection = (power: number | undefined): string => {
  const { t, locale } = useLanguage()
  if (power === undefined) return t('batteries.power-unknown')
  if (Math.abs(power) < STILL_W) return t('batteries.idle')
  return t(power > 0 ? 'batteries.charging' : 'batteries.discharging', { power: watts(Math.abs(power), locale) })
}

export const Charge = ({ series, isStale }: { series: ValueSeries; isStale: boolean }) => {
  const { t, locale } = useLanguage()
  const of = (name: string) => numberOf(series, name)
  const [charge, power, current, voltage, left] = [
    of('soc_pct'),
    of('power_w'),
    of('current_a'),
    of('voltage_v'),
    of('capacity_left_ah'),
  ]
  const direction = useDirection(power)
  const text = percent(charge, locale)
  const isDischarging = fieldValue(series, 'charge_state') === 'discharging'
  const limits = [of('discharge_limit_pct'), of('charge_limit_pct')]
  const electric = [
    voltage !== undefined && volts(voltage, locale),
    current !== undefined && !isStale && amperes(current, locale),
    left !== undefined && t('batteries.left', { charge: quantity(left, 'Ah', 1, locale) }),
  ].filter(Boolean)
  return (
    <div class="pack-charge">
      <p class="pack-charge-line">
        <strong class="pack-charge-value">
          {isStale && charge !== undefined ? t('now.last', { power: text }) : text}
        </strong>
        {!isStale && <span>{direction}</span>}
      </p>
      <Gauge
        label={t('now.charge')}
        value={charge}
        text={isStale ? t('now.unknown') : text}
        ticks={limits.filter((limit) => limit !== undefined && limit > 0 && limit < 100) as number[]}
        colour={isDischarging ? 'var(--discharge)' : 'var(--charge)'}
        isStale={isStale}
      />
      <p class="faint">{electric.join(' · ')}</p>
    </div>
  )
}
