/** Panels with a time axis: lines, bars, states and heat maps. Holes stay holes in each. */
import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline'
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory'
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries'
import { GOOD } from './colours.ts'
import type { Step } from './mappings.ts'
import { type BoardPanel, dress, type Look } from './panel.ts'
import { refIdOf } from './target.ts'

/** Steps may be shorter than the hours that are shown in them: between two hours there is no hole. */
const NO_HOLE_MS = 5_400_000

const legend = (): VizLegendOptionsBuilder =>
  new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).placement(LegendPlacement.Bottom).showLegend(true)

const tooltip = (): VizTooltipOptionsBuilder =>
  new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.None)

interface ChartLook extends Look {
  readonly isStacked?: boolean
  readonly isFilled?: boolean
  /** For rows that stand for long: months, years. Looks back so far instead of at the time shown. */
  readonly timeFrom?: string
}

const timeSeries = (look: ChartLook): TimeSeries => {
  const panel = dress(new TimeSeries(), look, 'time_series')
    .interval('1m')
    .legend(legend())
    .tooltip(tooltip())
    .showPoints(VisibilityMode.Auto)
    .spanNulls(false)
  for (const [order, { isLong }] of look.queries.entries())
    if (isLong) panel.overrideByQuery(refIdOf(order), [{ id: 'custom.spanNulls', value: NO_HOLE_MS }])
  if (look.isStacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  if (look.timeFrom) panel.timeFrom(look.timeFrom)
  return panel
}

export const lines = (look: ChartLook): BoardPanel =>
  timeSeries(look)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(look.isFilled ? 20 : 0)

/** For rows that stand for a stretch of time each. */
export const bars = (look: ChartLook): BoardPanel =>
  timeSeries(look).drawStyle(GraphDrawStyle.Bars).lineWidth(0).fillOpacity(85)

/** States over time, in the words of the mappings. */
export const states = (look: Look & { readonly mappings: readonly ValueMapping[] }): BoardPanel =>
  dress(new StateTimeline(), look, 'time_series')
    .interval('1m')
    .maxDataPoints(300)
    .mappings([...look.mappings])
    .mergeValues(true)
    .spanNulls(NO_HOLE_MS)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.85)
    .legend(legend())

/** One row per series, the colour says how much. */
export const heat = (look: Look & { readonly steps: readonly Step[] }): BoardPanel =>
  dress(new StatusHistory(), look, 'time_series')
    .interval('10m')
    .maxDataPoints(48)
    .thresholds({ build: () => ({ mode: 'absolute' as never, steps: [{ value: null, color: GOOD }, ...look.steps] }) })
    .colorScheme({ build: () => ({ mode: 'thresholds' as never }) })
    .showValue(VisibilityMode.Never)
    .rowHeight(0.9)
    .legend(legend())
