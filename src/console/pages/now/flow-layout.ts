/**
 * Where things stand in the flow picture, and how lines run between them: in a row on a wide screen, one below the
 * other on a phone. Pure. What comes in and what goes out meet in one point, and the battery hangs on it.
 */
import type { FlowName } from './flow-facts.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A cubic Bézier from the first point to the last. */
export type Curve = readonly [Point, Point, Point, Point]

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly radius: number
  readonly hub: Point
  /** Upper left corner and size. */
  readonly battery: Box
  /** Middles of the round nodes. */
  readonly nodes: ReadonlyMap<FlowName, Point>
  /** Whether the words of inputs stand above them and those of outputs below, out of the way of lines. */
  readonly isUpright: boolean
}

const INPUTS: readonly FlowName[] = ['solar', 'dc_in', 'ac_in']
const OUTPUTS: readonly FlowName[] = ['ac_out', 'dc_out']

/** The middles of `count` equal parts between `from` and `to`. */
const spread = (count: number, from: number, to: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count)

const among = (names: readonly FlowName[], shown: readonly FlowName[]): readonly FlowName[] =>
  names.filter((name) => shown.includes(name))

const placed = (names: readonly FlowName[], place: (i: number) => Point): (readonly [FlowName, Point])[] =>
  names.map((name, i) => [name, place(i)] as const)

const wide = (inputs: readonly FlowName[], outputs: readonly FlowName[]): Layout => {
  const [left, right] = [spread(inputs.length, 0, 396), spread(outputs.length, 20, 376)]
  return {
    width: 860,
    height: 400,
    radius: 42,
    hub: { x: 430, y: 82 },
    battery: { x: 350, y: 138, width: 160, height: 190 },
    nodes: new Map([
      ...placed(inputs, (i) => ({ x: 90, y: left[i] as number })),
      ...placed(outputs, (i) => ({ x: 770, y: right[i] as number })),
    ]),
    isUpright: false,
  }
}

const narrow = (inputs: readonly FlowName[], outputs: readonly FlowName[]): Layout => {
  const across = spread(inputs.length, 0, 340)
  return {
    width: 340,
    height: 412,
    radius: 34,
    hub: { x: 170, y: 184 },
    battery: { x: 118, y: 226, width: 104, height: 132 },
    nodes: new Map([
      ...placed(inputs, (i) => ({ x: across[i] as number, y: 92 })),
      ...placed(outputs, (i) => ({ x: outputs[i] === 'ac_out' ? 56 : 284, y: 268 })),
    ]),
    isUpright: true,
  }
}

export const layoutOf = (shown: readonly FlowName[], isWide: boolean): Layout =>
  (isWide ? wide : narrow)(among(INPUTS, shown), among(OUTPUTS, shown))

const edgeOf = ({ nodes, radius, isUpright, battery }: Layout, name: FlowName): Point => {
  if (name === 'battery') return { x: battery.x + battery.width / 2, y: battery.y }
  const { x, y } = nodes.get(name) as Point
  const side = INPUTS.includes(name) ? radius : -radius
  return isUpright ? { x, y: y + side } : { x: x + side, y }
}

const straight = (from: Point, to: Point): Curve => {
  const between = (share: number) => ({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })
  return [from, between(1 / 3), between(2 / 3), to]
}

/** From the edge of the node to the hub; it leaves the node at a right angle. */
const towardsHub = (layout: Layout, name: FlowName): Curve => {
  const { hub, isUpright } = layout
  const edge = edgeOf(layout, name)
  if (name === 'battery') return straight(edge, hub)
  if (!isUpright) {
    const x = (edge.x + hub.x) / 2
    return [edge, { x, y: edge.y }, { x, y: hub.y }, hub]
  }
  if (INPUTS.includes(name)) return [edge, { x: edge.x, y: hub.y - 12 }, { x: (edge.x + hub.x) / 2, y: hub.y }, hub]
  return [edge, { x: edge.x, y: hub.y + 8 }, { x: edge.x, y: hub.y }, hub]
}

const backwards = ([a, b, c, d]: Curve): Curve => [d, c, b, a]

/** The way that power takes: into the hub from inputs and a battery that gives, away from it otherwise. */
export const curveOf = (layout: Layout, name: FlowName, isIntoHub: boolean): Curve =>
  isIntoHub ? towardsHub(layout, name) : backwards(towardsHub(layout, name))

export const pathOf = ([a, b, c, d]: Curve): string => `M${a.x} ${a.y}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`

/** The point half way along the curve, and the direction there in degrees, 0 to the right. */
export const middleOf = ([a, b, c, d]: Curve): Point & { readonly turn: number } => {
  const mix = (key: keyof Point) => (a[key] + 3 * b[key] + 3 * c[key] + d[key]) / 8
  const way = (key: keyof Point) => d[key] + c[key] - b[key] - a[key]
  return { x: mix('x'), y: mix('y'), turn: (Math.atan2(way('y'), way('x')) * 180) / Math.PI }
}

export const isInput = (name: FlowName): boolean => INPUTS.includes(name)

export interface Pace {
  /** Of the line, in units of the picture. */
  readonly width: number
  /** How long a dot takes to where the one before it was. */
  readonly seconds: number
}

const STEPS_PER_DECADE = 4
const LEAST_W = 1
const MOST_W = 20_000

/**
 * Wider and faster by the logarithm of the power, so that 5 W and 5 kW can both be seen; in steps, so that a line does
 * not start anew with every watt. Undefined where nothing flows.
 */
export const paceOf = (watts: number | undefined): Pace | undefined => {
  const power = Math.abs(watts ?? 0)
  if (power < LEAST_W / 2) return undefined
  const decades = Math.log10(Math.min(MOST_W, Math.max(LEAST_W, power)))
  const step = Math.round(decades * STEPS_PER_DECADE) / STEPS_PER_DECADE
  return { width: 2.5 + 1.25 * step, seconds: Math.round(1600 / (1 + step)) / 1000 }
}
