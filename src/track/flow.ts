/** Flow. */
import type { LineBuilder } from './encode.ts'
import type { KitState } from './state.ts'

export const trackFlow = (kit: KitState, at: number, into: LineBuilder): void => {
  void [kit, at, into]
}

export const tickFlow = (kit: KitState, at: number, into: LineBuilder): void => {
  void [kit, at, into]
}
