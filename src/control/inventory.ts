/** Which modules of a kit a command can be addressed to: those that reported, and those that its hub lists. */
import { MODULES } from '../catalogue/modules.ts'
import { LIST } from '../report/shapes.ts'
import { listedText } from '../track/inventory.ts'
import type { KitState } from '../track/state.ts'

/**
 * Serial numbers of the kit's modules of a kind. Where the hub's list names some of them it decides: one that was
 * replaced stays known, but is no longer listed.
 */
export const serialNumbersOf = (kit: KitState, kind: string): readonly string[] => {
  const detail = String(MODULES.find((module) => module.kind === kind)?.detail)
  const modules = [...kit.modules.values()]
  const listed = modules.filter(({ table }) => table.module.kind === LIST).map(({ sn }) => sn)
  const heard = modules.filter(({ table }) => table.module.kind === kind).map(({ sn }) => sn)
  const known = new Set([...heard, ...listed.filter((sn) => listedText(kit, sn, 'detail') === detail)])
  const present = listed.filter((sn) => known.has(sn))
  return present.length > 0 ? present : [...known]
}
