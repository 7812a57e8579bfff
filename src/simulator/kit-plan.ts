/**
 * What each simulated kit consists of, by seed: its serial numbers, place, packs, solar, circuits. The first kit of a
 * fleet is always a van with everything; the others vary, and not every kit has every module.
 */
import type { PackPlan } from './battery.ts'
import { type CircuitPlan, planCircuits } from './circuits.ts'
import { between, chance, derive, mix } from './noise.ts'
import { type ConverterKind, consoleSn, converterSn, hubSn, packSn, wirelessSn } from './serial-numbers.ts'

export interface KitPlan extends CircuitPlan {
  readonly seed: number
  readonly hubSn: string
  readonly wirelessSn: string
  readonly consoleSn: string
  readonly name: string
  readonly latitudeDeg: number
  readonly longitudeDeg: number
  readonly packs: readonly PackPlan[]
  /** Serial numbers of the modules the kit has. */
  readonly modules: Readonly<Partial<Record<ConverterKind, string>>>
  readonly pvPeakW: readonly [number, number]
  readonly pvVolts: readonly [number, number]
  readonly dcSource: 'alternator' | 'pv'
  /** Watts the DC input's source can give. */
  readonly dcPeakW: number
  /** Volts at the DC input when its source is there. */
  readonly dcVolts: number
}

interface Model {
  readonly label: string
  readonly pack: PackPlan['kind']
  readonly packs: readonly [number, number]
  readonly modules: readonly ConverterKind[]
  readonly dcSource: KitPlan['dcSource']
  readonly pvW: readonly [number, number]
}

const DC: readonly ConverterKind[] = ['kitscc', 'bbcin', 'bbcout']
const AC: readonly ConverterKind[] = ['iclow', 'ichigh']
const VAN: Model = {
  label: 'Van',
  pack: 'bp5000',
  packs: [2, 2],
  modules: [...DC, ...AC, 'ldac', 'lddc'],
  dcSource: 'alternator',
  pvW: [420, 220],
}
const MODELS: readonly Model[] = [
  VAN,
  { ...VAN, label: 'Boat', packs: [2, 3], pvW: [500, 300] },
  { ...VAN, label: 'Cabin', packs: [1, 3], modules: [...DC, ...AC, 'ldac'], dcSource: 'pv', pvW: [900, 600] },
  { ...VAN, label: 'Camper', pack: 'bp2000', packs: [1, 3], modules: [...DC, ...AC, 'lddc'], pvW: [360, 0] },
  { ...VAN, label: 'Trailer', pack: 'bp2000', packs: [1, 2], modules: [...DC, 'lddc'], pvW: [300, 150] },
]

const planPack = (seed: number, kind: PackPlan['kind']): PackPlan => {
  const designMah = kind === 'bp5000' ? 100_000 : 40_000
  return {
    sn: packSn(seed, kind),
    kind,
    designMah,
    fullMah: Math.round(designMah * (0.93 + 0.07 * chance(seed, 1))),
    resistanceOhm: (kind === 'bp5000' ? 0.025 : 0.055) * (0.9 + 0.2 * chance(seed, 2)),
    cycles: between(seed, 3, 2, 240),
    cellOffsetsMv: [-between(seed, 4, 2, 9), between(seed, 5, 2, 9)],
    firstSocRatio: 0.8 + 0.08 * chance(seed, 6),
  }
}

/** The plan of kit number `index` (from 0) of a fleet. `firstName` is the name of the first. */
export const planKit = (fleetSeed: number, index: number, firstName: string): KitPlan => {
  const seed = mix(fleetSeed, index, 77)
  const model = index === 0 ? VAN : MODELS[between(seed, 1, 0, MODELS.length - 1)]!
  const packs = between(seed, 2, ...model.packs)
  const modules = Object.fromEntries(model.modules.map((kind) => [kind, converterSn(derive(seed, kind), kind)]))
  return {
    seed,
    hubSn: hubSn(derive(seed, 'hub')),
    wirelessSn: wirelessSn(derive(seed, 'hub')),
    consoleSn: consoleSn(derive(seed, 'console')),
    name: index === 0 ? firstName : `${model.label} ${index + 1}`,
    latitudeDeg: 38 + 16 * chance(seed, 3),
    longitudeDeg: 16 * chance(seed, 4),
    packs: Array.from({ length: packs }, (_, slot) => planPack(derive(seed, `pack ${slot}`), model.pack)),
    modules,
    pvPeakW: model.pvW,
    pvVolts: [34 + 6 * chance(seed, 5), 20 + 6 * chance(seed, 6)],
    dcSource: model.dcSource,
    dcPeakW: model.dcSource === 'pv' ? 700 : 720,
    dcVolts: model.dcSource === 'pv' ? 42.5 : 13.7,
    ...planCircuits(seed, model.pack === 'bp5000' ? 1 : 0.45, model.modules.includes('ichigh')),
  }
}
