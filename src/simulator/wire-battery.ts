/** Battery packs and the bank in the vendor's words: BP2000, BP5000, bmsTotal. */
import { bankSocRatio, CELLS, type PackState, socRatio } from './battery.ts'
import type { Kit } from './kit-model.ts'
import { milli, NO_ESTIMATE_MIN, type WireFields, whole, wrap16 } from './wire-number.ts'

const IDLE_A = 0.1

// 0 idle, 1 discharging, 2 charging.
const direction = (amperes: number): number => (Math.abs(amperes) <= IDLE_A ? 0 : amperes > 0 ? 2 : 1)

/** Minutes until the ceiling or the floor is reached at this current. */
const remainingMin = (chargeMah: number, fullMah: number, amperes: number, kit: Kit): number => {
  if (direction(amperes) === 0) return NO_ESTIMATE_MIN
  const { chargeCeilingPct, dischargeFloorPct } = kit.settings
  const targetMah = (fullMah * (amperes > 0 ? chargeCeilingPct : dischargeFloorPct)) / 100
  const minutes = ((targetMah - chargeMah) / (amperes * 1000)) * 60
  return Math.min(NO_ESTIMATE_MIN, Math.max(0, whole(minutes)))
}

const pct = (ratio: number): number => Math.min(100, Math.max(0, Math.round(100 * ratio)))

const sum = (kit: Kit, of: (pack: PackState) => number): number =>
  kit.state.packs.reduce((total, pack) => total + of(pack), 0)

/** The fields of bmsTotal, which the primary pack's record carries too. */
export const bankFields = (kit: Kit): WireFields => {
  const { state, settings } = kit
  const amperes = sum(kit, (pack) => pack.currentA)
  const fullMah = sum(kit, (pack) => pack.plan.fullMah)
  return {
    totalChgDsgState: direction(amperes),
    bmsChgUpline: settings.chargeCeilingPct,
    totalFullCap: whole(fullMah / 1000),
    totalOutWatts: whole(Math.min(0, state.flows.batteryW)),
    doubleOilErrorFlag: 0,
    acDcLsplShutdMin: settings.bothIdleMin,
    totalInWatts: whole(Math.max(0, state.flows.batteryW)),
    totalSoc: pct(bankSocRatio(state.packs)),
    lcdOffConfirmS: settings.lcdS,
    remindDsgPtcFlag: 0,
    totalAmp: wrap16(amperes * 10),
    totalRemainTime: remainingMin(
      sum(kit, (pack) => pack.chargeMah),
      fullMah,
      amperes,
      kit,
    ),
    warningEvent: 0,
    oilStartDownline: settings.generatorStartPct,
    oilStopUpline: settings.generatorStopPct,
    bmsDsgDownline: settings.dischargeFloorPct,
  }
}

const cellFields = (pack: PackState, busV: number): WireFields => {
  const meanMv = (busV * 1000) / CELLS
  // A full pack shows its cells apart.
  const spread = 1 + 3 * Math.max(0, socRatio(pack) - 0.95) * 20
  const [low, high] = pack.plan.cellOffsetsMv
  const celsius = pack.temperatureC
  return {
    vol: milli(busV),
    minCellVol: whole(meanMv + low * spread),
    maxCellVol: whole(meanMv + high * spread),
    balanceFlag: socRatio(pack) > 0.98 ? 1 : 0,
    temp: whole(celsius),
    minCellTemp: whole(celsius - 0.4),
    maxCellTemp: whole(celsius + 0.6),
    minMosTemp: whole(celsius + 0.02 * Math.abs(pack.currentA)),
    maxMosTemp: whole(celsius + 0.6 + 0.05 * Math.abs(pack.currentA)),
    minPtcTemp: whole(celsius),
    maxPtcTemp: whole(celsius + 0.8),
  }
}

const QUIET: WireFields = {
  ptcHeatingEvent: 0,
  ptcRemainTime: 0,
  ptcHeatingFlag: 0,
  ptcChgErrCnt: 0,
  ptcMosErr: 0,
  ptcAllowFlag: 0,
  ptcTouchFlag: 0,
  bmsFault: 0,
  warnCode: 0,
  upsFlag: 0,
  chgDsgMosState: 3,
  proChgDsgMosState: 3,
  openBmsIdex: 1,
}

/** The record of pack number `index` (from 0) without the bank's fields. */
export const packFields = (kit: Kit, index: number): WireFields => {
  const { state, settings } = kit
  const pack = state.packs[index]!
  const watts = pack.currentA * state.busV
  const errorBase = pack.plan.kind === 'bp5000' ? 50_000 : 60_000 + 1000 * index
  return {
    kitNum: index + 1,
    canId: index + 1,
    bmsType: pack.plan.kind === 'bp5000' ? 0 : 1,
    ...QUIET,
    soc: pct(socRatio(pack)),
    amp: milli(pack.currentA),
    inWatts: whole(Math.max(0, watts)),
    outWatts: whole(Math.min(0, watts)),
    chgState: direction(pack.currentA),
    remainTime: remainingMin(pack.chargeMah, pack.plan.fullMah, pack.currentA, kit),
    // The last step of charging may go beyond full, which no pack tells.
    remainCap: Math.min(pack.plan.fullMah, Math.max(0, whole(pack.chargeMah))),
    fullCap: pack.plan.fullMah,
    designCap: pack.plan.designMah,
    cycles: pack.plan.cycles,
    ...cellFields(pack, state.busV),
    lcdStandbyMin: settings.lcdS,
    chgSetSoc: settings.chargeCeilingPct,
    dsgSetSoc: settings.dischargeFloorPct,
    oilOpenSoc: settings.generatorStartPct,
    oilCloseSoc: settings.generatorStopPct,
    errCode: errorBase,
    eventCode: errorBase + 500,
  }
}
