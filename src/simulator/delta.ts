/** What changed in a module's record since it last spoke. */
import type { WireFields, WireValue } from './wire-number.ts'

const isSame = (a: WireValue | undefined, b: WireValue): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

/** Remembers the last record; answers with all of it when asked for a full one, else with the changed fields. */
export const createDelta = (): ((fields: WireFields, isFull: boolean) => WireFields) => {
  let last: WireFields = {}
  return (fields, isFull) => {
    const changed: WireFields = {}
    for (const key in fields) if (isFull || !isSame(last[key], fields[key]!)) changed[key] = fields[key]!
    last = fields
    return changed
  }
}
