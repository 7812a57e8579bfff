/** How parallel packs share the current: the first sign of a pack that ages or of a poor connection. */
import { encodePoint } from '../store/line-protocol.ts'
import { isKnownNow } from './cadence.ts'
import type { LineBuilder } from './encode.ts'
import { type KitState, type ModuleState, valueNamed } from './state.ts'

/** Below this (A) the packs stand nearly still, and their share is noise. */
export const LEAST_TOTAL_A = 2

const isPack = (kit: KitState, module: ModuleState, at: number): boolean =>
  module.table.module.measurement === 'battery' && isKnownNow(kit, module, at)

/** Appends `share_ratio` to the keyframes of the minute `at` (epoch ms), where two packs or more tell their current. */
export const writeShares = (kit: KitState, at: number, into: LineBuilder): void => {
  const packs = [...kit.modules.values()].filter((module) => isPack(kit, module, at))
  const total = packs.reduce((sum, pack) => sum + valueNamed(pack, 'current_a'), 0)
  if (packs.length < 2 || !(Math.abs(total) >= LEAST_TOTAL_A)) return
  for (const pack of packs)
    into.raw += encodePoint({
      measurement: 'battery',
      tags: { kit_sn: kit.sn, module_sn: pack.sn },
      fields: { share_ratio: Math.round((valueNamed(pack, 'current_a') / total) * 1e4) / 1e4 },
      at: pack.lastAt,
    })
}
