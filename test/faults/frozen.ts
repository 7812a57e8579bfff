/** That nothing of a frozen snapshot is written as new: what stands in the store within a stretch was held before it. */
import type { Row } from '../../src/store/store.ts'

export interface Frozen {
  /** Rows with a stamp in the stretch: keyframes of what was held, within the tolerance. */
  readonly rows: number
  /** Values in them that were not held before: there must be none. */
  readonly news: readonly string[]
}

/** `before` are the rows up to the stretch, `within` those in it, both of one measurement and in order. */
export const findNews = (before: readonly Row[], within: readonly Row[]): Frozen => {
  const held = new Map<string, unknown>()
  const key = ({ tags }: Row, field: string): string => `${JSON.stringify(tags)} ${field}`
  for (const row of before) for (const [field, value] of Object.entries(row.values)) held.set(key(row, field), value)
  const news = within.flatMap((row) =>
    Object.entries(row.values)
      .filter(([field, value]) => held.get(key(row, field)) !== value)
      .map(([field, value]) => `${new Date(row.at).toISOString()} ${row.tags.module_sn} ${field} ${value}`),
  )
  return { rows: within.length, news }
}
