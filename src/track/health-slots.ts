/** Where a pack keeps what its health asks for with every report. */
import type { ModuleTable } from '../catalogue/table.ts'

export interface PackSlots {
  readonly soc: number
  readonly spread: number
  readonly coldest: number
  readonly hottest: number
  readonly full: number
  readonly design: number
  readonly cycles: number
}

const slotsByTable = new WeakMap<ModuleTable, PackSlots>()

/** Slots of a pack's fields. */
export const slotsOf = (table: ModuleTable): PackSlots => {
  const known = slotsByTable.get(table)
  if (known) return known
  const slots: PackSlots = {
    soc: table.slotOf('soc_pct'),
    spread: table.slotOf('cell_spread_v'),
    coldest: table.slotOf('cell_temperature_min_c'),
    hottest: table.slotOf('cell_temperature_max_c'),
    full: table.slotOf('capacity_full_ah'),
    design: table.slotOf('capacity_design_ah'),
    cycles: table.slotOf('cycles_count'),
  }
  slotsByTable.set(table, slots)
  return slots
}
