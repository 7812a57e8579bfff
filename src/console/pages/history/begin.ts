/** When a kit's history begins, as well as it can be told without asking for all of it. Pure. */
import type { Energies, Events } from '../../past-shapes.ts'

export interface Begin {
  /** Nothing is known before this moment (epoch ms); undefined where nothing is summed up yet. */
  readonly summedFrom: number | undefined
}

const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000

/** From the energies of all months: how much of the first one the kit was known tells when that began. */
export const beginOf = ({ periods, at }: Energies): Begin => {
  const [first] = periods
  if (first === undefined) return { summedFrom: undefined }
  const endAt = first.start_ms + (first.hours_count ?? 0) * HOUR_MS
  // A month that goes on is told as far as its last quarter, which is over for up to two more.
  const isRunning = endAt > at
  const knownMs = first.expected_s * 1000
  return { summedFrom: Math.floor(((isRunning ? at - 2 * QUARTER_MS : endAt) - knownMs) / QUARTER_MS) * QUARTER_MS }
}

/** Where it lies in the range that begins at `fromAt`; of a kit that was heard a moment ago, its first event. */
export const beginIn = (fromAt: number, begin: Begin | undefined, events: Events | undefined): number | undefined => {
  if (begin === undefined || events === undefined) return undefined
  const starts = begin.summedFrom === undefined ? events.events.map(({ start_ms }) => start_ms) : [begin.summedFrom]
  const beganAt = starts.length === 0 ? undefined : Math.min(...starts)
  return beganAt !== undefined && beganAt > fromAt ? beganAt : undefined
}
