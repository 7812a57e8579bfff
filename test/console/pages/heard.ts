/** Modules as the live stream tells of them, for tests of the pages. */
import type { FieldValue } from '../../../src/console/api-shapes.ts'
import type { HeardModule } from '../../../src/console/live-state.ts'

export const KIT = 'M109ZEB4ZE7B0001'
/** 2026-06-01T10:00:00Z */
export const AT = 1_780_308_000_000

type Values = Readonly<Record<string, number | string>>

const unitOf = (name: string): string => /_([a-z]+)$/.exec(name)?.[1] ?? 'text'

const fieldsOf = (values: Values, isFresh: boolean): FieldValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, unit: unitOf(name), age_s: 2, is_fresh: isFresh }))

interface Heard {
  readonly sn: string
  readonly kind: string
  /** By measurement, tags besides the module's behind it: `circuit ac 01`. */
  readonly series: Readonly<Record<string, Values>>
  readonly isFresh?: boolean
}

const EXTRA_TAGS: Readonly<Record<string, readonly string[]>> = { circuit: ['side', 'circuit'], panel: ['side'] }

export const heard = ({ sn, kind, series, isFresh = true }: Heard): HeardModule => ({
  module_sn: sn,
  kind,
  label: `Module ${kind}`,
  verdict: isFresh ? 'live' : 'silent',
  is_fresh: isFresh,
  age_s: 2,
  at: AT,
  series: Object.entries(series).map(([key, values]) => {
    const [measurement = '', ...places] = key.split(' ')
    const extra = places.map((place, i) => [EXTRA_TAGS[measurement]?.[i] ?? '', place])
    return {
      measurement,
      tags: { kit_sn: KIT, module_sn: sn, ...Object.fromEntries(extra) },
      fields: fieldsOf(values, isFresh),
    }
  }),
})
