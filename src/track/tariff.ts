/**
 * What energy from shore costs, by the tariff of its site: one price, or prices by the local time of day. The hour that a
 * change of clocks repeats or leaves out costs what the wall clock shows.
 */
import { dayOf, wallAt } from './local-day.ts'
import type { Tariff } from './site-state.ts'
import type { KitState } from './state.ts'

const WH_PER_KWH = 1000
const DAY_MS = 86_400_000

/** From `fromAt` to `toAt` (epoch ms) one price holds. */
interface Span {
  readonly fromAt: number
  readonly toAt: number
  readonly price: number
}

interface Day {
  readonly timeZone: string
  readonly startAt: number
  readonly endAt: number
  readonly spans: readonly Span[]
}

/** How far the wall clock is ahead of UTC (ms); `at` in whole seconds. */
const offsetAt = (at: number, timeZone: string): number => wallAt(at, timeZone) - at

/** The first whole second after `fromAt` at which the clocks are not what they were at `fromAt`; they are others at `toAt`. */
const changeBetween = (fromAt: number, toAt: number, timeZone: string): number => {
  const before = offsetAt(fromAt, timeZone)
  let [low, high] = [fromAt, toAt]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (offsetAt(middle, timeZone) === before) low = middle
    else high = middle
  }
  return high
}

/** The prices of a stretch in which clocks do not change. */
const spansOf = ({ prices }: Tariff, fromAt: number, toAt: number, offset: number): Span[] => {
  const sorted = [...prices].sort((a, b) => a.fromMs - b.fromMs)
  const midnight = Math.floor((fromAt + offset) / DAY_MS) * DAY_MS - offset
  // What held last the evening before holds on in the morning.
  const starts = [{ fromMs: 0, price: sorted.at(-1)!.price }, ...sorted]
  return starts.flatMap(({ fromMs, price }, i) => {
    const from = Math.max(fromAt, midnight + fromMs)
    const to = Math.min(toAt, midnight + (starts[i + 1]?.fromMs ?? DAY_MS))
    return to > from ? [{ fromAt: from, toAt: to, price }] : []
  })
}

const pricesOfDay = (tariff: Tariff, at: number, timeZone: string): Day => {
  const { startAt, endAt } = dayOf(at, timeZone)
  const last = endAt - 1000
  const [first, second] = [offsetAt(startAt, timeZone), offsetAt(last, timeZone)]
  const change = first === second ? endAt : changeBetween(startAt, last, timeZone)
  const spans = [...spansOf(tariff, startAt, change, first), ...spansOf(tariff, change, endAt, second)]
  return { timeZone, startAt, endAt, spans }
}

/** The day asked last, by tariff: it is asked with every report. Only spares the work, changes no answer. */
const days = new WeakMap<Tariff, Day>()

const dayAt = (tariff: Tariff, at: number, timeZone: string): Day => {
  const known = days.get(tariff)
  if (known && known.timeZone === timeZone && at >= known.startAt && at < known.endAt) return known
  const day = pricesOfDay(tariff, at, timeZone)
  days.set(tariff, day)
  return day
}

/** The mean price between two times (epoch ms), weighted by how long each holds. */
const meanPrice = (tariff: Tariff, fromAt: number, toAt: number, timeZone: string): number => {
  let sum = 0
  for (let at = fromAt; at < toAt; ) {
    const { spans, endAt } = dayAt(tariff, at, timeZone)
    for (const span of spans)
      sum += span.price * Math.max(0, Math.min(span.toAt, toAt) - Math.max(span.fromAt, fromAt, at))
    at = endAt
  }
  return sum / (toAt - fromAt)
}

/**
 * The price, in the currency of the tariff, of energy (Wh) that was drawn from shore evenly between two times (epoch ms);
 * undefined where no tariff is set, or a generator feeds the AC input.
 */
export const costOf = ({ site, timeZone }: KitState, fromAt: number, toAt: number, wh: number): number | undefined => {
  const { tariff, acInput } = site
  if (tariff === undefined || acInput === 'generator') return undefined
  const [only, ...others] = tariff.prices
  const price = others.length === 0 || toAt <= fromAt ? only!.price : meanPrice(tariff, fromAt, toAt, timeZone)
  return (wh / WH_PER_KWH) * price
}
