/** What is really true of a kit, in exact floats: the measure for everything that is read off the wire. */
import { bankSocRatio, socRatio } from './battery.ts'
import type { Energy } from './energy.ts'
import type { KitState } from './kit-state.ts'

/** `batteryW` and `currentA` are + when charging; `socPct` 0…100; the rest ≥ 0. */
export interface Truth {
  readonly at: number
  readonly solarW: number
  readonly pvW: readonly [number, number]
  readonly dcInW: number
  readonly acInW: number
  readonly batteryW: number
  readonly acOutW: number
  readonly dcOutW: number
  readonly lossW: number
  readonly socPct: number
  readonly busV: number
  readonly acWatts: readonly number[]
  readonly socketW: number
  readonly dcWatts: readonly number[]
  readonly energy: Readonly<Energy>
  readonly packs: readonly PackTruth[]
}

export interface PackTruth {
  readonly sn: string
  readonly socPct: number
  readonly currentA: number
  readonly chargeMah: number
  readonly chargedAh: number
  readonly dischargedAh: number
}

/** A copy: it does not move on with the kit. */
export const truthOf = (state: Readonly<KitState>): Truth => ({
  at: state.at,
  solarW: state.flows.pvW[0] + state.flows.pvW[1],
  pvW: state.flows.pvW,
  dcInW: state.flows.dcInW,
  acInW: state.flows.acInW,
  batteryW: state.flows.batteryW,
  acOutW: state.flows.acOutW,
  dcOutW: state.flows.dcOutW,
  lossW: state.flows.lossW,
  socPct: 100 * bankSocRatio(state.packs),
  busV: state.busV,
  acWatts: state.acWatts,
  socketW: state.socketW,
  dcWatts: state.dcWatts,
  energy: { ...state.energy },
  packs: state.packs.map((pack) => ({
    sn: pack.plan.sn,
    socPct: 100 * socRatio(pack),
    currentA: pack.currentA,
    chargeMah: pack.chargeMah,
    chargedAh: pack.chargedAh,
    dischargedAh: pack.dischargedAh,
  })),
})
