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
import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline'
import { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory'
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries'
import { GOOD } from './colours.ts'
import type { Step } from './mappings.ts'
import { type BoardPanel, dress, type Look } from './panel.ts'
import type { Query } from './query.ts'
import { refIdOf } from './target.ts'

/** Steps may be shorter than the hours that are shown in them: between two hours there is no hole. */
const NO_HOLE_MS = 5_400_000
/** Rows that are shown one by one are of days: further apart than this, one is missing. */
const DAY_MISSING_MS = 129_600_000

/** Where a hole begins, by statement. Values as they came are there each minute. */
const holes = (queries: readonly Query[]): [string, DynamicConfigValue[]][] =>
  queries.flatMap(({ isLong, isStepped }, order): [string, DynamicConfigValue[]][] => {
    if (!isStepped) return [[refIdOf(order), [{ id: 'custom.insertNulls', value: DAY_MISSING_MS }]]]
    return isLong ? [[refIdOf(order), [{ id: 'custom.spanNulls', value: NO_HOLE_MS }]]] : []
  })

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
  if (look.isStacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
  if (look.timeFrom) panel.timeFrom(look.timeFrom)
  return panel
}

export const lines = (look: ChartLook): BoardPanel => {
  const panel = timeSeries(look)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(look.isFilled ? 20 : 0)
  for (const [refId, properties] of holes(look.queries)) panel.overrideByQuery(refId, properties)
  return panel
}

/** For rows that stand for a stretch of time each. */
export const bars = (look: ChartLook): BoardPanel =>
  timeSeries(look).drawStyle(GraphDrawStyle.Bars).lineWidth(0).fillOpacity(85)

/** States over time, in the words of the mappings. */
export const states = (look: Look & { readonly mappings: readonly ValueMapping[] }): BoardPanel => {
  const panel = dress(new StateTimeline(), look, 'time_series')
    .interval('1m')
    .maxDataPoints(300)
    .mappings([...look.mappings])
    .mergeValues(true)
    .spanNulls(false)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.85)
    .legend(legend())
  for (const [refId, properties] of holes(look.queries)) panel.overrideByQuery(refId, properties)
  return panel
}

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
