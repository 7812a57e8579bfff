/** A kit's energies: exactly the sums of its flows, since its start and by the hour of the present UTC day. */
import type { Flows } from './power.ts'

/** Watt-hours since the kit was started, and per UTC hour of the present UTC day. */
export interface Energy {
  solarWh: number
  dcInWh: number
  acInWh: number
  batteryChargeWh: number
  batteryDischargeWh: number
  acOutWh: number
  dcOutWh: number
  lossWh: number
  day: DayEnergy
}

/** `startAt` is 00:00 UTC; 24 numbers each. */
export interface DayEnergy {
  readonly startAt: number
  readonly acChargeWh: number[]
  readonly dcInWh: number[]
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const hours24 = (): number[] => Array.from({ length: 24 }, () => 0)

/** Everything at zero. */
export const noEnergy = (): Energy => ({
  solarWh: 0,
  dcInWh: 0,
  acInWh: 0,
  batteryChargeWh: 0,
  batteryDischargeWh: 0,
  acOutWh: 0,
  dcOutWh: 0,
  lossWh: 0,
  day: { startAt: 0, acChargeWh: hours24(), dcInWh: hours24() },
})

/** Lets the flows run from `at` for `dtMs`. */
export const addEnergy = (energy: Energy, flows: Flows, at: number, dtMs: number): void => {
  const hours = dtMs / HOUR_MS
  energy.solarWh += (flows.pvW[0] + flows.pvW[1]) * hours
  energy.dcInWh += flows.dcInW * hours
  energy.acInWh += flows.acInW * hours
  if (flows.batteryW > 0) energy.batteryChargeWh += flows.batteryW * hours
  else energy.batteryDischargeWh -= flows.batteryW * hours
  energy.acOutWh += flows.acOutW * hours
  energy.dcOutWh += flows.dcOutW * hours
  energy.lossWh += flows.lossW * hours
  const startAt = Math.floor(at / DAY_MS) * DAY_MS
  if (energy.day.startAt !== startAt) energy.day = { startAt, acChargeWh: hours24(), dcInWh: hours24() }
  const hour = Math.floor((at - startAt) / HOUR_MS)
  energy.day.acChargeWh[hour]! += flows.acChargeBusW * hours
  energy.day.dcInWh[hour]! += flows.dcInW * hours
}
