/** Where the columns of energy stand in their drawing, in CSS pixels. Pure. */
import { type EnergyColumn, type EnergyPart, heightOf, roundSteps, SINKS, SOURCES } from './energy-stacks.ts'

const HEIGHT = 320
const LEFT = 62
const RIGHT = 8
const TOP = 10
const BOTTOM = 38
const WIDEST = 64
const FILLED = 0.74
/** Above the highest bar. */
const ROOM = 1.06

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
  /** How far these are apart. */
  readonly stepWh: number
  yOf(wh: number): number
}

const most = (parts: readonly EnergyPart[], columns: readonly EnergyColumn[], hidden: ReadonlySet<string>): number =>
  Math.max(0, ...columns.map((column) => heightOf(parts, hidden, column)))

export const frameFor = (columns: readonly EnergyColumn[], hidden: ReadonlySet<string>, width: number): BarFrame => {
  const [up, down] = [most(SOURCES, columns, hidden), most(SINKS, columns, hidden)]
  const steps = roundSteps(Math.max(up, down))
  const stepWh = steps[1] ?? 1
  const [above, below] = [(up || stepWh) * ROOM, down * ROOM]
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
    stepWh,
    lines: [...steps.filter((wh) => wh <= above), ...steps.filter((wh) => wh > 0 && wh <= below).map((wh) => -wh)],
    yOf: (wh) => TOP + (above - wh) * perWh,
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
