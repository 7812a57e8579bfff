/** How a pack ages: charge when full against when new, what it really gives, cycles, and the curves of 90 days. */

import { day, number, percent, quantity, UNKNOWN } from '../../format.ts'
import { numberOf } from '../../live-state.ts'
import type { Ageing as AgeingFields } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import type { Pack } from './packs.ts'
import { Sparkline } from './sparkline.tsx'
import { trendOf } from './trend.ts'

/** So much of the charge when new does a curve show at least, in Ah, and of the spread of cells, in V. */
const LEAST_AH = 3
const LEAST_V = 0.03

const inPercent = (ratio: number | undefined): number | undefined => (ratio === undefined ? undefined : ratio * 100)

interface CurveProps {
  readonly pack: Pack
  readonly field: keyof AgeingFields
  readonly title: string
  readonly leastSpan: number
  write(value: number): string
}

const Curve = ({ pack, field, title, leastSpan, write }: CurveProps) => {
  const { t, locale } = useLanguage()
  const trend = trendOf(pack.days, field, leastSpan)
  if (trend === undefined) return null
  const ends = { first: write(trend.first), last: write(trend.last), n: trend.days }
  return (
    <figure class="curve">
      <figcaption>
        <span>{title}</span> <span class="faint">{t('batteries.trend', ends)}</span>
      </figcaption>
      <Sparkline trend={trend} label={`${title}: ${t('batteries.trend-words', ends)} ${day(trend.lastAt, locale)}`} />
    </figure>
  )
}

const Curves = ({ pack }: { pack: Pack }) => {
  const { t, locale } = useLanguage()
  return (
    <div class="curves">
      <Curve
        {...{ pack, field: 'capacity_full_ah', title: t('batteries.capacity-curve'), leastSpan: LEAST_AH }}
        write={(value) => quantity(value, 'Ah', 1, locale)}
      />
      <Curve
        {...{ pack, field: 'cell_spread_v', title: t('batteries.spread-curve'), leastSpan: LEAST_V }}
        write={(value) => quantity(value * 1000, 'mV', 0, locale)}
      />
    </div>
  )
}

const Usable = ({ pack: { health = { module_sn: '' } } }: { pack: Pack }) => {
  const { t, locale } = useLanguage()
  const { usable_ah: usable, usable_confidence_ratio: confidence } = health
  if (usable === undefined) return <span class="faint">{t('batteries.usable-unknown')}</span>
  return (
    <>
      {quantity(usable, 'Ah', 1, locale)}{' '}
      <span class="faint">{t('batteries.confidence', { confidence: percent(inPercent(confidence), locale) })}</span>
    </>
  )
}

const useCapacity = ({ told, health }: Pack): string => {
  const { t, locale } = useLanguage()
  const of = (name: 'capacity_full_ah' | 'capacity_design_ah') =>
    (told && numberOf(told.series, name)) ?? health?.[name]
  const [full, design] = [of('capacity_full_ah'), of('capacity_design_ah')]
  if (full === undefined) return UNKNOWN
  const text = quantity(full, 'Ah', 1, locale)
  // A pack that has not told its design charge yet says 0.
  if (design === undefined || design <= 0) return text
  const ratio = percent((full / design) * 100, locale)
  return t('batteries.capacity-of', { full: text, design: quantity(design, 'Ah', 0, locale), ratio })
}

export const Ageing = ({ pack, share, isKnown }: { pack: Pack; share: number | undefined; isKnown: boolean }) => {
  const { t, locale } = useLanguage()
  const { told, health, firmware, sn } = pack
  const cycles = (told && numberOf(told.series, 'cycles_count')) ?? health?.cycles_count
  const mean = health?.share_ratio
  const facts: [string, preact.ComponentChildren][] = [
    [t('batteries.capacity'), useCapacity(pack)],
    [t('batteries.usable'), isKnown ? <Usable pack={pack} /> : UNKNOWN],
    [t('batteries.cycles'), number(cycles, locale)],
    [
      t('batteries.share'),
      <>
        {percent(inPercent(share), locale)}{' '}
        {mean !== undefined && (
          <span class="faint">{t('batteries.day-mean', { value: percent(inPercent(mean), locale) })}</span>
        )}
      </>,
    ],
    [t('batteries.efficiency'), percent(inPercent(health?.efficiency_ratio), locale, 1)],
    [t('batteries.firmware'), firmware ?? UNKNOWN],
    [t('batteries.sn'), <code key="sn">{sn}</code>],
  ]
  return (
    <div class="measure">
      <h3>{t('batteries.ageing')}</h3>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <>
            <dt key={name}>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <Curves pack={pack} />
    </div>
  )
}
