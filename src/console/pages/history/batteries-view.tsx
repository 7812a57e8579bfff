/** The packs over time: state of charge, the voltages of their cells and how far these are apart, temperatures. */
import { useMemo } from 'preact/hooks'
import { celsius, percent, quantity, volts } from '../../format.ts'
import type { MessageKey } from '../../language.ts'
import type { OneSeries, SeriesAnswer } from '../../past-shapes.ts'
import { useLanguage } from '../../use-language.tsx'
import { lineColour } from './line-colours.ts'
import { type Line, SeriesCard } from './series-card.tsx'
import { type Grid, gridOf } from './series-grid.ts'
import { SeriesState } from './series-state.tsx'
import { useGapsToDraw } from './use-gaps-to-draw.ts'
import { type ModuleName, useModuleName } from './use-module-name.ts'
import { useSeries } from './use-series.ts'
import type { Viewed } from './viewed.ts'

interface FieldLook {
  readonly field: string
  readonly unit: string
  /** What is told beside the pack, where there are two lines of each. */
  readonly label?: MessageKey
  readonly isDashed?: boolean
}

interface ChartLook {
  readonly title: MessageKey
  readonly name: string
  readonly fields: readonly FieldLook[]
  readonly shows?: readonly number[]
  readonly finest?: number
  format(value: number, locale: string): string
}

const MILLI = 1000
const CELL_DIGITS = 3

const CHARTS: readonly ChartLook[] = [
  {
    title: 'history.soc-packs',
    name: 'packs-state-of-charge',
    fields: [{ field: 'soc_pct', unit: '%' }],
    shows: [0, 100],
    format: percent,
  },
  {
    title: 'history.cells',
    name: 'cells',
    fields: [
      { field: 'cell_max_v', unit: 'V', label: 'history.cell-max' },
      { field: 'cell_min_v', unit: 'V', label: 'history.cell-min', isDashed: true },
    ],
    finest: 0.001,
    format: (value, locale) => volts(value, locale, CELL_DIGITS),
  },
  {
    title: 'history.spread',
    name: 'cell-spread',
    fields: [{ field: 'cell_spread_v', unit: 'V' }],
    shows: [0],
    finest: 0.001,
    format: (value, locale) => quantity(value * MILLI, 'mV', 0, locale),
  },
  {
    title: 'history.temperature',
    name: 'temperature',
    fields: [{ field: 'temperature_c', unit: '°C' }],
    format: celsius,
  },
]

const QUERIES = [
  { measurement: 'battery', fields: CHARTS.flatMap(({ fields }) => fields.map(({ field }) => field)).join(',') },
]

type Told = (key: MessageKey) => string

const linesOf = (
  packs: readonly OneSeries[],
  { fields }: ChartLook,
  grid: Grid,
  { nameOf, t }: { nameOf: ModuleName; t: Told },
): Line[] =>
  packs.flatMap((pack, index) =>
    fields.map(({ field, unit, label, isDashed = false }) => {
      const { module_sn: sn = '' } = pack.tags
      return {
        key: `${sn} ${field}`,
        label: label === undefined ? nameOf(sn) : `${nameOf(sn)}, ${t(label)}`,
        colour: lineColour(index),
        isDashed,
        values: grid.valuesOf(pack, field),
        column: `${field} ${sn} (${unit})`,
      }
    }),
  )

/** Packs in the same order, and so the same colours, in all charts. */
const packsOf = ({ series }: SeriesAnswer): OneSeries[] =>
  series.toSorted((one, other) => (one.tags.module_sn ?? '').localeCompare(other.tags.module_sn ?? ''))

const usePackCharts = (answer: SeriesAnswer | undefined) => {
  const { t } = useLanguage()
  const nameOf = useModuleName()
  return useMemo(() => {
    if (answer === undefined) return undefined
    const grid = gridOf(answer)
    const packs = packsOf(answer)
    return {
      charts: CHARTS.map((look) => ({ look, lines: linesOf(packs, look, grid, { nameOf, t }) })),
      head: {
        grid,
        from: answer.from_ms,
        to: answer.to_ms,
        timeZone: answer.time_zone,
      },
    }
  }, [answer, t, nameOf])
}

export const BatteriesView = ({ viewed }: { viewed: Viewed }) => {
  const { t, locale } = useLanguage()
  const { sn, range, isRunning } = viewed
  const series = useSeries({ sn, range, isRunning, queries: QUERIES })
  const made = usePackCharts(series.answer)
  const gaps = useGapsToDraw(series.answer?.gaps)
  return (
    <>
      <SeriesState series={series} />
      {made?.charts.map(({ look, lines }) => (
        <SeriesCard
          key={look.name}
          title={t(look.title)}
          name={look.name}
          viewed={viewed}
          isLoading={series.isLoading}
          lines={lines}
          gaps={gaps}
          height={200}
          format={(value) => look.format(value, locale)}
          {...(look.shows && { shows: look.shows })}
          {...(look.finest && { finest: look.finest })}
          {...made.head}
        />
      ))}
    </>
  )
}
