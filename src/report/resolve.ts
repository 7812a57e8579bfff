/**
 * Which kind of module a flat report speaks of. By what tells most: named by the message, numbered by the
 * message, seen before under this serial number or listed with it, its pattern; else unknown, never dropped.
 * One serial number may be two modules (an inverter and a pack share one in the vendor's own samples): then the kind
 * whose vocabulary knows most of the fields.
 */
import type { Vocabulary } from './shapes.ts'

/** What the kit is known to contain, and what the catalogue says of numbers and serial numbers. */
export interface Kinds extends Vocabulary {
  byModuleType(moduleType: number): readonly string[]
  bySerialNumber(sn: string): readonly string[]
  /** Kinds under which this kit has reported the serial number; first seen first. */
  seen(kitSn: string, moduleSn: string): readonly string[]
  /** Kinds that the kit's list of modules says the serial number may be. */
  listed(kitSn: string, moduleSn: string): readonly string[]
}

export const UNKNOWN_KIND = 'unknown'

export interface Hints {
  readonly kitSn: string
  readonly moduleSn: string
  readonly moduleType: unknown
  readonly typeCode: unknown
}

/** A module's name, or its number as number or decimal string. */
const named = (hint: unknown, kinds: Kinds): readonly string[] => {
  if (typeof hint === 'number') return kinds.byModuleType(hint)
  if (typeof hint !== 'string') return []
  const name = hint.toLowerCase()
  if (kinds.isKind(name)) return [name]
  return /^\d{1,6}$/.test(hint) ? kinds.byModuleType(Number(hint)) : []
}

/** A pack's number says "a pack", not which: what the serial number tells decides among several. */
const narrow = (several: readonly string[], known: readonly string[]): readonly string[] => {
  const both = several.filter((kind) => known.includes(kind))
  return both.length > 0 ? both : several
}

/** The list of modules says "a pack" as well: the pattern decides which. */
const bySerialNumber = ({ kitSn, moduleSn }: Hints, kinds: Kinds): readonly string[] => {
  const listed = kinds.listed(kitSn, moduleSn)
  const pattern = kinds.bySerialNumber(moduleSn)
  return listed.length > 0 ? narrow(listed, pattern) : pattern
}

/** Whether nothing in the message speaks against the one kind that is known. */
const isSettled = ({ moduleType, typeCode }: Hints, kind: string, kinds: Kinds): boolean =>
  typeCode === undefined &&
  (moduleType === undefined || (typeof moduleType === 'number' && kinds.byModuleType(moduleType).includes(kind)))

/** The kind of the module that reported these fields; `unknown` when nothing tells. */
export const resolveKind = (hints: Hints, fields: Readonly<Record<string, unknown>>, kinds: Kinds): string => {
  const seen = kinds.seen(hints.kitSn, hints.moduleSn)
  if (seen.length === 1 && isSettled(hints, seen[0]!, kinds)) return seen[0]!
  const bySn = seen.length > 0 ? seen : bySerialNumber(hints, kinds)
  const byName = [...named(hints.typeCode, kinds), ...named(hints.moduleType, kinds)]
  const candidates = [...new Set([...narrow(byName, bySn), ...bySn])]
  if (candidates.length < 2) return candidates[0] ?? UNKNOWN_KIND
  const keys = Object.keys(fields)
  let best = candidates[0]!
  let most = -1
  for (const kind of candidates) {
    const familiar = kinds.familiar(kind, keys)
    if (familiar > most) {
      best = kind
      most = familiar
    }
  }
  return best
}
