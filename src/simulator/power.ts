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

/** Battery-side draw of the inverter for an AC output. */
const inverterBus = (acW: number): number => acW / INVERTER + INVERTER_STANDBY_W

/** Solves the balance; `solar + dcIn + acIn = battery + acOut + dcOut + loss` holds by construction of each part. */
export const balance = (now: Situation): Flows => {
  const pvBusW = (now.pvW[0] + now.pvW[1]) * SOLAR
  const offeredBusW = pvBusW + now.dcInW * DC_IN
  const isDcOn = now.isDcOn && offeredBusW + now.dischargeLimitW > now.dcWantedW / DC_OUT + DC_OUT_STANDBY_W + HUB_W
  const dcOutW = isDcOn ? now.dcWantedW : 0
  const dcOutBusW = isDcOn ? dcOutW / DC_OUT + DC_OUT_STANDBY_W : 0

  const acWantedW = now.isAcOn ? Math.min(now.acWantedW, INVERTER_MAX_W) : 0
  const passedW = Math.min(acWantedW, now.shoreLimitW)
  const roomW = Math.max(0, offeredBusW + now.dischargeLimitW - dcOutBusW - HUB_W - INVERTER_STANDBY_W)
  const invertedW = Math.min(acWantedW - passedW, roomW * INVERTER)
  const isInverting = now.isAcOn && (invertedW > 0 || (now.shoreLimitW === 0 && roomW > 0))
  const inverterBusW = isInverting ? inverterBus(invertedW) : 0

  // What the battery and the loads together can take, handed out to the sources in turn.
  let takeW = dcOutBusW + inverterBusW + HUB_W + now.chargeLimitW
  const solarBusW = Math.min(pvBusW, takeW)
  takeW -= solarBusW
  const dcInBusW = Math.min(now.dcInW * DC_IN, takeW)
  takeW -= dcInBusW
  const shoreRoomW = now.mayChargeFromShore ? Math.min(now.shoreLimitW - passedW, CHARGER_MAX_W) : 0
  const acChargeBusW = Math.min(shoreRoomW * AC_CHARGE, takeW)

  const solarShare = pvBusW === 0 ? 0 : solarBusW / pvBusW
  const pvW: [number, number] = [now.pvW[0] * solarShare, now.pvW[1] * solarShare]
  const dcInW = dcInBusW / DC_IN
  const acChargeW = acChargeBusW / AC_CHARGE
  const lossW =
    (pvW[0] + pvW[1]) * (1 - SOLAR) +
    dcInW * (1 - DC_IN) +
    acChargeW * (1 - AC_CHARGE) +
    (inverterBusW - invertedW) +
    (dcOutBusW - dcOutW) +
    HUB_W
  return {
    pvW,
    solarBusW,
    dcInW,
    dcInBusW,
    acInW: passedW + acChargeW,
    acChargeBusW,
    acOutW: passedW + invertedW,
    inverterBusW,
    dcOutW,
    dcOutBusW,
    batteryW: solarBusW + dcInBusW + acChargeBusW - inverterBusW - dcOutBusW - HUB_W,
    lossW,
  }
}
