/** How full a kit's batteries were when they last told it, however long ago. Pure. */
import { isPack, socOfPacks } from './charge.ts'
import { type KitState, moduleKey, valueNamed } from './state.ts'

const KIND_OF_BANK = 'bmstotal'

/** State of charge (%): of the bank where it ever spoke, else of the packs; undefined where none told it. */
export const lastSocOf = (kit: KitState): number | undefined => {
  const bank = kit.modules.get(moduleKey(KIND_OF_BANK, kit.sn))
  const told = bank ? valueNamed(bank, 'soc_pct') : Number.NaN
  const soc = Number.isNaN(told) ? socOfPacks([...kit.modules.values()].filter(isPack)) : told
  return Number.isFinite(soc) ? soc : undefined
}
