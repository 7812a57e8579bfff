/**
 * What the owner calls the circuits of the panels: the field `name` of `circuit`, once an hour and in the minute after
 * the names were told. The vendor's own names cannot be read back. src: powerkits-api.txt L2230-2323
 */
import { encodePoint } from '../store/line-protocol.ts'
import type { LineBuilder } from './encode.ts'
import type { CircuitNames, KitState, ModuleState } from './state.ts'

const HOUR_MS = 3_600_000

/** By the tags `side` and `circuit` of its series; undefined where its owner has no name for it. */
export const circuitName = (
  { circuits }: Pick<KitState, 'circuits'>,
  { side = '', circuit = '' }: Readonly<Record<string, string>>,
): string | undefined => circuits[side]?.[String(Number(circuit))]

/** Appends the named circuits of a panel; false where it has none. */
const writePanel = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): boolean => {
  const before = into.raw.length
  for (const { measurement, tags } of module.table.series) {
    const { side = '', circuit = '' } = tags
    const name = measurement === 'circuit' ? circuitName(kit, tags) : undefined
    if (name === undefined) continue
    const all = { kit_sn: kit.sn, module_sn: module.sn, side, circuit }
    into.raw += encodePoint({ measurement, tags: all, fields: { name }, at })
  }
  return into.raw.length > before
}

/** Appends the names that are due at the minute `at` (epoch ms), of panels that were ever heard. */
export const writeCircuitNames = (kit: KitState, at: number, into: LineBuilder): void => {
  if (!kit.areNamesDue && at % HOUR_MS !== 0) return
  for (const module of kit.modules.values())
    if (module.heardAt > 0 && writePanel(kit, module, at, into)) kit.areNamesDue = false
}

/** Takes over the names; they are due if they are others than before. */
export const noteCircuitNames = (kit: KitState, circuits: CircuitNames): void => {
  kit.areNamesDue ||= JSON.stringify(circuits) !== JSON.stringify(kit.circuits)
  kit.circuits = circuits
}
