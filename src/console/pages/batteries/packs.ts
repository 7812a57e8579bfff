/**
 * The packs of a kit, from all that is told of them: what they say now, the list of modules, and how they aged. Pure.
 * A pack that the kit has and that does not report stands among the others; one that it had before stands apart.
 */
import type { ModuleRow, ValueSeries } from '../../api-shapes.ts'
import { type HeardModule, numberOf, seriesOf } from '../../live-state.ts'
import type { BatteryHealth, HealthDay, PackHealth } from '../../past-shapes.ts'

export interface Pack {
  readonly sn: string
  readonly slot?: number
  readonly model?: string
  readonly firmware?: string
  /** What it told last, current or not. */
  readonly told?: { readonly module: HeardModule; readonly series: ValueSeries }
  readonly row?: ModuleRow
  readonly health?: PackHealth
  /** Oldest first. */
  readonly days: readonly HealthDay[]
}

const KINDS = ['bp5000', 'bp2000']
/** The number of packs in the kit's own list of modules. */
const LISTED_DETAIL = '1'

const isPack = ({ kind, detail }: ModuleRow): boolean =>
  KINDS.includes(kind) || (kind === 'listed' && detail === LISTED_DETAIL)

interface Told {
  readonly modules: readonly HeardModule[]
  readonly rows: readonly ModuleRow[]
  readonly health?: BatteryHealth | undefined
}

const slotOf = ({ slot = Number.MAX_SAFE_INTEGER }: Pack): number => slot

/** By their place in the kit; those of unknown place last. */
export const packsOf = ({ modules, rows, health }: Told): Pack[] => {
  const told = new Map(seriesOf(modules, 'battery').map((one) => [one.module.module_sn, one]))
  const listed = new Map(rows.filter(isPack).map((row) => [row.module_sn, row]))
  const packs = [...new Set([...told.keys(), ...listed.keys()])].map((sn): Pack => {
    const [now, row] = [told.get(sn), listed.get(sn)]
    const known = health?.batteries.find((one) => one.module_sn === sn)
    const slot = (now && numberOf(now.series, 'slot')) ?? known?.slot
    const model = now?.series.fields.find(({ name }) => name === 'model')?.value ?? known?.model
    return {
      sn,
      ...(slot !== undefined && { slot }),
      ...(model !== undefined && { model: String(model) }),
      ...(row?.firmware !== undefined && { firmware: row.firmware }),
      ...(now && { told: now }),
      ...(row && { row }),
      ...(known && { health: known }),
      days: health?.days.filter((day) => day.module_sn === sn) ?? [],
    }
  })
  return packs.sort((a, b) => slotOf(a) - slotOf(b) || a.sn.localeCompare(b.sn))
}

/** Packs of which there is history and that the kit no longer has. */
export const formerPacks = (packs: readonly Pack[], health: BatteryHealth | undefined): PackHealth[] =>
  health?.batteries.filter(({ module_sn }) => !packs.some(({ sn }) => sn === module_sn)) ?? []

/** What a fresh pack tells of this field; undefined for one that is not fresh. */
const freshNumber = ({ told }: Pack, field: string): number | undefined =>
  told?.module.is_fresh ? numberOf(told.series, field) : undefined

/** Below this all packs together carry too little for shares to say anything (A). */
const LEAST_SHARED_A = 2

/** Its part, 0 to 1, or why it cannot be told: there is no other pack, not all are known, or little flows. */
export type Share = number | 'single' | 'unknown' | 'little'

/** Its part of the current of all packs now. */
export const shareNow = (pack: Pack, packs: readonly Pack[]): Share => {
  if (packs.length < 2) return 'single'
  const currents = packs.map((one) => freshNumber(one, 'current_a'))
  const own = freshNumber(pack, 'current_a')
  if (own === undefined || currents.some((one) => one === undefined)) return 'unknown'
  const total = currents.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return Math.abs(total) < LEAST_SHARED_A ? 'little' : own / total
}

/** Points between the fullest and the emptiest fresh pack; undefined with fewer than two. */
export const socSpread = (packs: readonly Pack[]): number | undefined => {
  const charges = packs.flatMap((pack) => freshNumber(pack, 'soc_pct') ?? [])
  return charges.length < 2 ? undefined : Math.max(...charges) - Math.min(...charges)
}
