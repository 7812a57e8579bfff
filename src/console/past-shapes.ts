/**
 * What the console reads of answers about the past: packs, circuits, energies, series. Held against what the server
 * answers, as those of `api-shapes.ts`. Times are epoch ms.
 */

/** How a pack ages; what there was not enough of to say it is absent. */
export interface Ageing {
  readonly capacity_full_ah?: number | undefined
  readonly capacity_design_ah?: number | undefined
  readonly health_ratio?: number | undefined
  readonly cycles_count?: number | undefined
  readonly usable_ah?: number | undefined
  readonly usable_confidence_ratio?: number | undefined
  readonly swings_count?: number | undefined
  readonly cell_spread_v?: number | undefined
  readonly share_ratio?: number | undefined
  readonly efficiency_ratio?: number | undefined
}

export interface HealthDay extends Ageing {
  readonly module_sn: string
  readonly start_ms: number
}

/** A pack that the kit has or had. */
export interface PackHealth extends Ageing {
  readonly module_sn: string
  readonly model?: string | undefined
  readonly slot?: number | undefined
  readonly reported_ms?: number | undefined
  readonly health_ms?: number | undefined
}

export interface BatteryHealth {
  readonly at: number
  readonly time_zone: string
  readonly batteries: readonly PackHealth[]
  readonly days: readonly HealthDay[]
}

export interface CircuitEnergy {
  readonly module_sn: string
  readonly side: string
  readonly circuit: string
  readonly name?: string | undefined
  readonly energy_wh: number
  /** Of the energy of all circuits. */
  readonly share_pct?: number | undefined
  readonly covered_s: number
  readonly night_w?: number | undefined
  readonly nights_count: number
}

export interface Circuits {
  readonly at: number
  readonly time_zone: string
  readonly from_ms: number
  readonly to_ms: number
  readonly circuits: readonly CircuitEnergy[]
}

/** The head of answers about the past. */
export interface PastHead {
  readonly at: number
  readonly time_zone: string
  readonly from_ms: number
  readonly to_ms: number
}

/** A stretch of time in which something was missing, of a module or of `all`. */
export interface GapEntry {
  readonly start_ms: number
  readonly end_ms: number
  readonly module_sn: string
  readonly duration_s: number
  readonly cause: string
  readonly text: string
  readonly is_open: boolean
}

export interface Gaps extends PastHead {
  readonly gaps: readonly GapEntry[]
  /** There are more: where to go on. */
  readonly next_from_ms?: number | undefined
}

export interface EventEntry {
  readonly start_ms: number
  readonly module_sn: string
  readonly kind: string
  readonly text: string
  readonly details?: string | undefined
}

export interface Events extends PastHead {
  readonly events: readonly EventEntry[]
  readonly next_from_ms?: number | undefined
}

export interface OneSeries {
  readonly tags: Readonly<Record<string, string>>
  readonly at_ms: readonly number[]
  /** One list per field, as long as `at_ms`. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>
}

/** Values over time, in steps of `step_s` that begin at `at_ms`; a step without values is left out. */
export interface SeriesAnswer extends PastHead {
  readonly step_s: number
  readonly units: Readonly<Record<string, string>>
  readonly series: readonly OneSeries[]
  readonly gaps: readonly GapEntry[]
}

/** Energies of a quarter of an hour, or of a local day, month or year; one that is not known is absent. */
export interface EnergyPeriod {
  readonly start_ms: number
  readonly covered_s: number
  readonly expected_s: number
  /** Not of quarters. */
  readonly hours_count?: number | undefined
  readonly local_date?: string | undefined
  readonly solar_wh?: number | undefined
  readonly dc_in_wh?: number | undefined
  readonly dc_in_solar_wh?: number | undefined
  readonly ac_in_wh?: number | undefined
  readonly generator_wh?: number | undefined
  readonly battery_charge_wh?: number | undefined
  readonly battery_discharge_wh?: number | undefined
  readonly ac_out_wh?: number | undefined
  readonly dc_out_wh?: number | undefined
  readonly loss_wh?: number | undefined
}

export interface Energies extends PastHead {
  readonly by: 'quarter' | 'day' | 'month' | 'year'
  readonly periods: readonly EnergyPeriod[]
}
