/**
 * A chart over time. Promises: a line stops where a value is missing and goes on where the next one is; what can be
 * read with a mouse can be read with keys; the crosshair's values stand in words below.
 */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './chart.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLanguage } from '../use-language.tsx'
import type { ChartProps } from './chart/chart-props.ts'
import { type Gestures, listenToTouch } from './chart/gestures.ts'
import { readingKeys } from './chart/keys.ts'
import { Legend } from './chart/legend.tsx'
import { type ChartSubject, optionsFor } from './chart/options.ts'
import { readPaint, useThemeTurn } from './chart/paint.ts'
import { happenedAt, momentText, stepOf } from './chart/reading.ts'
import { useHidden } from './chart/use-hidden.ts'

const HEIGHT_PX = 240
/** What lies so near to the crosshair is told of. */
const NEAR_PX = 5

interface Drawn {
  readonly plot: uPlot
  readonly gestures: Gestures
}

const dataOf = ({ at, series }: ChartProps): uPlot.AlignedData =>
  [at, ...series.map(({ values }) => values)] as unknown as uPlot.AlignedData

/** Of uPlot, which declares but the first two of them: the last one tells charts that share the crosshair. */
type SetCursor = (to: { left: number; top: number }, fireHook: boolean, tellOthers: boolean) => void

const draw = (host: HTMLElement, ask: () => ChartSubject, pointed: (index: number | null) => void) => {
  const { props, range } = ask()
  let plot: uPlot | undefined
  const gestures: Gestures = {
    range,
    settle: (from, to) => ask().props.onRange?.(from, to),
    back: () => ask().props.onBack?.(),
    point: (left) => (plot?.setCursor as SetCursor | undefined)?.({ left, top: 0 }, true, true),
  }
  const size = { width: host.clientWidth, height: props.height ?? HEIGHT_PX }
  plot = new uPlot(optionsFor(ask, { gestures, pointed }, size), [[], ...props.series.map(() => [])], host)
  const endTouch = listenToTouch(plot, gestures, props.onRange !== undefined)
  const seen = new ResizeObserver(
    () => host.clientWidth !== plot?.width && plot?.setSize({ ...size, width: host.clientWidth }),
  )
  seen.observe(host)
  const end = (): void => {
    seen.disconnect()
    endTouch()
    plot?.destroy()
  }
  return { plot, gestures, end }
}

/** The lines as they are drawn; drawn anew when there are others, or other colours. */
const usePlot = (props: ChartProps, hidden: ReadonlySet<string>, pointed: (index: number | null) => void) => {
  const host = useRef<HTMLDivElement>(null)
  const drawn = useRef<Drawn>(undefined)
  const { locale } = useLanguage()
  const turn = useThemeTurn()
  const subject = useRef<ChartSubject>(undefined)
  const form = JSON.stringify([
    props.series.map(({ key, label, colour, isDashed, isFilled }) => [key, label, colour, isDashed, isFilled]),
    [turn, locale, props.height, props.together, props.timeZone, props.onRange === undefined],
  ])
  const range = subject.current?.range ?? { from: props.from, to: props.to }
  const paint = useRef({ turn: -1, read: readPaint() })
  if (paint.current.turn !== turn) paint.current = { turn, read: readPaint() }
  subject.current = { props, locale, paint: paint.current.read, range }

  useEffect(() => {
    if (host.current === null) return
    const { end, ...made } = draw(host.current, () => subject.current as ChartSubject, pointed)
    drawn.current = made
    return end
  }, [form])

  useEffect(() => {
    Object.assign(range, { from: props.from, to: props.to })
    drawn.current?.plot.setData(dataOf(props), true)
  }, [form, props.at, props.series, props.from, props.to, props.gaps, props.marks])

  useEffect(() => {
    props.series.forEach(({ key }, index) => {
      const show = !hidden.has(key)
      if (drawn.current?.plot.series[index + 1]?.show !== show) drawn.current?.plot.setSeries(index + 1, { show })
    })
  }, [form, hidden, props.series])

  return { host, drawn }
}

/** What is told of the crosshair, and of the keys that move it. */
const useReading = (props: ChartProps, hidden: ReadonlySet<string>, index: number | null) => {
  const { t, locale } = useLanguage()
  const { at, from, to, timeZone, series, format } = props
  const moment = index === null ? undefined : at[index]
  if (index === null || moment === undefined) return { moment: '', happened: [], text: t('chart.keys') }
  const happened = happenedAt(props, moment, Math.max(stepOf(at) / 2, ((to - from) / 800) * NEAR_PX))
  const values = series
    .filter(({ key }) => !hidden.has(key))
    .map(({ label, values: all }) => {
      const value = all[index]
      return `${label} ${typeof value === 'number' ? format(value) : t('chart.unknown')}`
    })
  const told = momentText(moment, stepOf(at), timeZone, locale)
  return { moment: told, happened, text: [told, ...happened, ...values].join(', ') }
}

export const Chart = (props: ChartProps) => {
  const { t } = useLanguage()
  const [index, setIndex] = useState<number | null>(null)
  const { hidden, toggle } = useHidden()
  const { host, drawn } = usePlot(props, hidden, setIndex)
  const { moment, happened, text } = useReading(props, hidden, index)
  const last = props.at.length - 1
  const press = readingKeys({
    index,
    last,
    point: (to) => {
      const { plot, gestures } = drawn.current ?? {}
      if (plot) gestures?.point(plot.valToPos(props.at[to] ?? 0, 'x'))
    },
    range: props,
    settle: props.onRange,
  })
  return (
    <figure class="chart">
      <div
        ref={host}
        class="chart-drawing"
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={index ?? Math.max(0, last)}
        aria-valuetext={text}
        onKeyDown={press}
      />
      <figcaption>
        <p class="chart-moment">
          {moment || (props.onRange && t(matchMedia('(pointer: coarse)').matches ? 'chart.touch-hint' : 'chart.hint'))}{' '}
          {happened.length > 0 && <em>{happened.join(' · ')}</em>}
        </p>
        <Legend series={props.series} hidden={hidden} index={index} format={props.format} toggle={toggle} />
      </figcaption>
    </figure>
  )
}
