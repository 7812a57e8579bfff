/** What a simulated kit is at an instant, before anyone puts it in the vendor's words. */
import { newPack, type PackState } from './battery.ts'
import { type Energy, noEnergy } from './energy.ts'
import type { KitPlan } from './kit-plan.ts'
import type { Flows } from './power.ts'

/** Everything about a kit at `at` (epoch ms). Volts, amperes, watts, °C; the wire turns it into the vendor's numbers. */
export interface KitState {
  at: number
  readonly packs: readonly PackState[]
  busV: number
  ambientC: number
  flows: Flows
  isDriving: boolean
  isPlugged: boolean
  /** Something is connected to the DC input that gives power. */
  isDcSourced: boolean
  /** 0 in darkness, about 1 in full sun. */
  sunRatio: number
  acWatts: number[]
  socketW: number
  dcWatts: number[]
  /** At the discharge floor, until there is charge to spare. */
  isCutOff: boolean
  /** The owner noticed a low battery and sees to it that it is charged. */
  isRescued: boolean
  readonly energy: Energy
}

const STILL: Flows = {
  pvW: [0, 0],
  solarBusW: 0,
  dcInW: 0,
  dcInBusW: 0,
  acInW: 0,
  acChargeBusW: 0,
  acOutW: 0,
  inverterBusW: 0,
  dcOutW: 0,
  dcOutBusW: 0,
  batteryW: 0,
  lossW: 0,
}

/** A kit of which nothing has been solved yet. */
export const newState = (plan: KitPlan, at: number): KitState => ({
  at,
  packs: plan.packs.map((pack) => newPack(pack, 20)),
  busV: 53,
  ambientC: 20,
  flows: STILL,
  isDriving: false,
  isPlugged: false,
  isDcSourced: false,
  sunRatio: 0,
  acWatts: [],
  socketW: 0,
  dcWatts: [],
  isCutOff: false,
  isRescued: false,
  energy: noEnergy(),
})
