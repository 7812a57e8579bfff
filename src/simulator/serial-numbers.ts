/** Serial numbers and firmware of simulated modules: made up by seed, in the vendor's patterns. */
import { chance, mix } from './noise.ts'

const hex = (seed: number, digits: number): string =>
  mix(seed, 7).toString(16).toUpperCase().padStart(8, '0').slice(-digits)

const serial = (seed: number): string => {
  const letter = 'ABCDEFGH'[Math.floor(chance(seed, 8) * 8)]!
  return `${letter}${String(mix(seed, 9) % 10_000).padStart(4, '0')}`
}

/** The hub, under which the kit is known to the cloud. */
export const hubSn = (seed: number): string => `M109ZEB4ZE${Math.floor(chance(seed, 10) * 10)}${serial(seed)}`

/** The radio, which signs its set replies with a number of its own. */
export const wirelessSn = (seed: number): string => `M106WAB4ZE${Math.floor(chance(seed, 11) * 10)}${serial(seed)}`

export const consoleSn = (seed: number): string => `M106Z1B4ZE9${serial(seed)}`

export const packSn = (seed: number, kind: 'bp5000' | 'bp2000'): string =>
  `${kind === 'bp5000' ? 'M101Z3B4ZE7' : 'M102Z3B4ZE6'}${serial(seed)}`

const PREFIXES = {
  bbcin: 'M1093-DCIN-',
  bbcout: 'M1093-DCOU-',
  kitscc: 'M1096-MPPT-',
  iclow: 'M1095-PSDL-',
  ichigh: 'M1095-PSDH-',
  ldac: 'M10E1-LDAC-',
  lddc: 'M10E1-LDDC-',
} as const

/** Modules with a kind in their serial number. */
export type ConverterKind = keyof typeof PREFIXES

export const converterSn = (seed: number, kind: ConverterKind): string => PREFIXES[kind] + hex(seed, 5)
