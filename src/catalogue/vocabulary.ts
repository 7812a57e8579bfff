/** The compiled catalogue with the look-ups that decode and normalise need. */
import { compile } from './compile.ts'
import type { ModuleKind } from './field.ts'
import type { ModuleTable, WireField } from './table.ts'

export interface Catalogue {
  readonly tables: ReadonlyMap<string, ModuleTable>
  isKind(kind: string): boolean
  isOfKit(kind: string): boolean
  familiar(kind: string, keys: Iterable<string>): number
  byModuleType(moduleType: number): readonly string[]
  /** By the number of its kind in the list of modules (`moduleDetail`). */
  byDetail(detail: string): readonly string[]
  bySerialNumber(sn: string): readonly string[]
  /** By wire key the field, and the table it belongs to: the kind's own, or that of the kind it carries. */
  wordsOf(kind: string): ReadonlyMap<string, Found> | undefined
}

export interface Found {
  readonly key: string
  readonly table: ModuleTable
  readonly wireField: WireField
  /** What stood behind it in the last record: records repeat their order, and a guess that holds spares a look-up. */
  next: Found | undefined
}

/** The field of this wire key, where `before` is the field that stood before it in the record. */
export const findField = (
  words: ReadonlyMap<string, Found> | undefined,
  key: string,
  before: Found | undefined,
): Found | undefined => {
  const guess = before?.next
  if (guess?.key === key) return guess
  const found = words?.get(key)
  if (before !== undefined && found !== undefined) before.next = found
  return found
}

const firstSegments = (table: ModuleTable): Set<string> =>
  new Set([...table.vocabulary.keys()].map((key) => key.split('.')[0]!))

/** What each kind understands: its own fields and, behind them, those of the kind it carries. */
const understood = (table: ModuleTable, tables: ReadonlyMap<string, ModuleTable>): Map<string, Found> => {
  const carried = table.module.carries === undefined ? undefined : tables.get(table.module.carries)
  const found = new Map<string, Found>()
  for (const source of carried ? [carried, table] : [table])
    for (const [key, wireField] of source.vocabulary) found.set(key, { key, table: source, wireField, next: undefined })
  return found
}

/** Compiles a catalogue. Throws on entries that contradict themselves. */
export const createCatalogue = (modules: readonly ModuleKind[]): Catalogue => {
  const tables = new Map(modules.map((module) => [module.kind, compile(module)]))
  const segments = new Map([...tables].map(([kind, table]) => [kind, firstSegments(table)]))
  const words = new Map([...tables].map(([kind, table]) => [kind, understood(table, tables)]))
  const byType = (moduleType: number) => modules.filter((m) => m.moduleTypes.includes(moduleType)).map((m) => m.kind)
  const types = new Map(modules.flatMap((m) => m.moduleTypes.map((type) => [type, byType(type)] as const)))
  return {
    tables,
    isKind: (kind) => tables.has(kind),
    isOfKit: (kind) => tables.get(kind)?.module.ofKit ?? false,
    familiar: (kind, keys) => {
      const known = words.get(kind)
      const heads = segments.get(kind)
      let familiar = 0
      if (known && heads) for (const key of keys) if (known.has(key) || heads.has(key)) familiar++
      return familiar
    },
    byModuleType: (moduleType) => types.get(moduleType) ?? [],
    byDetail: (detail) => modules.filter((m) => String(m.detail) === detail).map((m) => m.kind),
    bySerialNumber: (sn) => modules.filter((m) => m.serials?.test(sn)).map((m) => m.kind),
    wordsOf: (kind) => words.get(kind),
  }
}
