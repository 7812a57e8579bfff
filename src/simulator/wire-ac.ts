/** The inverter's two halves in the vendor's words: iclow on the battery's side, ichigh on the mains side. */
import { bankSocRatio } from './battery.ts'
import type { Kit } from './kit-model.ts'
import { milli, type WireFields, whole } from './wire-number.ts'

/** Volts of the AC output, sagging a little under load. */
export const acOutVolts = ({ settings, state }: Kit): number => settings.acVol - 0.001 * state.flows.acOutW

/** Volt-amperes of each AC circuit, and of the stand-alone socket. */
export const apparentPowers = ({ plan, state }: Kit): { circuits: number[]; socket: number } => ({
  circuits: state.acWatts.map((watts, index) => watts / plan.acCircuits[index]!.powerFactor),
  socket: state.socketW / plan.socket.powerFactor,
})

const isAsleep = ({ state }: Kit): boolean => state.flows.inverterBusW === 0 && state.flows.acInW === 0

// 0 idle, 1 discharging, 2 charging.
const direction = ({ state }: Kit): number => (state.flows.acChargeBusW > 0 ? 2 : state.flows.inverterBusW > 0 ? 1 : 0)

const LINK_CHARGING_V = 450
const LINK_DISCHARGING_V = 389.3

/** IC LOW. Charging, its current is that of the battery's side; discharging, that of the 390 V link. */
export const inverterDcFields = (kit: Kit): WireFields => {
  const { state, settings } = kit
  const { acChargeBusW, inverterBusW } = state.flows
  const amperes = acChargeBusW > 0 ? acChargeBusW / state.busV : inverterBusW / LINK_DISCHARGING_V
  const linkV = acChargeBusW > 0 ? LINK_CHARGING_V : LINK_DISCHARGING_V
  return {
    bmsChgCurr: milli(amperes) + 8,
    realSoc: Math.min(100, Math.round(100 * bankSocRatio(state.packs))),
    warn_code: 0,
    event_code: 0,
    errCode: 0,
    protectState: 0,
    chgType: state.isPlugged ? 1 : 0,
    batCurr: milli(amperes),
    batVol: milli(state.busV),
    chgBatVol: milli(state.busV + 0.02),
    dcTemp: whole(state.ambientC + 10 + 0.012 * (acChargeBusW + inverterBusW)),
    chgDsgState: direction(kit),
    extKitType: 0,
    busVol: isAsleep(kit) ? 725 : milli(linkV + 0.001 * inverterBusW),
    lsplFlag: isAsleep(kit) ? 1 : 0,
    maxChgCurr: 0,
    chrgFlag: settings.acChgDisable === 1 ? 2 : 1,
    fanLevel: Math.min(3, whole((acChargeBusW + inverterBusW) / 500)),
    chgInType: state.isPlugged ? 1 : 0,
  }
}

const appConfig = ({ settings }: Kit): { [key: string]: number } => ({
  powerOn: settings.acOn,
  wakeup: 0,
  standbyTime: settings.acStandbyTime,
  acRlyCtrlDisable: settings.acRlyCtrlDisable,
  acFreqSet: settings.acFreqHz,
  acMaxCurrSer: settings.acMaxCurrA,
  acVolSet: settings.acVol,
  acChgDisable: settings.acChgDisable,
  passByMaxCurr: settings.passByMaxCurrA,
})

/** IC HIGH. The stand-alone socket is its second channel (`ch2Watt`, `outAmp2`), beside `outWatts`. The daily energies stay 0, as on real kits. */
export const inverterAcFields = (kit: Kit): WireFields => {
  const { state, settings } = kit
  const isOn = state.flows.inverterBusW > 0 || state.flows.acOutW > 0
  const inV = state.isPlugged ? settings.acVol + 3.4 - 0.002 * state.flows.acInW : 0
  const outV = isOn ? acOutVolts(kit) : 0
  const apparent = apparentPowers(kit)
  const outVa = apparent.circuits.reduce((total, va) => total + va, 0)
  return {
    inVol: milli(inV),
    inCurr: state.isPlugged ? milli((state.flows.acInW / inV) * 1.02) : 0,
    inWatts: whole(state.flows.acInW),
    inFreq: state.isPlugged ? settings.acFreqHz : 0,
    outVol: milli(outV),
    outCurr: isOn ? milli(outVa / outV) : 0,
    outWatts: whole(state.flows.acOutW - state.socketW),
    outVa: whole(outVa),
    outFreq: isOn ? settings.acFreqHz : 0,
    cfgOutFreq: settings.acFreqHz,
    ch2Watt: whole(state.socketW),
    outAmp2: isOn ? milli(apparent.socket / outV) : 0,
    invSwSta: settings.acOn,
    invType: 0,
    acTemp: whole(state.ambientC + 9 + 0.01 * (state.flows.acOutW + state.flows.acInW)),
    standbyTime: 30,
    passByModeEn: settings.passByModeEn,
    inputWhInDay: 0,
    outputWhInDay: 0,
    appCfg: appConfig(kit),
  }
}
