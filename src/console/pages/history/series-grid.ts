/**
 * Answers of values over time laid on an even grid, so that what is missing has a place and no line crosses it; and how
 * a running range goes on without being asked for whole. Pure.
 */
import type { GapEntry, OneSeries, SeriesAnswer } from '../../past-shapes.ts'

export interface Grid {
  /** Where each step begins, epoch ms. */
  readonly starts: readonly number[]
  /** The middle of each step: a mean stands there. */
  readonly at: readonly number[]
  readonly stepMs: number
  /** The values of a field of a series, one for each step. */
  valuesOf(series: OneSeries, field: string): (number | null)[]
}

/** Enough for what the API answers, and an end to what a broken answer asks for. */
const MOST_STEPS = 10_000

export const gridOf = ({ from_ms, to_ms, at, step_s }: SeriesAnswer): Grid => {
  const stepMs = step_s * 1000
  const first = Math.floor(from_ms / stepMs) * stepMs
  const count = Math.min(MOST_STEPS, Math.max(0, Math.ceil((Math.min(to_ms, at) - first) / stepMs)))
  const starts = Array.from({ length: count }, (_, index) => first + index * stepMs)
  return {
    starts,
    at: starts.map((start) => start + stepMs / 2),
    stepMs,
    valuesOf: ({ at_ms, values }, field) => {
      const column: (number | null)[] = new Array(count).fill(null)
      const known = values[field] ?? []
      at_ms.forEach((moment, index) => {
        const step = Math.round((moment - first) / stepMs)
        if (step >= 0 && step < count) column[step] = known[index] ?? null
      })
      return column
    },
  }
}

const gapKey = ({ start_ms, module_sn }: GapEntry): string => `${start_ms} ${module_sn}`

const keyOf = ({ tags }: OneSeries): string => JSON.stringify(Object.entries(tags).sort())

const joined = (old: OneSeries, fresh: OneSeries | undefined, keepFrom: number, keepTo: number): OneSeries => {
  const kept = old.at_ms.flatMap((at, index) => (at >= keepFrom && at < keepTo ? [index] : []))
  const values = Object.fromEntries(
    Object.entries(old.values).map(([field, all]) => [
      field,
      [...kept.map((index) => all[index] ?? null), ...(fresh?.values[field] ?? [])],
    ]),
  )
  return { tags: old.tags, at_ms: [...kept.map((index) => old.at_ms[index] ?? 0), ...(fresh?.at_ms ?? [])], values }
}

/** Answers to questions of the same range and measurement as one; undefined where there is none. */
export const together = (answers: readonly SeriesAnswer[]): SeriesAnswer | undefined => {
  const [first] = answers
  if (first === undefined || answers.length === 1) return first
  const gaps = new Map(answers.flatMap((answer) => answer.gaps).map((gap) => [gapKey(gap), gap]))
  return { ...first, series: answers.flatMap(({ series }) => series), gaps: [...gaps.values()] }
}

/** The answer with a newer one of its end; where both have a step the newer is right. `from`: where it begins now. */
export const withNewer = (old: SeriesAnswer, fresh: SeriesAnswer, from: number): SeriesAnswer => {
  const stepMs = old.step_s * 1000
  const newer = new Map(fresh.series.map((series) => [keyOf(series), series]))
  const known = new Set(old.series.map(keyOf))
  const series = old.series.map((one) => joined(one, newer.get(keyOf(one)), from - stepMs, fresh.from_ms))
  const added = fresh.series.filter((one) => !known.has(keyOf(one)))
  const gaps = new Map([...old.gaps, ...fresh.gaps].map((gap) => [gapKey(gap), gap]))
  return {
    ...old,
    at: fresh.at,
    from_ms: from,
    to_ms: fresh.to_ms,
    series: [...series, ...added],
    gaps: [...gaps.values()],
  }
}

/** Where to go on asking: the last step that has anything may not be over yet. */
export const lastStep = ({ series }: SeriesAnswer): number | undefined => {
  const last = Math.max(...series.map(({ at_ms }) => at_ms.at(-1) ?? -Infinity))
  return Number.isFinite(last) ? last : undefined
}
