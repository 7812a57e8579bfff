/** onLineModuleSnList: the modules a kit sees on its bus, every value a string, as real kits send it. */
import type { Kit } from './kit-model.ts'
import { between } from './noise.ts'
import type { ConverterKind } from './serial-numbers.ts'

type Entry = Readonly<Record<string, string>>

interface Address {
  readonly detail: number
  readonly address: number
  readonly loader: string
  readonly version: string
}

const CONVERTERS: Readonly<Record<ConverterKind, Address>> = {
  bbcin: { detail: 2, address: 80, loader: '2.0.2.2', version: '0.4.0' },
  bbcout: { detail: 3, address: 81, loader: '2.0.2.2', version: '0.4.1' },
  kitscc: { detail: 4, address: 5, loader: '1.0.2.2', version: '0.4.0' },
  iclow: { detail: 5, address: 2, loader: '1.2.2.2', version: '6.3.5' },
  ichigh: { detail: 6, address: 4, loader: '1.1.2.2', version: '6.3.4' },
  ldac: { detail: 7, address: 83, loader: '1.0.2.1', version: '1.0.3' },
  lddc: { detail: 8, address: 84, loader: '1.0.2.1', version: '1.0.3' },
}
const PACK: Address = { detail: 1, address: 3, loader: '1.0.2.1', version: '1.1.2' }
const CONSOLE: Address = { detail: 13, address: 52, loader: '1.0.2.1', version: '1.0.2' }

const entry = (sn: string, at: Address, dynamicAddress: number, isPrimary: boolean, build: number): Entry => ({
  customData: isPrimary ? '1' : '0',
  loaderVersion: at.loader,
  moduleAddr: String(at.address),
  moduleDAddr: String(dynamicAddress),
  moduleDetail: String(at.detail),
  moduleSn: sn,
  moduleType: '60',
  moduleVersion: `${at.version}.${build}`,
})

/** One entry per pack, converter and the console. */
export const moduleList = ({ plan }: Kit): Entry[] => {
  const build = between(plan.seed, 90, 20, 220)
  return [
    ...plan.packs.map((pack, index) => entry(pack.sn, PACK, index + 1, index === 0, build)),
    ...Object.entries(plan.modules).map(([kind, sn]) => entry(sn, CONVERTERS[kind as ConverterKind], 1, false, build)),
    entry(plan.consoleSn, CONSOLE, 1, false, build),
  ]
}
