/** Whether the rows of a life say which time they cover, and what the uncovered time may have held. */
import type { Point } from '../../src/store/line-protocol.ts'
import { type Finding, numberOf, rowsIn, sumOf } from './energy-verdict.ts'
import { type Hole, type Life, QUARTER_MS } from './scenario.ts'

const SECOND_MS = 1_000
const QUARTER_S = QUARTER_MS / SECOND_MS
/** A cell of the packs gives about this while it holds most of its charge; 16 of them are a pack. */
const PACK_V = 16 * 3.3
/** Bounds that are wider than this share of the capacity tell nothing. */
const WIDEST = 0.25

/** Modules that the kit's flows are read from: the panels only tell how the outputs are shared out. */
const partsOf = ({ kit }: Life): string[] => {
  const { kitscc, bbcin, bbcout, ichigh } = kit.plan.modules
  return [...kit.plan.packs.map(({ sn }) => sn), kitscc, bbcin, bbcout, ichigh].filter((sn) => sn !== undefined)
}

/** Seconds of each quarter that the reports of all parts cover, by its start. */
const trueCover = (life: Life): Map<number, number> => {
  const parts = partsOf(life)
  const covered = new Map<number, number>()
  for (let at = life.from; at < life.until; at += QUARTER_MS) {
    const least = Math.min(...parts.map((sn) => life.coveredMs.get(sn)?.get(at) ?? 0))
    covered.set(at, least / SECOND_MS)
  }
  return covered
}

/**
 * In seconds; `cadenceMs` is the longest of the modules'. The first quarter is left out: the silence of a module whose
 * rhythm is not known yet covers nothing.
 */
export const coverageFindings = (life: Life, cadenceMs: number): Finding[] => {
  const rows = new Map(rowsIn(life, 'energy').map((row) => [row.at, row]))
  const covered = [...trueCover(life)].filter(([at]) => at >= life.from + QUARTER_MS)
  const missed = life.holes.filter(({ isMissed }) => isMissed).length
  const apart = covered.map(([at, seconds]) => Math.abs(numberOf(rows.get(at), 'covered_s') - seconds))
  const cadence = cadenceMs / SECOND_MS
  const truth = covered.reduce((sum, [, seconds]) => sum + seconds, 0)
  const all = [...rows.values()].filter(({ at }) => at >= life.from + QUARTER_MS)
  return [
    { what: 'quarters', truth: covered.length, found: all.length, allowed: 0 },
    { what: 'covered s', truth, found: sumOf(all, 'covered_s'), allowed: (missed + 2) * cadence },
    { what: 'covered s, worst quarter', truth: 0, found: Math.max(...apart), allowed: cadence },
    { what: 'expected s', truth: covered.length * QUARTER_S, found: sumOf(all, 'expected_s'), allowed: 2 * cadence },
  ]
}

/** Outages and long restarts must be told, each in gap rows that cover it and hardly more. */
export const holeFindings = (life: Life, cadenceMs: number): Finding[] => {
  const gaps = rowsIn(life, 'gap', { module_sn: 'all' }).filter((row) => numberOf(row, 'is_open') === 0)
  return life.holes
    .filter(({ kind, isMissed }) => isMissed || kind !== 'restart')
    .map((hole, index): Finding => {
      const own = gaps.filter(
        (row) => numberOf(row, 'end_ms') > hole.fromAt && row.at < hole.toAt + cadenceMs && row.at < hole.toAt,
      )
      const truth = (hole.toAt - hole.fromAt) / SECOND_MS
      const what = `gap ${index + 1}: ${hole.kind}, s`
      return { what, truth, found: sumOf(own, 'duration_s'), allowed: (2 * cadenceMs) / SECOND_MS + 1 }
    })
}

/** What was stated for a hole, and what is true. */
export interface Bounds {
  readonly hole: Hole
  readonly truthWh: number
  readonly minWh: number
  readonly maxWh: number
  /** Their width as a share of the packs' capacity. */
  readonly widthRatio: number
  readonly isGood: boolean
}

const capacityWh = ({ kit }: Life): number =>
  kit.plan.packs.reduce((sum, { fullMah }) => sum + (fullMah / 1000) * PACK_V, 0)

const boundsOf = (life: Life, rows: readonly Point[], hole: Hole): Bounds => {
  const packs = life.kit.plan.packs.map(({ sn }) => hole.firstAt.get(sn) ?? 0)
  const quarters = [hole.toAt, ...packs].map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS)
  const own = rows.filter(({ at }) => quarters.includes(at))
  const of = (name: string): number => hole.missedWh[life.names.indexOf(name)]!
  const truthWh = of('battery_charge') - of('battery_discharge')
  const stated = own.filter((row) => row.fields.uncovered_min_wh !== undefined)
  const [minWh, maxWh] =
    stated.length === 0
      ? [Number.NaN, Number.NaN]
      : [sumOf(stated, 'uncovered_min_wh'), sumOf(stated, 'uncovered_max_wh')]
  const widthRatio = (maxWh - minWh) / capacityWh(life)
  return {
    hole,
    truthWh,
    minWh,
    maxWh,
    widthRatio,
    isGood: minWh <= truthWh && truthWh <= maxWh && widthRatio <= WIDEST,
  }
}

/** Of each hole the bounds of what flowed into the packs meanwhile, beside what did. */
export const boundsFound = (life: Life): Bounds[] => {
  const rows = rowsIn(life, 'energy')
  return life.holes.filter(({ isMissed }) => isMissed).map((hole) => boundsOf(life, rows, hole))
}
