/** How a chart is set up: lines, axes by the clock of the kit, gaps behind the lines. Zooming is left to gestures.ts. */
import type uPlot from 'uplot'
import { zoneOf } from '../../zone.ts'
import type { ChartProps, ChartSeries } from './chart-props.ts'
import { drawGaps, drawMarks } from './draw-stretches.ts'
import { type Gestures, mouseBindings, zoomSelected } from './gestures.ts'
import type { Paint } from './paint.ts'
import { stepFor, tickLabels, ticksBetween } from './ticks.ts'

/** What the drawing asks while it lives; it outlives single answers. */
export interface ChartSubject {
  readonly props: ChartProps
  readonly locale: string
  readonly paint: Paint
  /** The range as drawn: it runs ahead of the props while a finger moves it. */
  readonly range: { from: number; to: number }
}

type Ask = () => ChartSubject

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
const TICK_PX = 64
const FILL_ALPHA = '38'
const LETTER_PX = 6.6
/** The same for most charts, so that their times stand below each other; on a phone there is no room for that. */
const LEAST_AXIS_PX = 66
const NARROW_PX = 420

const fillOf = (colour: string) => `${colour}${FILL_ALPHA}`

const lineOf = ({ key, label, colour, isDashed, isFilled }: ChartSeries, paint: Paint): uPlot.Series => ({
  label: label || key,
  stroke: paint(colour),
  width: 1.75,
  ...(isDashed ? { dash: [5, 4] } : {}),
  ...(isFilled ? { fill: fillOf(paint(colour)) } : {}),
  points: { size: 4 },
})

const timeAxis = (ask: Ask): uPlot.Axis => {
  const stepOf = (plot: uPlot) =>
    stepFor(ask().range.to - ask().range.from, Math.max(2, plot.bbox.width / devicePixelRatio / TICK_PX))
  return {
    scale: 'x',
    font: FONT,
    size: 44,
    gap: 8,
    splits: (plot, _, from, to) => ticksBetween(from, to, stepOf(plot), zoneOf(ask().props.timeZone)),
    values: (plot, splits) => tickLabels(splits, stepOf(plot), zoneOf(ask().props.timeZone), ask().locale),
  }
}

const ROUND = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((power) =>
  // Written out, since 0.1 added up is not what it is called.
  [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
)

const valueAxis = (ask: Ask): uPlot.Axis => ({
  scale: 'y',
  font: FONT,
  gap: 4,
  size: ({ width }, values) =>
    Math.max(
      width < NARROW_PX ? 0 : LEAST_AXIS_PX,
      12 + LETTER_PX * Math.max(0, ...(values ?? []).map((value) => String(value).length)),
    ),
  incrs: () => ROUND.filter((step) => step >= (ask().props.finest ?? 1)),
  values: (_, splits) => splits.map((value) => ask().props.format(value)),
})

const inColours = (axis: uPlot.Axis, paint: Paint): uPlot.Axis => ({
  ...axis,
  stroke: paint('--faint'),
  grid: { stroke: paint('--line'), width: 1 },
  ticks: { show: false },
})

const PAD = 0.06

/** From the least to the greatest with some room; 0 where nothing is below it stays at the foot. */
const valueRange =
  (ask: Ask) =>
  (_: uPlot, least: number | null, greatest: number | null): [number, number] => {
    const { shows = [] } = ask().props
    const known = [least, greatest, ...shows].filter((value) => value !== null && Number.isFinite(value)) as number[]
    if (known.length === 0) return [0, 1]
    const [low, high] = [Math.min(...known), Math.max(...known)]
    const pad = (high - low || Math.abs(high) || 1) * PAD
    const isShown = (value: number) => shows.includes(value)
    return [isShown(low) ? low : low - pad, isShown(high) && high !== low ? high : high + pad]
  }

const cursorFor = ({ onRange, together }: ChartProps, gestures: Gestures): uPlot.Cursor => ({
  y: false,
  points: { size: 7 },
  bind: mouseBindings(gestures),
  drag: { x: onRange !== undefined, y: false, setScale: false },
  ...(together === undefined
    ? {}
    : {
        sync: {
          key: together,
          setSeries: false,
          scales: ['x', null],
          // A drag is of one chart alone; the range that it asks for reaches the others.
          filters: { pub: (type: string) => type === 'mousemove' || type === 'mouseleave' },
        },
      }),
})

interface Hands {
  readonly gestures: Gestures
  /** The crosshair is at this index of the values; null where it is nowhere. */
  pointed(index: number | null): void
}

export const optionsFor = (
  ask: Ask,
  { gestures, pointed }: Hands,
  size: { width: number; height: number },
): uPlot.Options => {
  const { props, paint } = ask()
  return {
    ...size,
    ms: 1,
    padding: [10, 24, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [ask().range.from, ask().range.to] },
      y: { range: valueRange(ask) },
    },
    axes: [inColours(timeAxis(ask), paint), inColours(valueAxis(ask), paint)],
    series: [{}, ...props.series.map((series) => lineOf(series, paint))],
    cursor: cursorFor(props, gestures),
    hooks: {
      setCursor: [({ cursor }) => pointed((cursor.left ?? -1) < 0 ? null : (cursor.idx ?? null))],
      setSelect: [(plot) => zoomSelected(plot, gestures)],
      drawAxes: [(plot) => drawGaps(plot, ask().props.gaps ?? [], ask().paint)],
      draw: [(plot) => drawMarks(plot, ask().props.marks ?? [], ask().paint)],
    },
  }
}
