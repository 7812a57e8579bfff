/**
 * A kit with physics. State lives here and moves only in `advance`, on a fixed grid of steps, so that any pattern of
 * calls ends in the same state. Flows hold over the step that follows `at`; the energies are exactly their sums.
 * A new kit has already lived for a day or two in coarse steps. Promises that everything adds up; knows no wire form.
 */
import { bankSocRatio, chargeLimitA, dischargeLimitA, flowFor, sharePower } from './battery.ts'
import { addEnergy, noEnergy } from './energy.ts'
import type { KitPlan } from './kit-plan.ts'
import { type KitState, newState } from './kit-state.ts'
import { derive } from './noise.ts'
import { balance } from './power.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { ambientC, clearSky, cloudFactor, hourOf, localTime } from './sun.ts'
import { isDriving, isOnPitch } from './travel.ts'
import { type Truth, truthOf } from './truth.ts'

export interface Kit {
  readonly plan: KitPlan
  readonly settings: Settings
  readonly state: Readonly<KitState>
  /** Moves on to the last whole step at or before this instant. */
  readonly advance: (toMs: number) => void
  /** Lets changed settings take effect at once. */
  readonly refresh: () => void
  readonly truth: () => Truth
}

const STEP_MS = 1_000
const COARSE_STEP_MS = 60_000
const DAY_MS = 86_400_000

/** 16 o'clock sun time, at least a day before: the hour at which most days find the battery about equally full. */
const warmUpStart = (startAt: number, longitudeDeg: number): number => {
  const local = localTime(startAt - DAY_MS, longitudeDeg)
  const at = startAt - DAY_MS - ((hourOf(local) - 16 + 24) % 24) * 3_600_000
  return Math.floor(at / COARSE_STEP_MS) * COARSE_STEP_MS
}

const wattsOf = (appliances: KitPlan['acCircuits'], localAt: number, scale: number): number[] =>
  appliances.map((appliance) => appliance.wattsAt(localAt) * scale)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const relayed = (watts: number[], relays: number): number[] =>
  watts.map((value, index) => (index < 6 && ((relays >> index) & 1) === 0 ? 0 : value))

/** Where the kit is and what its battery allows: the latches that need a memory. */
const look = (state: KitState, plan: KitPlan, settings: Settings, localAt: number, travelSeed: number): void => {
  const socPct = 100 * bankSocRatio(state.packs)
  state.isCutOff = socPct <= settings.dischargeFloorPct + (state.isCutOff ? 3 : 0)
  state.isRescued = socPct < (state.isRescued ? 75 : 25)
  const hasShore = plan.acCircuits.length > 0
  const isOnWheels = plan.dcSource === 'alternator'
  state.isDriving = isOnWheels && (isDriving(localAt, travelSeed) || (state.isRescued && !hasShore))
  state.isPlugged = hasShore && !state.isDriving && (isOnPitch(localAt, travelSeed) || state.isRescued)
  state.ambientC = ambientC(localAt, plan.latitudeDeg)
}

/** Solves the present instant: sun, loads, balance, bus voltage. */
const solve = (state: KitState, plan: KitPlan, settings: Settings, cloudSeed: number): void => {
  const localAt = localTime(state.at, plan.longitudeDeg)
  look(state, plan, settings, localAt, cloudSeed ^ 5)
  const clear = clearSky(localAt, plan.latitudeDeg)
  state.sunRatio = clear === 0 ? 0 : clear * cloudFactor(localAt, cloudSeed)
  const dcWanted = relayed(wattsOf(plan.dcCircuits, localAt, 1), settings.relays)
  const acWanted = wattsOf(plan.acCircuits, localAt, 1)
  const socketW = plan.socket.wattsAt(localAt)
  state.isDcSourced = plan.dcSource === 'pv' ? state.sunRatio > 0.01 : state.isDriving
  const dcOfferW = state.isDcSourced ? plan.dcPeakW * (plan.dcSource === 'pv' ? state.sunRatio : 1) : 0
  const acWantedW = sum(acWanted) + socketW
  const dcWantedW = sum(dcWanted)
  state.flows = balance({
    pvW: [plan.pvPeakW[0] * state.sunRatio, plan.pvPeakW[1] * state.sunRatio],
    dcInW: settings.chgPause === 1 ? 0 : Math.min(dcOfferW, (settings.chgMaxCurrMa / 1000) * plan.dcVolts),
    shoreLimitW: state.isPlugged ? settings.acMaxCurrA * settings.acVol : 0,
    mayChargeFromShore: settings.acChgDisable === 0,
    acWantedW,
    dcWantedW,
    isAcOn: settings.acOn === 1 && plan.acCircuits.length > 0,
    isDcOn: settings.dcOn === 1,
    chargeLimitW: chargeLimitA(state.packs, settings.chargeCeilingPct) * state.busV,
    dischargeLimitW: state.isCutOff ? 0 : dischargeLimitA(state.packs) * state.busV,
  })
  const acShare = acWantedW === 0 ? 0 : state.flows.acOutW / acWantedW
  const dcShare = dcWantedW === 0 ? 0 : state.flows.dcOutW / dcWantedW
  state.acWatts = acWanted.map((watts) => watts * acShare)
  state.socketW = socketW * acShare
  state.dcWatts = dcWanted.map((watts) => watts * dcShare)
  state.busV = sharePower(state.packs, state.flows.batteryW)
}

/** A kit as it stands at `startAt` after its warm-up, its energies at zero. */
export const createKit = (plan: KitPlan, startAt: number): Kit => {
  const settings = defaultSettings(plan.name)
  const cloudSeed = derive(plan.seed, 'clouds')
  const state = newState(plan, warmUpStart(startAt, plan.longitudeDeg))
  const step = (dtMs: number): void => {
    addEnergy(state.energy, state.flows, state.at, dtMs)
    flowFor(state.packs, dtMs, state.ambientC)
    state.at += dtMs
    solve(state, plan, settings, cloudSeed)
  }
  const refresh = (): void => solve(state, plan, settings, cloudSeed)
  refresh()
  while (state.at + COARSE_STEP_MS <= startAt) step(COARSE_STEP_MS)
  while (state.at + STEP_MS <= startAt) step(STEP_MS)
  Object.assign(state.energy, { ...noEnergy(), day: state.energy.day })
  for (const pack of state.packs) Object.assign(pack, { chargedAh: 0, dischargedAh: 0 })
  return {
    plan,
    settings,
    state,
    advance: (toMs) => {
      while (state.at + STEP_MS <= toMs) step(STEP_MS)
    },
    refresh,
    truth: () => truthOf(state),
  }
}
