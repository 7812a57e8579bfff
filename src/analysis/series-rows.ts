/** Rows told apart by series and step, and put together again. */
import { compareRows } from '../store/order.ts'
import type { Row, Value } from '../store/store.ts'

type Tags = Row['tags']

/** One text for equal tags, however they are ordered. */
export const seriesKey = (tags: Tags): string => {
  let key = ''
  for (const name of Object.keys(tags).sort()) key += `${name}\u0000${tags[name]}\u0000`
  return key
}

/** What is kept of each series: found by its tags, made by `begin` when they come for the first time. */
export interface SeriesIndex<T> {
  of(tags: Tags): T
  readonly all: () => T[]
}

/** Stores let rows of a series share their tags, so that the same object is looked for over and over. */
export const createSeriesIndex = <T>(begin: (tags: Tags) => T): SeriesIndex<T> => {
  const byTags = new Map<Tags, T>()
  const byKey = new Map<string, T>()
  return {
    of: (tags) => {
      const same = byTags.get(tags)
      if (same !== undefined) return same
      const key = seriesKey(tags)
      const kept = byKey.get(key) ?? begin(tags)
      byKey.set(key, kept)
      byTags.set(tags, kept)
      return kept
    },
    all: () => [...byKey.values()],
  }
}

interface Merged {
  readonly tags: Tags
  readonly at: number
  readonly values: Record<string, Value>
}

/** Rows of the same moment and series become one; ordered by time, then by tags. */
export const mergeRows = (lists: readonly (readonly Row[])[]): Row[] => {
  const series = createSeriesIndex(() => new Map<number, Merged>())
  for (const { tags, at, values } of lists.flat()) {
    const moments = series.of(tags)
    const known = moments.get(at)
    if (known) Object.assign(known.values, values)
    else moments.set(at, { tags, at, values: { ...values } })
  }
  return series
    .all()
    .flatMap((moments) => [...moments.values()])
    .sort(compareRows)
}
