/** Health. */
import type { LineBuilder } from './encode.ts'
import type { KitState, ModuleState } from './state.ts'

export const trackHealth = (
  kit: KitState,
  module: ModuleState,
  fromAt: number,
  at: number,
  into: LineBuilder,
): void => {
  void [kit, module, fromAt, at, into]
}

export const tickHealth = (kit: KitState, at: number, into: LineBuilder): void => {
  void [kit, at, into]
}
