/**
 * The balance of a kit at one instant: given what the sources offer, what the loads want and what the battery allows,
 * who delivers how much and what is lost. Pure. Solar first, then the DC input, then shore; loads before the battery.
 */

/** All watts. `shoreLimitW` is 0 when not plugged in. */
export interface Situation {
  readonly pvW: readonly [number, number]
  readonly dcInW: number
  readonly shoreLimitW: number
  readonly mayChargeFromShore: boolean
  readonly acWantedW: number
  readonly dcWantedW: number
  readonly isAcOn: boolean
  readonly isDcOn: boolean
  readonly chargeLimitW: number
  readonly dischargeLimitW: number
}

/** All watts ≥ 0 but `batteryW`, + when charging. `…BusW` is the same flow on the battery's side of its converter. */
export interface Flows {
  readonly pvW: readonly [number, number]
  readonly solarBusW: number
  readonly dcInW: number
  readonly dcInBusW: number
  readonly acInW: number
  readonly acChargeBusW: number
  readonly acOutW: number
  readonly inverterBusW: number
  readonly dcOutW: number
  readonly dcOutBusW: number
  readonly batteryW: number
  readonly lossW: number
}

const SOLAR = 0.97
const DC_IN = 0.88
const AC_CHARGE = 0.92
const INVERTER = 0.93
const DC_OUT = 0.95
const INVERTER_STANDBY_W = 15
const DC_OUT_STANDBY_W = 3
const HUB_W = 6
const CHARGER_MAX_W = 3000
const INVERTER_MAX_W = 3600

type Outputs = Pick<Flows, 'dcOutW' | 'dcOutBusW' | 'inverterBusW'> & { passedW: number; invertedW: number }

/** What the outputs get: AC from shore first, then whatever sources and battery can give through the inverter. */
const feedOutputs = (now: Situation, offeredBusW: number): Outputs => {
  const canGiveW = offeredBusW + now.dischargeLimitW - HUB_W
  const isDcOn = now.isDcOn && canGiveW > now.dcWantedW / DC_OUT + DC_OUT_STANDBY_W
  const dcOutBusW = isDcOn ? now.dcWantedW / DC_OUT + DC_OUT_STANDBY_W : 0
  const acWantedW = now.isAcOn ? Math.min(now.acWantedW, INVERTER_MAX_W) : 0
  const passedW = Math.min(acWantedW, now.shoreLimitW)
  const roomW = Math.max(0, canGiveW - dcOutBusW - INVERTER_STANDBY_W)
  const invertedW = Math.min(acWantedW - passedW, roomW * INVERTER)
  const isInverting = now.isAcOn && (invertedW > 0 || (now.shoreLimitW === 0 && roomW > 0))
  const inverterBusW = isInverting ? invertedW / INVERTER + INVERTER_STANDBY_W : 0
  return { dcOutW: isDcOn ? now.dcWantedW : 0, dcOutBusW, passedW, invertedW, inverterBusW }
}

/** Solves the balance: `solar + dcIn + acIn = battery + acOut + dcOut + loss`, the loss summed over its places. */
export const balance = (now: Situation): Flows => {
  const pvBusW = (now.pvW[0] + now.pvW[1]) * SOLAR
  const out = feedOutputs(now, pvBusW + now.dcInW * DC_IN)
  const drawnW = out.dcOutBusW + out.inverterBusW + HUB_W
  // What the loads and the battery together can take, handed out to the sources in turn.
  const takeW = drawnW + now.chargeLimitW
  const solarBusW = Math.min(pvBusW, takeW)
  const dcInBusW = Math.min(now.dcInW * DC_IN, takeW - solarBusW)
  const shoreRoomW = now.mayChargeFromShore ? Math.min(now.shoreLimitW - out.passedW, CHARGER_MAX_W) : 0
  const acChargeBusW = Math.min(shoreRoomW * AC_CHARGE, takeW - solarBusW - dcInBusW)

  const solarShare = pvBusW === 0 ? 0 : solarBusW / pvBusW
  const pvW: [number, number] = [now.pvW[0] * solarShare, now.pvW[1] * solarShare]
  const [dcInW, acChargeW] = [dcInBusW / DC_IN, acChargeBusW / AC_CHARGE]
  const inLossW = (pvW[0] + pvW[1]) * (1 - SOLAR) + dcInW * (1 - DC_IN) + acChargeW * (1 - AC_CHARGE)
  const outLossW = out.inverterBusW - out.invertedW + (out.dcOutBusW - out.dcOutW)
  return {
    pvW,
    solarBusW,
    dcInW,
    dcInBusW,
    acInW: out.passedW + acChargeW,
    acChargeBusW,
    acOutW: out.passedW + out.invertedW,
    inverterBusW: out.inverterBusW,
    dcOutW: out.dcOutW,
    dcOutBusW: out.dcOutBusW,
    batteryW: solarBusW + dcInBusW + acChargeBusW - drawnW,
    lossW: inLossW + outLossW + HUB_W,
  }
}
