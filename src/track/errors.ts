/** Errors of modules: a row a minute while one is active, and one with `is_active` 0 when it is gone. */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import { ALL } from './events.ts'
import { type ActiveError, type KitState, knownErrors, type ModuleState } from './state.ts'

const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000

const writeError = (
  kit: KitState,
  module: ModuleState,
  slot: number,
  error: ActiveError,
  isActive: boolean,
  at: number,
  into: LineBuilder,
): void => {
  const { tags } = module.table.series[module.table.slots[slot]!.series]!
  const circuit = tags.circuit ?? (tags.input ? `input ${tags.input}` : ALL)
  into.history += encodePoint({
    measurement: 'error',
    tags: {
      kit_sn: kit.sn,
      module_sn: module.sn,
      circuit,
      code: String(error.code),
      meaning: error.meaning,
    },
    fields: { is_active: isActive ? 1 : 0, since_ms: error.sinceAt },
    at: wholeSecond(at),
  })
}

/**
 * The vendor publishes no table of its codes: their distance from "no error" is all that can be said. The field stands
 * in it, since two fields of a module may show the same code at the same time.
 */
const meaningOf = (module: ModuleState, slot: number, offset: number): string =>
  `${module.table.module.label}: ${module.table.slots[slot]!.is} ${offset}`

/** Compares the codes held now with the errors that were active. */
export const trackErrors = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  for (const { slot, codeSlot } of module.table.alarms) {
    const offset = module.values[slot]!
    const code = module.values[codeSlot]!
    // Not told since the last gap: what was active waits.
    if (Number.isNaN(code)) continue
    const active = module.errors?.get(slot)
    if (active && active.code !== code) {
      writeError(kit, module, slot, active, false, at, into)
      module.errors?.delete(slot)
    }
    // A code outside every known base is no alarm.
    if (!Number.isNaN(offset) && offset !== 0 && active?.code !== code) {
      const error = { code, meaning: meaningOf(module, slot, offset), sinceAt: at }
      module.errors ??= new Map()
      module.errors.set(slot, error)
      writeError(kit, module, slot, error, true, at, into)
    }
  }
}

/** The row a minute of every active error that is known since the module's last gap. */
export const repeatErrors = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  for (const [slot, error] of knownErrors(module)) writeError(kit, module, slot, error, true, at, into)
}
