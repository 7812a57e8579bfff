/** The DC side in the vendor's words: bbcin, bbcout, kitscc. Watts are truncated; kitscc's battery watts are in mW. */
import type { Kit } from './kit-model.ts'
import { joined, mask, milli, type WireFields, whole } from './wire-number.ts'

const RESERVED: readonly number[] = Array.from({ length: 15 }, () => 0)

const inputSettings = ({ settings }: Kit): WireFields => ({
  chgPause: settings.chgPause,
  workMode: settings.workMode,
  chgMaxCurr: settings.chgMaxCurrMa,
  altCableUnit: settings.altCableUnit,
  altCableLen: settings.altCableLen,
  altVoltLmt: settings.altVoltLmt,
  altVoltLmtEn: settings.altVoltLmtEn,
  shakeCtrlDisable: settings.shakeCtrlDisable,
})

/** BBC IN. `dayEnergy` and `dsgEnergy` are the constants that real kits send. */
export const dcInputFields = (kit: Kit): WireFields => {
  const { plan, state } = kit
  const isPv = plan.dcSource === 'pv'
  const isThere = state.isDcSourced
  const volts = isThere ? plan.dcVolts : 0
  const amperes = isThere ? state.flows.dcInW / volts : 0
  const heat = whole(state.ambientC + 0.05 * state.flows.dcInW)
  return joined(inputSettings(kit), {
    dcInState: isThere ? 1 : 0,
    dcInVol: milli(volts),
    dcInCurr: milli(amperes),
    dcInWatts: whole(state.flows.dcInW),
    batVol: milli(state.busV),
    batCurr: milli(state.flows.dcInBusW / state.busV),
    batWatts: whole(state.flows.dcInBusW),
    l1Curr: whole(amperes * 501) + 4,
    l2Curr: whole(amperes * 499) - 6,
    hs1Temp: heat,
    hs2Temp: heat + 2,
    pcbTemp: 0,
    bpOnlinePos: mask(plan.packs.map(() => true)),
    inHwTpe: isPv ? 1 : 0,
    chgType: isThere ? (isPv ? 2 : 1) : 0,
    isCarMoving: state.isDriving ? 1 : 0,
    chargeMode: 0,
    workMode2: 0,
    allowDsgOn: isThere ? 0 : 1,
    thirdWatts: 0,
    rsvd: RESERVED,
    warnCode: 0,
    eventCode: 0,
    errCode: 10_000,
    dayEnergy: 1234,
    dsgEnergy: 789,
  })
}

/** BBC OUT. `dayEnergy` and `dsgEnergy` are the constants that real kits send. */
export const dcOutputFields = (kit: Kit): WireFields => {
  const { settings, state } = kit
  const amperes = state.flows.dcOutW / dcOutVolts(kit)
  return {
    dcOutSta: settings.dcOn,
    ldOutVol: state.flows.dcOutBusW > 0 ? milli(dcOutVolts(kit)) : 134,
    ldOutCurr: milli(amperes),
    ldOutWatts: whole(state.flows.dcOutW),
    cfgVolTag: settings.volTag,
    batVol: milli(state.busV),
    batCurr: milli(state.flows.dcOutBusW / state.busV),
    batWatts: whole(state.flows.dcOutBusW),
    l1Curr: whole(amperes * 430) - 261,
    l2Curr: whole(amperes * 455) - 342,
    hs1Temp: whole(state.ambientC + 6 + 0.02 * state.flows.dcOutW),
    hs2Temp: 0,
    pcbTemp: 0,
    workMode: 2,
    standbyTime: 30,
    warnCode: 0,
    eventCode: 0,
    errCode: 15_000,
    dayEnergy: 12_343,
    dsgEnergy: 78_219,
  }
}

/** Volts of the DC output under its present load. */
export const dcOutVolts = ({ settings, state }: Kit): number =>
  (settings.volTag === 1 ? 26.45 : 13.62) - 0.0002 * state.flows.dcOutW

const solarInput = (kit: Kit, n: 1 | 2): WireFields => {
  const { plan, state } = kit
  const watts = state.flows.pvW[n - 1]!
  const isThere = state.sunRatio > 0.001 && plan.pvPeakW[n - 1]! > 0
  const volts = isThere ? plan.pvVolts[n - 1]! * (0.9 + 0.1 * Math.min(1, 5 * state.sunRatio)) : 0
  return {
    [`pv${n}InWatts`]: whole(watts),
    [`pv${n}InVol`]: milli(volts),
    [`pv${n}InCurr`]: isThere ? milli(watts / volts) : 0,
    [`pv${n}InputFlag`]: isThere ? 1 : 0,
    [`pv${n}WorkMode`]: 1,
    [`pv${n}ErrCode`]: 0,
    [`pv${n}_hot_out`]: 0,
    [`mppt${n}SwSta`]: watts > 0 ? 1 : 0,
    [`alt${n}VoltLmtEn`]: 255,
    [`alt${n}VoltLmt`]: 130,
    [`alt${n}CableLen`]: 600,
    [`alt${n}CableUnit`]: 0,
    [`warnCode${n}`]: 0,
    [`eventCode${n}`]: 0,
    [`l${n}Curr`]: isThere ? whole((watts / volts) * 1010) + 20 : 0,
  }
}

/** KIT SCC, the solar charger with its two inputs. */
export const solarFields = (kit: Kit): WireFields => {
  const { state } = kit
  const heat = whole(state.ambientC + 4 + 0.03 * state.flows.solarBusW)
  return joined(solarInput(kit, 1), solarInput(kit, 2), {
    batVol: milli(state.busV),
    batCurr: milli(state.flows.solarBusW / state.busV),
    batWatts: milli(state.flows.solarBusW),
    hs1Temp: heat,
    hs2Temp: heat,
    pcbTemp: 0,
    chgEnergy: 0,
    dayEnergy: 0,
    dsgEnergy: 0,
  })
}
