/** The lowest and the highest cell of a pack, and how far they are apart, on a scale that says what is usual. */
import type { ValueSeries } from '../../api-shapes.ts'
import { number, quantity, volts } from '../../format.ts'
import { numberOf } from '../../live-state.ts'
import { useLanguage } from '../../use-language.tsx'
import { Scale, type Zone } from './scale.tsx'

const TO_V = 0.2
/** Where the alert of drifting cells is over, and where it begins, by default. src: docs/alerts.md, cell-spread */
const USUAL_V = 0.12
const DRIFTING_V = 0.15

const ZONES: readonly Zone[] = [
  { from: 0, to: USUAL_V, tone: 'good' },
  { from: USUAL_V, to: DRIFTING_V, tone: 'watch' },
  { from: DRIFTING_V, to: TO_V, tone: 'bad' },
]

const CELL_DIGITS = 3

export const Cells = ({ series }: { series: ValueSeries }) => {
  const { t, locale } = useLanguage()
  const [low, high, spread] = ['cell_min_v', 'cell_max_v', 'cell_spread_v'].map((name) => numberOf(series, name))
  const millivolts = (value: number | undefined) =>
    quantity(value === undefined ? undefined : value * 1000, 'mV', 0, locale)
  const word =
    spread === undefined ? 'unknown' : spread < USUAL_V ? 'usual' : spread <= DRIFTING_V ? 'wide' : 'drifting'
  const text = t(`batteries.spread-${word}`, { spread: millivolts(spread), limit: millivolts(DRIFTING_V) })
  return (
    <div class="measure">
      <h3>{t('batteries.cells')}</h3>
      <p class="measure-value">
        {volts(low, locale, CELL_DIGITS)} – {volts(high, locale, CELL_DIGITS)}
      </p>
      <Scale
        from={0}
        to={TO_V}
        zones={ZONES}
        span={spread === undefined ? undefined : [spread, spread]}
        ticks={[
          { at: USUAL_V, text: number(USUAL_V * 1000, locale) },
          { at: DRIFTING_V, text: millivolts(DRIFTING_V) },
        ]}
        label={text}
      />
      <p class="faint">{text}</p>
    </div>
  )
}
