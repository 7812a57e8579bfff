/** Modules as the live stream tells of them. */
import type { HeardModule } from '../../../../src/console/live-state.ts'

interface Series {
  readonly measurement: string
  readonly tags?: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, number | string>>
}

/** A module that told these values. */
export const heard = (
  kind: string,
  series: readonly Series[],
  { at, age_s, sn = `${kind}-1` }: { readonly at: number; readonly age_s: number; readonly sn?: string },
): HeardModule => ({
  module_sn: sn,
  kind,
  label: kind,
  verdict: 'live',
  is_fresh: true,
  at,
  age_s,
  series: series.map(({ measurement, tags = {}, fields }) => ({
    measurement,
    tags: { module_sn: sn, ...tags },
    fields: Object.entries(fields).map(([name, value]) => ({ name, value, unit: '', age_s, is_fresh: true })),
  })),
})
