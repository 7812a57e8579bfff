/**
 * The modules of a kit with all that is known of them: the list tells which there are and how they report, the live
 * stream what they say. Also which of their values a search means. Pure.
 */
import type { FieldValue, ModuleRow, ValueSeries, Verdict } from '../../api-shapes.ts'
import { type HeardModule, moduleKey, numberOf } from '../../live-state.ts'

export interface KnownModule {
  readonly key: string
  readonly sn: string
  readonly label: string
  readonly kind: string
  readonly verdict: Verdict
  readonly isFresh: boolean
  /** Of a pack: its place in the kit. */
  readonly slot?: number
  /** When it reported last (epoch ms); absent if it never did. */
  readonly reportedAt?: number
  /** The collector's time to which the ages of its values count (epoch ms). */
  readonly toldAt: number
  /** Of the list of modules; the bank of all packs stands in none. */
  readonly row?: ModuleRow
  readonly series: readonly ValueSeries[]
}

const ORDER = [
  'wireless',
  'bmstotal',
  'bp5000',
  'bp2000',
  'kitscc',
  'bbcin',
  'bbcout',
  'iclow',
  'ichigh',
  'ldac',
  'lddc',
  'generator',
]

const rank = ({ kind }: KnownModule): number => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1)

const knownOf = (key: string, row: ModuleRow | undefined, live: HeardModule | undefined): KnownModule[] => {
  const one = live ?? row
  if (one === undefined) return []
  const reportedAt = live ? live.at - live.age_s * 1000 : row?.last_report_ms
  const slot = live?.series.flatMap((series) => numberOf(series, 'slot') ?? [])[0]
  return [
    {
      ...{ key, sn: one.module_sn, label: one.label, kind: one.kind, verdict: one.verdict, isFresh: one.is_fresh },
      ...(slot !== undefined && { slot }),
      ...(reportedAt !== undefined && { reportedAt }),
      toldAt: live?.at ?? 0,
      ...(row && { row }),
      series: live?.series ?? [],
    },
  ]
}

/** In the order of the power's way; those of other kinds, and those only listed, last. */
export const knownModules = (rows: readonly ModuleRow[], live: ReadonlyMap<string, HeardModule>): KnownModule[] => {
  const listed = new Map(rows.map((row) => [moduleKey(row), row]))
  return [...new Set([...listed.keys(), ...live.keys()])]
    .flatMap((key) => knownOf(key, listed.get(key), live.get(key)))
    .sort((a, b) => rank(a) - rank(b) || (a.slot ?? 0) - (b.slot ?? 0) || a.sn.localeCompare(b.sn))
}

type Said = (text: string) => string

const termsOf = (search: string): string[] => search.toLowerCase().split(/\s+/).filter(Boolean)

/** What tells a series from others of the same module: `dc 01`. */
export const placeOf = ({ tags }: ValueSeries): string =>
  Object.entries(tags)
    .filter(([tag]) => tag !== 'kit_sn' && tag !== 'module_sn')
    .map(([, value]) => value)
    .join(' ')

/** In the person's language too, where `said` has it. */
const textOf = (module: KnownModule, series: ValueSeries, { name, value }: FieldValue, said: Said): string => {
  const words = [module.label, String(value)]
  return [...words, ...words.map(said), module.sn, series.measurement, placeOf(series), name].join(' ').toLowerCase()
}

/** Its series with those values alone in which every word of the search occurs; all for an empty search. */
export const matchingSeries = (module: KnownModule, search: string, said: Said = String): ValueSeries[] => {
  const terms = termsOf(search)
  if (terms.length === 0) return [...module.series]
  return module.series.flatMap((series) => {
    const fields = series.fields.filter((field) =>
      terms.every((term) => textOf(module, series, field, said).includes(term)),
    )
    return fields.length === 0 ? [] : [{ ...series, fields }]
  })
}
