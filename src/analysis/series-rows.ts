/** Rows told apart by step and series, and put together again. */
import { compareRows } from '../store/order.ts'
import type { Row, Value } from '../store/store.ts'

/** One text for equal tags, however they are ordered. */
export const seriesKey = (tags: Row['tags']): string => {
  let key = ''
  for (const name of Object.keys(tags).sort()) key += `${name}\u0000${tags[name]}\u0000`
  return key
}

/** Rows of the same moment and series become one; ordered by time, then by tags. */
export const mergeRows = (lists: readonly (readonly Row[])[]): Row[] => {
  const merged = new Map<string, { tags: Row['tags']; at: number; values: Record<string, Value> }>()
  for (const { tags, at, values } of lists.flat()) {
    const key = `${at} ${seriesKey(tags)}`
    const known = merged.get(key)
    if (known) Object.assign(known.values, values)
    else merged.set(key, { tags, at, values: { ...values } })
  }
  return [...merged.values()].sort(compareRows)
}
