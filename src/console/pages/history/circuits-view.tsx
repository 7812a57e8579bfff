/** What the circuits drew: the power of the greatest consumers over time, and the energy of all. */
import { useMemo } from 'preact/hooks'
import { watts } from '../../format.ts'
import type { CircuitEnergy, Circuits, OneSeries, SeriesAnswer } from '../../past-shapes.ts'
import { useAnswer } from '../../use-answer.ts'
import { type Speech, useLanguage } from '../../use-language.tsx'
import { circuitName } from './circuit-name.ts'
import { CircuitTable } from './circuit-table.tsx'
import { lineColour } from './line-colours.ts'
import { pathOf } from './path-of.ts'
import { type Line, SeriesCard } from './series-card.tsx'
import { gridOf } from './series-grid.ts'
import { SeriesState } from './series-state.tsx'
import { useGapsToDraw } from './use-gaps-to-draw.ts'
import { type SeriesQuery, useLast, useSeries } from './use-series.ts'
import type { Viewed } from './viewed.ts'

const EVERY_MS = 300_000
/** More lines than that cannot be told apart. */
const DRAWN = 6

const isOf =
  ({ module_sn, side, circuit }: CircuitEnergy) =>
  ({ tags }: OneSeries): boolean =>
    tags.module_sn === module_sn && tags.side === side && tags.circuit === circuit

/** One by one: years of all circuits of a kit are much to read for the few that are drawn. */
const queriesOf = (circuits: readonly CircuitEnergy[]): SeriesQuery[] =>
  circuits.map(({ module_sn, side, circuit }) => ({
    measurement: 'circuit',
    fields: 'power_w',
    module_sn,
    side,
    circuit,
  }))

const chartOf = (answer: SeriesAnswer, ranked: readonly CircuitEnergy[], t: Speech['t']) => {
  const grid = gridOf(answer)
  const lines = ranked.flatMap((circuit, index): Line[] => {
    const series = answer.series.find(isOf(circuit))
    if (series === undefined) return []
    const { module_sn, side, circuit: number } = circuit
    return [
      {
        key: `${module_sn} ${side} ${number}`,
        label: circuitName(circuit, t),
        colour: lineColour(index),
        values: grid.valuesOf(series, 'power_w'),
        column: `power_w ${side} ${number} ${circuit.name ?? ''} (W)`.replace('  ', ' '),
      },
    ]
  })
  return {
    grid,
    lines,
    from: answer.from_ms,
    to: answer.to_ms,
    timeZone: answer.time_zone,
  }
}

export const CircuitsView = ({ viewed }: { viewed: Viewed }) => {
  const { t, locale } = useLanguage()
  const { sn, range, isRunning } = viewed
  const asked = useAnswer<Circuits>(range && pathOf(sn, 'circuits', { ...range }), isRunning ? EVERY_MS : undefined)
  const ranking = useLast(asked.answer)
  const drawnCircuits = useMemo(() => ranking?.circuits.slice(0, DRAWN) ?? [], [ranking])
  const series = useSeries({ sn, range, isRunning, queries: queriesOf(asked.answer ? drawnCircuits : []) })
  const drawn = useMemo(
    () => series.answer && chartOf(series.answer, drawnCircuits, t),
    [drawnCircuits, series.answer, t],
  )
  const gaps = useGapsToDraw(series.answer?.gaps)
  return (
    <>
      <SeriesState series={series} />
      {drawn && (
        <SeriesCard
          title={t('history.circuits-power', { n: drawn.lines.length })}
          name="circuits"
          viewed={viewed}
          isLoading={asked.isLoading || series.isLoading}
          shows={[0]}
          height={300}
          format={(value) => watts(value, locale)}
          gaps={gaps}
          {...drawn}
        />
      )}
      <SeriesState series={{ ...asked, answer: ranking }} />
      {ranking && <CircuitTable circuits={ranking.circuits} drawn={DRAWN} />}
    </>
  )
}
