/**
 * Battery packs in parallel on one bus: open-circuit voltage by charge, internal resistance, coulomb counting, limits.
 * Charge in mAh is the only thing integrated; nothing is clamped, so what flows in and out is exactly the change.
 */

/** What a pack is, for good. `cellOffsetsMv` are the lowest and highest cell against the mean. */
export interface PackPlan {
  readonly sn: string
  readonly kind: 'bp5000' | 'bp2000'
  readonly designMah: number
  readonly fullMah: number
  readonly resistanceOhm: number
  readonly cycles: number
  readonly cellOffsetsMv: readonly [number, number]
  readonly firstSocRatio: number
}

/** What changes. `currentA` is + when charging; the sums grow only. */
export interface PackState {
  readonly plan: PackPlan
  chargeMah: number
  currentA: number
  temperatureC: number
  chargedAh: number
  dischargedAh: number
}

export const CELLS = 16

const HEAT_WH_PER_K = 11

// An LFP cell at rest: state of charge, volts.
const REST_CURVE: readonly (readonly [number, number])[] = [
  [0, 2.6],
  [0.02, 2.95],
  [0.05, 3.1],
  [0.1, 3.2],
  [0.2, 3.25],
  [0.4, 3.285],
  [0.6, 3.305],
  [0.8, 3.33],
  [0.9, 3.335],
  [0.97, 3.36],
  [1, 3.45],
]

export const newPack = (plan: PackPlan, temperatureC: number): PackState => ({
  plan,
  chargeMah: plan.fullMah * plan.firstSocRatio,
  currentA: 0,
  temperatureC,
  chargedAh: 0,
  dischargedAh: 0,
})

export const socRatio = (pack: PackState): number => pack.chargeMah / pack.plan.fullMah

/** State of charge of all packs as one battery, 0…1. */
export const bankSocRatio = (packs: readonly PackState[]): number => {
  let [charge, full] = [0, 0]
  for (const pack of packs) {
    charge += pack.chargeMah
    full += pack.plan.fullMah
  }
  return charge / full
}

const restVolts = (soc: number): number => {
  let index = 1
  while (index < REST_CURVE.length - 1 && REST_CURVE[index]![0] < soc) index++
  const [[lowSoc, lowV], [highSoc, highV]] = [REST_CURVE[index - 1]!, REST_CURVE[index]!]
  return CELLS * (lowV + ((highV - lowV) * (soc - lowSoc)) / (highSoc - lowSoc))
}

/** Shares a power (W, + charging) among the packs and returns the bus voltage they settle at. */
export const sharePower = (packs: readonly PackState[], powerW: number): number => {
  let [conductance, pull] = [0, 0]
  for (const pack of packs) {
    conductance += 1 / pack.plan.resistanceOhm
    pull += restVolts(socRatio(pack)) / pack.plan.resistanceOhm
  }
  // Σ (V − rest)/R = P/V, solved for V.
  const volts = (pull + Math.sqrt(pull * pull + 4 * conductance * powerW)) / (2 * conductance)
  for (const pack of packs) pack.currentA = (volts - restVolts(socRatio(pack))) / pack.plan.resistanceOhm
  return volts
}

/** Lets the present currents flow for a while. */
export const flowFor = (packs: readonly PackState[], dtMs: number, ambientC: number): void => {
  const hours = dtMs / 3_600_000
  for (const pack of packs) {
    const ah = pack.currentA * hours
    pack.chargeMah += ah * 1000
    if (ah > 0) pack.chargedAh += ah
    else pack.dischargedAh -= ah
    const heatC = (pack.currentA ** 2 * pack.plan.resistanceOhm * hours) / HEAT_WH_PER_K
    pack.temperatureC += heatC + (ambientC - pack.temperatureC) * (1 - Math.exp(-hours / 2))
  }
}

/** Amperes the packs accept: half their capacity per hour, tapering over the last 4 % below the ceiling, none in frost. */
export const chargeLimitA = (packs: readonly PackState[], ceilingPct: number): number => {
  let amperes = 0
  for (const pack of packs) {
    const room = ceilingPct - 100 * socRatio(pack)
    if (room <= 0 || pack.temperatureC <= 0) continue
    amperes += (pack.plan.designMah / 2000) * Math.min(1, Math.max(0.02, room / 4))
  }
  return amperes
}

/** Amperes the packs can give: their capacity in an hour. */
export const dischargeLimitA = (packs: readonly PackState[]): number =>
  packs.reduce((sum, pack) => sum + pack.plan.designMah / 1000, 0)
