/**
 * What energy remembers of a kit: the quarters of an hour that are not final yet, of the kit and of each of its modules,
 * ramps that wait for those of other modules, and the sums of the local day, month and year. Plain data that survives JSON.
 */

/** Sums of a quarter: W·ms, but `sun` (ms). */
export interface Sums {
  solar_1: number
  solar_2: number
  dc_in: number
  dc_in_solar: number
  ac_in: number
  generator: number
  charge: number
  discharge: number
  ac_out: number
  dc_out: number
  sun: number
}

/** A quarter of the kit that is not final. */
export interface Quarter {
  /** Epoch ms. */
  readonly startAt: number
  readonly sums: Sums
  /** Whether a row of it was written. */
  isTold: boolean
  /** Net energy into the packs in uncovered time that ended in it (Wh). */
  uncovered?: { least: number; most: number }
}

/** A quarter of a module: `sums` are of a pack W·ms and A·ms in and out, of a panel W·ms and ms of each circuit. */
export interface ModuleQuarter {
  readonly startAt: number
  coveredMs: number
  readonly sums: number[]
}

/** The charge of a pack when it was last sure, and what is known of the time since. */
export interface ChargeMark {
  /** Charge left (Ah) and state of charge (%); -1 where not known. */
  ah: number
  soc: number
  volts: number
  /** A·ms that reports tell since. */
  net: number
  /** End of the last uncovered stretch since (epoch ms), and how long all of them were (ms); 0 without. */
  uncoveredAt: number
  uncoveredMs: number
}

export interface ModuleEnergy {
  /** Bit by meter: whether it ever told a power. */
  told: number
  /** When it was last heard. */
  heardAt: number
  quarters: ModuleQuarter[]
  mark?: ChargeMark
}

/** Ramps of several modules that are summed up in time: start, end (epoch ms), watts at both; one behind the other. */
export interface Joint {
  /** Summed up until here. */
  at: number
  readonly ramps: number[]
}

/** Sums of rows' fields, in the order of energy-sum.ts: `has` tells bit by bit which of them there were. */
export interface Sum {
  has: number
  readonly sums: number[]
}

/** The sum of final quarters over a local day, month or year. */
export interface Period extends Sum {
  readonly startAt: number
  endAt: number
  /** The local date of its start. */
  readonly date: string
}

export interface Calendar {
  timeZone: string
  day: Period
  month: Period
  year: Period
}

export interface EnergyState {
  /** Start of the first quarter that is not final; 0 before anything was heard. */
  nextAt: number
  /** In order of time, without those in which nothing came. */
  quarters: Quarter[]
  /** By kind and serial number. */
  readonly modules: Record<string, ModuleEnergy>
  /** Packs that are part of the kit: without any, the bank counts. */
  packs: number
  /** When the last report of a power came; when one came after a long silence, and when the one before that (epoch ms). */
  heardAt: number
  returnAt: number
  beforeAt: number
  readonly battery: Joint
  readonly solar: Joint
  calendar?: Calendar
}

export const createEnergyState = (): EnergyState => ({
  nextAt: 0,
  quarters: [],
  modules: {},
  packs: 0,
  heardAt: 0,
  returnAt: 0,
  beforeAt: 0,
  battery: { at: 0, ramps: [] },
  solar: { at: 0, ramps: [] },
})
