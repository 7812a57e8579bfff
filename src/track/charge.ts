/** What a kit's batteries say together, while fresh: the bank where it speaks, else the packs. */
import { isKnownNow } from './cadence.ts'
import { type KitState, type ModuleState, moduleKey, valueNamed } from './state.ts'

const KIND_OF_BANK = 'bmstotal'

type Fields = Record<string, number | string>

/** Without what is not known. */
export const finite = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)))

export const isPack = (module: ModuleState): boolean => module.table.module.measurement === 'battery'

export const freshPacks = (kit: KitState, at: number): ModuleState[] =>
  [...kit.modules.values()].filter((module) => isPack(module) && isKnownNow(kit, module, at))

/** State of charge of these packs together (%), weighted by capacity; NaN where none tells it. */
export const socOfPacks = (packs: readonly ModuleState[]): number => {
  const known = packs.filter((pack) => !Number.isNaN(valueNamed(pack, 'soc_pct')))
  const weight = (pack: ModuleState): number =>
    valueNamed(pack, 'capacity_full_ah') || valueNamed(pack, 'capacity_design_ah') || 1
  const capacity = known.reduce((sum, pack) => sum + weight(pack), 0)
  return known.reduce((sum, pack) => sum + valueNamed(pack, 'soc_pct') * weight(pack), 0) / capacity
}

/** How far the packs lie apart (%); NaN where fewer than two tell. */
const socSpread = (packs: readonly ModuleState[]): number => {
  const socs = packs.map((pack) => valueNamed(pack, 'soc_pct')).filter((soc) => !Number.isNaN(soc))
  return socs.length < 2 ? Number.NaN : Math.max(...socs) - Math.min(...socs)
}

const ofPacks = (packs: readonly ModuleState[]): Fields =>
  packs.length === 0
    ? {}
    : finite({
        soc_pct: socOfPacks(packs),
        net_w: packs.reduce((sum, pack) => sum + valueNamed(pack, 'power_w'), 0),
        pack_soc_spread_pct: socSpread(packs),
      })

/** The fields of the kit's row that its batteries tell. */
export const chargeFields = (kit: KitState, at: number): Fields => {
  const packFields = ofPacks(freshPacks(kit, at))
  const bank = kit.modules.get(moduleKey(KIND_OF_BANK, kit.sn))
  if (!bank || !isKnownNow(kit, bank, at)) return packFields
  const bankFields = finite({
    soc_pct: valueNamed(bank, 'soc_pct'),
    net_w: valueNamed(bank, 'power_w'),
    to_empty_s: valueNamed(bank, 'to_empty_s'),
    to_full_s: valueNamed(bank, 'to_full_s'),
  })
  return { ...packFields, ...bankFields }
}

/** State of charge of the kit (%), as its row tells it; undefined while it is not known. */
export const socOf = (kit: KitState, at: number): number | undefined => {
  const { soc_pct } = chargeFields(kit, at)
  return typeof soc_pct === 'number' ? soc_pct : undefined
}
