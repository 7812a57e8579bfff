/** Where the columns of energy stand in their drawing, in CSS pixels. Pure. */
import { type EnergyColumn, type EnergyPart, heightOf, roundSteps, SINKS, SOURCES } from './energy-stacks.ts'

const HEIGHT = 320
const LEFT = 62
const RIGHT = 8
const TOP = 10
const BOTTOM = 38
const WIDEST = 64
const FILLED = 0.74
const LABEL_PX = 62

export interface BarFrame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly bottom: number
  /** The line of zero; sources stand on it, sinks hang from it. */
  readonly zero: number
  /** Pixels of each column with its room, and of the bar in it. */
  readonly step: number
  readonly bar: number
  /** Energies at which a line is drawn, negative for what went out (Wh). */
  readonly lines: readonly number[]
  yOf(wh: number): number
  /** Every so many columns has a label. */
  readonly labelEvery: number
}

const most = (parts: readonly EnergyPart[], columns: readonly EnergyColumn[], hidden: ReadonlySet<string>): number =>
  Math.max(0, ...columns.map((column) => heightOf(parts, hidden, column)))

const EVERY = [1, 2, 4, 7, 8, 14, 16, 24, 28, 48, 96]

export const frameFor = (columns: readonly EnergyColumn[], hidden: ReadonlySet<string>, width: number): BarFrame => {
  const [up, down] = [most(SOURCES, columns, hidden), most(SINKS, columns, hidden)]
  const steps = roundSteps(Math.max(up, down))
  const least = steps[1] ?? 1
  const reach = (wh: number) => Math.max(Math.ceil(wh / least), wh > 0 ? 1 : 0) * least
  const [above, below] = [reach(up) || least, reach(down)]
  const perWh = (HEIGHT - TOP - BOTTOM) / (above + below)
  const step = Math.max(0, width - LEFT - RIGHT) / Math.max(1, columns.length)
  return {
    width,
    height: HEIGHT,
    left: LEFT,
    top: TOP,
    bottom: HEIGHT - BOTTOM,
    zero: TOP + above * perWh,
    step,
    bar: Math.min(WIDEST, Math.max(1, step * FILLED)),
    lines: [...steps.filter((wh) => wh <= above), ...steps.filter((wh) => wh > 0 && wh <= below).map((wh) => -wh)],
    yOf: (wh) => TOP + (above - wh) * perWh,
    labelEvery: EVERY.find((every) => every * step >= LABEL_PX) ?? Math.ceil(LABEL_PX / Math.max(step, 0.1)),
  }
}

export interface BarPiece {
  readonly key: string
  readonly colour: string
  readonly y: number
  readonly height: number
}

/** The pieces of one column, from the line of zero up, or down. */
export const piecesOf = (
  parts: readonly EnergyPart[],
  sign: 1 | -1,
  column: EnergyColumn,
  hidden: ReadonlySet<string>,
  { yOf }: Pick<BarFrame, 'yOf'>,
): BarPiece[] => {
  let reached = 0
  return parts.flatMap(({ key, colour, take }) => {
    const wh = hidden.has(key) ? 0 : (take(column.period) ?? 0)
    if (wh <= 0) return []
    const [from, to] = [yOf(sign * reached), yOf(sign * (reached + wh))]
    reached += wh
    return [{ key, colour, y: Math.min(from, to), height: Math.abs(to - from) }]
  })
}
