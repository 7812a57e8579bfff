/** The modules of a simulated kit: kind, serial number, how often they report, how their record is read. */
import type { Kit } from './kit-model.ts'
import { between } from './noise.ts'
import type { ConverterKind } from './serial-numbers.ts'
import { inverterAcFields, inverterDcFields } from './wire-ac.ts'
import { bankFields, packFields } from './wire-battery.ts'
import { dcInputFields, dcOutputFields, solarFields } from './wire-dc.ts'
import { joined, type WireFields } from './wire-number.ts'
import { acPanelFields, dcPanelFields } from './wire-panels.ts'

export interface Module {
  /** The vendor's name of it, lower case. */
  readonly kind: string
  readonly sn: string
  /** The number used in reports and commands. */
  readonly moduleType: number
  readonly periodMs: number
  /** Its own fields; the bank's are apart. */
  readonly read: () => WireFields
  /** The primary pack's record carries the bank's fields too. */
  readonly isPrimary?: true
}

interface Converter {
  readonly moduleType: number
  readonly periodMs: number
  readonly read: (kit: Kit) => WireFields
}

// Periods as seen on real kits.
const CONVERTERS: Readonly<Record<ConverterKind, Converter>> = {
  bbcin: { moduleType: 15362, periodMs: 10_000, read: dcInputFields },
  bbcout: { moduleType: 15363, periodMs: 2_000, read: dcOutputFields },
  kitscc: { moduleType: 15364, periodMs: 10_000, read: solarFields },
  iclow: { moduleType: 15365, periodMs: 10_000, read: inverterDcFields },
  ichigh: { moduleType: 15366, periodMs: 3_000, read: inverterAcFields },
  ldac: { moduleType: 15367, periodMs: 10_000, read: acPanelFields },
  lddc: { moduleType: 15368, periodMs: 10_000, read: dcPanelFields },
}

/** The hub speaks for itself once in a while: its scene, and the list of modules. */
export const HUB_PERIOD_MS = 300_000
export const HUB_MODULE_TYPE = 15_370

/** Packs first, then the converters the kit has. */
export const modulesOf = (kit: Kit): Module[] => [
  ...kit.plan.packs.map((pack, index) => ({
    kind: pack.kind,
    sn: pack.sn,
    moduleType: 15361,
    periodMs: between(kit.plan.seed, index, 7, 10) * 1000,
    read: () => packFields(kit, index),
    ...(index === 0 ? { isPrimary: true as const } : {}),
  })),
  ...Object.entries(CONVERTERS).flatMap(([kind, { moduleType, periodMs, read }]) => {
    const sn = kit.plan.modules[kind as ConverterKind]
    return sn === undefined ? [] : [{ kind, sn, moduleType, periodMs, read: () => read(kit) }]
  }),
]

/** The whole record of a module, as quota/all gives it. */
export const fullFields = (kit: Kit, module: Module): WireFields =>
  module.isPrimary ? joined(module.read(), bankFields(kit)) : module.read()
