/** Every field of the vendor's tables has an entry, counted per table; what goes beyond the tables is listed here. */
import { describe, expect, test } from 'vitest'
import type { ModuleKind } from '../../src/catalogue/field.ts'
import { MODULES } from '../../src/catalogue/modules.ts'
import { VENDOR_FIELDS } from './vendor-fields.ts'

const COUNTS = {
  bp5000: 43,
  bbcout: 20,
  bmstotal: 16,
  kitscc: 36,
  onlinemodulesnlist: 8,
  wireless: 1,
  bbcin: 32,
  iclow: 22,
  ichigh: 29,
  ldac: 9,
  lddc: 11,
}

const wireNames = (kind: ModuleKind): Set<string> =>
  new Set(kind.fields.flatMap((field) => [field.wire, ...(field.aliases ?? [])]))

/** `appCfg` itself is there when its members are; the first `standbyTime` is the member. */
const isCovered = (known: ReadonlySet<string>, name: string, place: number, all: readonly string[]): boolean => {
  if (name === 'appCfg') return [...known].some((wire) => wire.startsWith('appCfg.'))
  const isMember = all.indexOf(name, place + 1) > place
  return known.has(isMember ? `appCfg.${name}` : name)
}

const uncovered = (kinds: readonly ModuleKind[]): string[] =>
  Object.entries(VENDOR_FIELDS).flatMap(([kind, names]) => {
    const known = wireNames(kinds.find((one) => one.kind === kind)!)
    return names.filter((name, i) => !isCovered(known, name, i, names)).map((name) => `${kind}.${name}`)
  })

const without = (kind: string, wire: string): ModuleKind[] =>
  MODULES.map((one) => (one.kind === kind ? { ...one, fields: one.fields.filter((f) => f.wire !== wire) } : one))

describe("the vendor's tables", () => {
  test('have 227 fields', () => {
    const counts = Object.fromEntries(Object.entries(VENDOR_FIELDS).map(([kind, names]) => [kind, names.length]))
    expect(counts).toEqual(COUNTS)
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(227)
  })

  test('are covered, all of them', () => {
    expect(uncovered(MODULES)).toEqual([])
  })

  test('are the same for both packs', () => {
    const [bp5000, bp2000] = ['bp5000', 'bp2000'].map((kind) => MODULES.find((one) => one.kind === kind)!)
    expect(bp2000!.fields).toBe(bp5000!.fields)
  })

  test.each([
    ['bbcin', 'dcInVol', 'bbcin.dcInVol'],
    ['iclow', 'warn_code', 'iclow.warn_code,iclow.warnCode'],
    ['ichigh', 'appCfg.powerOn', 'ichigh.powerOn'],
    ['ichigh', 'appCfg.standbyTime', 'ichigh.standbyTime'],
    ['ichigh', 'standbyTime', 'ichigh.standbyTime'],
  ])('would be missed: %s without %s', (kind, wire, missing) => {
    expect(uncovered(without(kind, wire)).join()).toBe(missing)
  })

  test('are exceeded by what real kits send', () => {
    const beyond = MODULES.filter((kind) => kind.kind in VENDOR_FIELDS).flatMap((kind) => {
      const told = [...VENDOR_FIELDS[kind.kind]!, 'rsvd']
      const isTold = (wire: string) => told.includes(wire.replace('appCfg.', ''))
      return [...wireNames(kind)].filter((wire) => !isTold(wire)).map((wire) => `${kind.kind}.${wire}`)
    })
    expect(beyond.sort()).toEqual([
      'bbcin.seq',
      'bbcin.thirdWatts',
      'bbcin.wattItem',
      'bp5000.cycles',
      'ichigh.acRlyCtrlDisable',
      'ichigh.appCfg.acRlyCtrlDisable',
      'ichigh.seq',
      'ichigh.wattItem',
      'kitscc.dsgEnergy',
      'kitscc.pv1_hot_out',
      'kitscc.pv2_hot_out',
      'ldac.errorCode',
    ])
  })
})
