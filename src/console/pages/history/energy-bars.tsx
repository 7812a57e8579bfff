/**
 * Columns of energy: above the line what came in, below it what went out. A period of which a part is missing is
 * hatched, one that is not over has a dashed edge.
 */
import { useId, useRef } from 'preact/hooks'
import { quantity } from '../../format.ts'
import { readingKeys } from '../../parts/chart/keys.ts'
import { stepFor, tickLabels, ticksBetween } from '../../parts/chart/ticks.ts'
import { useLanguage } from '../../use-language.tsx'
import { useWidth } from '../../use-width.ts'
import { zoneOf } from '../../zone.ts'
import { type BarFrame, frameFor, piecesOf } from './bar-frame.ts'
import { type By, type EnergyColumn, isIncomplete, SINKS, SOURCES } from './energy-stacks.ts'

interface BarsProps {
  readonly label: string
  /** What stands at the column that is pointed to, in words. */
  readonly text: string
  readonly columns: readonly EnergyColumn[]
  readonly hidden: ReadonlySet<string>
  readonly by: By
  readonly timeZone: string
  readonly index: number | null
  point(index: number | null): void
  pick(index: number): void
}

const STEPS_MS: Readonly<Record<By, number>> = {
  quarter: 900_000,
  day: 86_400_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
}

/** With as many digits as its steps need. */
const scaleText = (wh: number, stepWh: number, locale: string): string => {
  if (wh === 0) return '0'
  if (stepWh < 100) return quantity(wh, 'Wh', 0, locale)
  return quantity(wh / 1000, 'kWh', stepWh < 1000 ? 1 : 0, locale)
}

const Scale = ({ frame }: { frame: BarFrame }) => {
  const { locale } = useLanguage()
  const { left, width, lines, stepWh, yOf } = frame
  return (
    <g class="history-bar-scale">
      {lines.map((wh) => (
        <g key={wh} class={wh === 0 ? 'is-zero' : undefined}>
          <line x1={left} x2={width} y1={yOf(wh)} y2={yOf(wh)} />
          <text x={left - 6} y={yOf(wh)} dy="0.35em" text-anchor="end">
            {scaleText(Math.abs(wh), stepWh, locale)}
          </text>
        </g>
      ))}
    </g>
  )
}

interface ColumnProps extends Pick<BarsProps, 'hidden' | 'index'> {
  readonly column: EnergyColumn
  readonly at: number
  readonly frame: BarFrame
  readonly hatch: string
}

const Column = ({ column, at, frame, hidden, index, hatch }: ColumnProps) => {
  const { left, top, bottom, step, bar } = frame
  const x = left + at * step
  const pieces = [...piecesOf(SOURCES, 1, column, hidden, frame), ...piecesOf(SINKS, -1, column, hidden, frame)]
  const whole = { x, y: top, width: step, height: bottom - top }
  return (
    <g>
      {index === at && <rect {...whole} class="history-bar-pointed" />}
      {isIncomplete(column) && <rect {...whole} fill={`url(#${hatch})`} />}
      {pieces.map(({ key, colour, y, height }) => (
        <rect key={key} x={x + (step - bar) / 2} y={y} width={bar} height={height} fill={`var(${colour})`} />
      ))}
      {column.isRunning && <rect {...whole} class="history-bar-running" />}
    </g>
  )
}

const LABEL_PX = 64

const Labels = ({
  frame,
  columns,
  by,
  timeZone,
}: Pick<BarsProps, 'columns' | 'by' | 'timeZone'> & { frame: BarFrame }) => {
  const { locale } = useLanguage()
  const zone = zoneOf(timeZone)
  const [first, last] = [columns[0]?.startAt ?? 0, columns.at(-1)?.startAt ?? 0]
  const stepMs = Math.max(STEPS_MS[by], stepFor(last - first, (frame.width - frame.left) / LABEL_PX))
  const places = ticksBetween(first, last, stepMs, zone).map((tick) => ({
    tick,
    // Where the zone of the kit was another one, days began at another hour.
    place: columns.findIndex(({ startAt, endAt }) => startAt <= tick && tick < endAt),
  }))
  const ticks = places.filter(({ place }) => place >= 0)
  const texts = tickLabels(
    ticks.map(({ tick }) => tick),
    stepMs,
    zone,
    locale,
  )
  return (
    <g class="history-bar-labels">
      {ticks.map(({ tick, place }, index) =>
        (texts[index] ?? '').split('\n').map((text, row) => (
          <text
            key={`${tick} ${text}`}
            x={frame.left + (place + 0.5) * frame.step}
            y={frame.bottom + 14 + row * 15}
            text-anchor="middle"
          >
            {text}
          </text>
        )),
      )}
    </g>
  )
}

const Hatch = ({ id }: { id: string }) => (
  <defs>
    <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" class="history-bar-hatch">
      <path d="M-2 2 2-2M0 7 7 0M5 9 9 5" />
    </pattern>
  </defs>
)

export const EnergyBars = (props: BarsProps) => {
  const { columns, hidden, index, point, pick } = props
  const host = useRef<HTMLDivElement>(null)
  const frame = frameFor(columns, hidden, useWidth(host))
  const hatch = useId()
  const last = columns.length - 1
  const keys = readingKeys({ index, last, point, range: { from: 0, to: 0 }, settle: undefined })
  const under = (event: PointerEvent): number | null => {
    const left = event.clientX - (host.current?.getBoundingClientRect().left ?? 0) - frame.left
    const place = Math.floor(left / frame.step)
    return place >= 0 && place <= last ? place : null
  }
  return (
    <div
      ref={host}
      class="history-bars"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={index ?? Math.max(0, last)}
      aria-valuetext={props.text}
      onKeyDown={(event) => (event.key === 'Enter' && index !== null ? pick(index) : keys(event))}
      onPointerMove={(event) => point(under(event))}
      onPointerDown={(event) => point(under(event))}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && point(null)}
      onDblClick={() => index !== null && pick(index)}
    >
      <svg width={frame.width} height={frame.height} aria-hidden="true">
        <Hatch id={hatch} />
        <Scale frame={frame} />
        {columns.map((column, at) => (
          <Column key={column.startAt} {...{ column, at, frame, hidden, hatch }} index={index === at ? at : null} />
        ))}
        <Labels frame={frame} columns={columns} by={props.by} timeZone={props.timeZone} />
      </svg>
    </div>
  )
}
