/**
 * A kit that reports a few times an hour through days or years of a time zone, with what is true of each local day: which
 * quarters lie in it is asked of the runtime's own calendar, apart from the one that the line uses.
 */
import type { Point } from '../../src/store/line-protocol.ts'
import { DCOU, KIT, PACK, pushInput } from '../track/virtual-line.ts'
import { createRestartingLine } from './restarting-line.ts'

/** From `at` on the kit is said to stand in another zone. */
export interface Move {
  readonly at: number
  readonly timeZone: string
}

export interface CalendarLife {
  readonly rows: (measurement: string) => Point[]
  /** What really left the DC output since its rhythm is known (Wh). */
  readonly dcOutWh: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** As seldom as sums allow that are to be exact. */
const CADENCE_MS = 30 * MINUTE_MS
/** Before so many reports have come one behind the other, the time between them is a gap. */
const LEARNT = 2
const VOLTS = 13.6

/** Milliamperes out of the DC output: a curve that tells hours, days and months apart. */
const milliAmperesAt = (at: number): number =>
  Math.round(4_000 + 2_500 * Math.sin(at / HOUR_MS) + 1_000 * Math.sin(at / (31 * HOUR_MS)))

const reportsAt = (at: number, from: number) => {
  const milliAmperes = milliAmperesAt(at)
  const watts = (VOLTS * milliAmperes) / 1000
  const uptime = { time: at - from + 1 }
  return [
    pushInput(
      at,
      DCOU,
      { ldOutVol: VOLTS * 1000, ldOutCurr: milliAmperes, ldOutWatts: Math.trunc(watts), batVol: 53_000 },
      uptime,
    ),
    pushInput(at + 1, PACK, { vol: 53_000, amp: -milliAmperes, inWatts: 0, outWatts: 0, soc: 60 }, uptime),
  ]
}

const fleetInput = (at: number, timeZone: string) => ({
  at,
  source: 'tick' as const,
  topic: 'fleet',
  bytes: Buffer.from(JSON.stringify({ [KIT]: { timeZone } })),
})

/** From `from` to `until` (epoch ms, whole hours) in a zone, or in several one after the other. */
export const liveByCalendar = (timeZone: string, from: number, until: number, move?: Move): CalendarLife => {
  const line = createRestartingLine({ [KIT]: { timeZone } }, from)
  let dcOutWh = 0
  let before = 0
  for (let at = from; at <= until; at += CADENCE_MS) {
    if (at === move?.at) line.feed(fleetInput(at, move.timeZone))
    for (const report of reportsAt(at, from)) line.feed(report)
    const watts = (VOLTS * milliAmperesAt(at)) / 1000
    if (at > from + LEARNT * CADENCE_MS) dcOutWh += (((before + watts) / 2) * CADENCE_MS) / HOUR_MS
    before = watts
    line.minute(at)
  }
  return { rows: line.rows, dcOutWh }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-06-01 00:15` in the zone. */
export const localTimeOf = (at: number, timeZone: string): string => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(at)
}
