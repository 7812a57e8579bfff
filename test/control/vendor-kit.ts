/** The kit of the vendor's document, with the serial numbers of its examples, as `track` knows it from reports. */

import { MODULES } from '../../src/catalogue/modules.ts'
import { createCatalogue } from '../../src/catalogue/vocabulary.ts'
import { createKit, createModule, createState, type KitState, moduleKey } from '../../src/track/state.ts'

export const VENDOR_KIT_SN = 'M106ZAB4Z000001F'

const catalogue = createCatalogue(MODULES)

/** Gives the kit a module, with what it reports of itself in base units by our names. */
export const addModule = (
  kit: KitState,
  kind: string,
  sn: string,
  values: Readonly<Record<string, number>> = {},
): void => {
  const table = catalogue.tables.get(kind)!
  const module = createModule(table, sn, kit.numbers)
  for (const [name, value] of Object.entries(values)) module.values[table.slotOf(name)] = value
  kit.modules.set(moduleKey(kind, sn), module)
}

/** Lists a module as the hub does: `detail` is the number of its kind. */
export const listModule = (kit: KitState, sn: string, detail: number): void => {
  const table = catalogue.tables.get('onlinemodulesnlist')!
  const module = createModule(table, sn, kit.numbers)
  module.texts[table.slotOf('detail')] = String(detail)
  kit.modules.set(moduleKey('onlinemodulesnlist', sn), module)
}

/**
 * Values of the bank as the vendor's sample has them (L361-421), but for those that are given and the limits of the
 * generator, which are those of a real record: the examples' 60 and 20 do not fit beside the sample's own 30 and 50.
 */
export const vendorKit = (bank: Readonly<Record<string, number>> = {}): KitState => {
  const kit = createKit(VENDOR_KIT_SN, createState())
  addModule(kit, 'bbcin', 'M1093-DCIN-CA7C3')
  addModule(kit, 'bbcout', 'M109ZEB4Z0000016')
  addModule(kit, 'iclow', 'M109ZEB4ZE7B0963')
  addModule(kit, 'ichigh', 'M1095-PSDH-0B0B1')
  addModule(kit, 'ldac', 'M10EZEB4ZE7D0128')
  addModule(kit, 'lddc', 'M10E1-LDDC-29A63')
  addModule(kit, 'wireless', 'M106WAB4Z000001F')
  addModule(kit, 'bp2000', 'M102Z3B4ZE6H0009')
  addModule(kit, 'bmstotal', VENDOR_KIT_SN, {
    soc_pct: 87,
    charge_limit_pct: 77,
    discharge_limit_pct: 27,
    generator_start_pct: 12,
    generator_stop_pct: 83,
    ...bank,
  })
  return kit
}
