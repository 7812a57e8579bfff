/** What the health of packs remembers of a kit. Plain data that survives JSON; a number that is not known is absent. */

/** Sums over a local day. Durations in ms, energies in W·ms. */
export interface HealthDay {
  /** Epoch ms. */
  readonly startAt: number
  readonly endAt: number
  readonly date: string
  covered: number
  charge: number
  discharge: number
  cold: number
  /** V·ms and ms of cells apart, at half charge and at full charge. */
  spread: number
  spreadFor: number
  fullSpread: number
  fullSpreadFor: number
  /** Over minutes: parts of the current, and differences of state of charge. */
  shares: number
  shareCount: number
  differences: number
  differenceCount: number
  coldestC?: number
  hottestC?: number
  fullAh?: number
  designAh?: number
  cycles?: number
}

/** A moment at which the state of charge (%) went from one whole number to the next, and the Ah counted until then. */
export interface Turn {
  readonly soc: number
  readonly ah: number
}

/** A leg of charge goes from one turn to the furthest one since. */
export interface Swings {
  from?: Turn
  far?: Turn
  /** Usable Ah by the last swings, and how many there ever were. */
  readonly kept: number[]
  seen: number
}

/** In and out since the state of charge (%) was last what it was at the start. */
export interface Cycles {
  startSoc: number
  inWh: number
  outWh: number
  inAh: number
  /** Whole cycles, one behind the other: the end (epoch ms) of each, Wh in and Wh out. */
  kept: readonly number[]
}

export interface PackHealth {
  day?: HealthDay
  /** State of charge (%) as last told since the last gap; -1 without. */
  soc: number
  /** Counted since the last gap, + charging. */
  ah: number
  readonly swings: Swings
  cycles?: Cycles
}

export interface HealthState {
  /** By `pack` and serial number. */
  readonly packs: Record<string, PackHealth>
}

export const createHealthState = (): HealthState => ({ packs: {} })
