/** Temperatures of a pack on one scale: cells with what they bear, switches, heaters; and whether it heats itself. */
import type { ValueSeries } from '../../api-shapes.ts'
import { celsius, duration } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import { fieldValue, numberOf } from '../../live-state.ts'
import { useLanguage } from '../../use-language.tsx'
import { Scale, type Zone } from './scale.tsx'

const FROM_C = -20
const TO_C = 80
const FROST_C = 0
/** From here on a pack is hot: the alert's default. Near 60 °C it switches off. src: docs/alerts.md, over-temperature */
const HOT_C = 50

const CELL_ZONES: readonly Zone[] = [
  { from: FROM_C, to: FROST_C, tone: 'watch' },
  { from: FROST_C, to: HOT_C, tone: 'good' },
  { from: HOT_C, to: TO_C, tone: 'bad' },
]
/** What switches and heaters bear is nowhere told. */
const PLAIN: readonly Zone[] = [{ from: FROM_C, to: TO_C, tone: 'plain' }]

const PLACES = [
  { name: 'cell', key: 'batteries.cells', zones: CELL_ZONES },
  { name: 'mos', key: 'batteries.temperature-switches', zones: PLAIN },
  { name: 'heater', key: 'batteries.temperature-heaters', zones: PLAIN },
] as const satisfies readonly { name: string; key: MessageKey; zones: readonly Zone[] }[]

const Place = ({ series, place }: { series: ValueSeries; place: (typeof PLACES)[number] }) => {
  const { t, locale } = useLanguage()
  const low = numberOf(series, `${place.name}_temperature_min_c`)
  const high = numberOf(series, `${place.name}_temperature_max_c`)
  if (low === undefined || high === undefined) return null
  const value = low === high ? celsius(low, locale) : `${celsius(low, locale)} – ${celsius(high, locale)}`
  const isCells = place.name === 'cell'
  const ticks = [FROST_C, HOT_C].map((at) => ({ at, text: celsius(at, locale) }))
  return (
    <div class="place">
      <span>{t(place.key)}</span>
      <span class="measure-value">{value}</span>
      <Scale
        {...{ from: FROM_C, to: TO_C, zones: place.zones, span: [low, high] }}
        ticks={isCells ? ticks : []}
        label={isCells ? t('batteries.temperature-limits', { value }) : value}
      />
    </div>
  )
}

const useHeating = (series: ValueSeries): string | undefined => {
  const { t, locale } = useLanguage()
  const left = numberOf(series, 'heating_left_s')
  if (fieldValue(series, 'heating_state') === 'heating')
    return left ? t('batteries.heats-for', { duration: duration(left, locale) }) : t('batteries.heats')
  const allowed = fieldValue(series, 'is_heating_allowed')
  if (allowed === undefined) return undefined
  return t(allowed === 1 ? 'batteries.heating-ready' : 'batteries.heating-off')
}

export const Temperatures = ({ series }: { series: ValueSeries }) => {
  const { t } = useLanguage()
  const heating = useHeating(series)
  return (
    <div class="measure">
      <h3>{t('batteries.temperatures')}</h3>
      {PLACES.map((place) => (
        <Place key={place.name} series={series} place={place} />
      ))}
      {fieldValue(series, 'is_charging_cold') === 1 && <p class="note is-bad">{t('batteries.charging-cold')}</p>}
      {heating !== undefined && <p class="faint">{heating}</p>}
    </div>
  )
}
