/** What became of a pack in ninety days, as small curves. */
import { day, quantity } from '../../format.ts'
import type { Ageing } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import type { Pack } from './packs.ts'
import { Sparkline } from './sparkline.tsx'
import { trendOf } from './trend.ts'

/** So much of the charge when full does a curve show at least, in Ah, and of the spread of cells, in V. */
const LEAST_AH = 3
const LEAST_V = 0.03

interface CurveProps {
  readonly pack: Pack
  readonly field: keyof Ageing
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

export const Curves = ({ pack }: { pack: Pack }) => {
  const { t, locale } = useLanguage()
  if (pack.days.length < 2) return <p class="faint">{t('batteries.no-curves')}</p>
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
