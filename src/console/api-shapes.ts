/**
 * What the console reads of the API's answers. A test holds these against what the server answers, so that neither
 * changes without the other. Times are epoch ms.
 */

export type Verdict =
  | 'live'
  | 'quiet'
  | 'asleep'
  | 'degraded'
  | 'silent'
  | 'frozen'
  | 'offline'
  | 'cloud_down'
  | 'unheard'

/** A row of the measurement `kit`; what is not known is absent. */
export interface LiveKit {
  readonly kit_sn: string
  readonly label: string
  readonly verdict: Verdict
  readonly verdict_code: number
  readonly verdict_text: string
  readonly trouble_code: number
  readonly is_live: boolean
  readonly error_count: number
  readonly packs_live_count: number
  readonly packs_known_count: number
  readonly age_s?: number | undefined
  readonly last_report_ms?: number | undefined
  readonly cadence_s?: number | undefined
  readonly firmware?: string | undefined
  /** IANA name: the clock by which its days go. */
  readonly time_zone: string
  readonly soc_pct?: number | undefined
  /** As last told, while it is not known now. */
  readonly last_soc_pct?: number | undefined
  readonly net_w?: number | undefined
  readonly to_empty_s?: number | undefined
  readonly to_full_s?: number | undefined
  readonly completeness_today_pct?: number | undefined
  readonly gap_cause?: string | undefined
  readonly gap_text?: string | undefined
  readonly gap_since_ms?: number | undefined
  /** Others of the row, such as `today_solar_wh`. */
  readonly [field: string]: string | number | boolean | undefined
}

export interface Kits {
  readonly at: number
  readonly is_demonstration: boolean
  readonly kits: readonly LiveKit[]
}

export interface ActiveError {
  readonly module_sn: string
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly code: number
  readonly meaning: string
  readonly since_ms: number
}

export interface OpenGap {
  /** `all`: the whole kit. */
  readonly module_sn: string
  readonly cause: string
  readonly text: string
  readonly since_ms: number
}

/** Powers now, in W; one that is not known or not covered is absent. */
export interface Flow {
  readonly at_ms?: number | undefined
  readonly solar_w?: number | undefined
  readonly solar_1_w?: number | undefined
  readonly solar_2_w?: number | undefined
  readonly dc_in_w?: number | undefined
  readonly ac_in_w?: number | undefined
  /** + when charging. */
  readonly battery_w?: number | undefined
  readonly ac_out_w?: number | undefined
  readonly dc_out_w?: number | undefined
  readonly loss_w?: number | undefined
  readonly imbalance_w?: number | undefined
}

export interface OneKit {
  readonly at: number
  readonly kit: LiveKit
  readonly errors: readonly ActiveError[]
  readonly gaps: readonly OpenGap[]
  /** While the kit is fresh. */
  readonly flow?: Flow | undefined
  /** What feeds the inputs now, where it is known; while the kit is fresh. */
  readonly flow_inputs?:
    | { readonly dc_in_source?: string | undefined; readonly ac_in_source?: string | undefined }
    | undefined
}

export interface FieldValue {
  readonly name: string
  readonly value: number | string
  /** Of a state: its number on the wire. */
  readonly raw?: number | undefined
  readonly unit: string
  readonly age_s: number
  readonly pushed_age_s?: number | undefined
  readonly is_fresh: boolean
}

export interface ValueSeries {
  readonly measurement: string
  readonly tags: Readonly<Record<string, string>>
  readonly fields: readonly FieldValue[]
}

export interface ModuleValues {
  readonly module_sn: string
  readonly kind: string
  readonly label: string
  readonly verdict: Verdict
  readonly is_fresh: boolean
  readonly age_s: number
  readonly series: readonly ValueSeries[]
}

export interface Latest {
  readonly at: number
  readonly kit_sn: string
  readonly modules: readonly ModuleValues[]
}

/** Who asks, as the token says. */
export interface Caller {
  readonly name: string
  readonly scope: 'read' | 'control' | 'dangerous'
  /** Empty: all. */
  readonly kits: readonly string[]
}

/** A row of the measurement `module`; what is not known is absent. */
export interface ModuleRow {
  readonly module_sn: string
  /** As on the wire; `listed`: it stands in the kit's list of modules and never reported. */
  readonly kind: string
  readonly label: string
  readonly verdict: Verdict
  readonly verdict_text: string
  readonly is_fresh: boolean
  readonly reports_count: number
  readonly error_count: number
  readonly age_s?: number | undefined
  readonly last_report_ms?: number | undefined
  readonly cadence_s?: number | undefined
  readonly firmware?: string | undefined
  readonly loader?: string | undefined
  /** Others of the row, such as `missing_s`. */
  readonly [field: string]: string | number | boolean | undefined
}

export interface Modules {
  readonly at: number
  readonly kit_sn: string
  readonly modules: readonly ModuleRow[]
}
