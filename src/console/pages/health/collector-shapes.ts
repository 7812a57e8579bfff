/** What the page reads of /api/v1/collector, /api/v1/doctor and a kit's completeness. Times are epoch ms. */
import type { Finding } from '../../set-up-shapes.ts'

export interface SpoolState {
  readonly bytes: number
  readonly recording_bytes: number
  readonly records_waiting: number
  readonly is_refusing: boolean
  readonly oldest_age_s?: number | undefined
  readonly hours_left?: number | undefined
}

export interface DrainState {
  readonly last_answer?: 'accepted' | 'rejected' | 'kept' | undefined
  readonly latency_ms?: number | undefined
  readonly kept_for_s?: number | undefined
  readonly problem?: { readonly code: string; readonly message: string; readonly help: string } | undefined
}

interface Usage {
  readonly today: number
  readonly limit: number
}

export interface AccountState {
  readonly name: string
  readonly kind: 'cloud' | 'broker'
  readonly host?: string | undefined
  readonly kits: readonly string[]
  readonly session: {
    readonly is_connected: boolean
    readonly state: 'connected' | 'connecting' | 'waiting' | 'http_only' | 'closed'
    readonly since_ms: number
    readonly topics: readonly { readonly is_granted: boolean }[]
    readonly connects?: Usage | undefined
    readonly client_ids?: Usage | undefined
    readonly problem?: string | undefined
  }
  readonly http?:
    | {
        readonly is_down: boolean
        readonly last_ok_age_s?: number | undefined
        readonly requests_last_minute: number
        readonly problem?: string | undefined
      }
    | undefined
  readonly clock_offset_ms?: number | undefined
}

export interface CounterState {
  readonly name: string
  readonly is: string
  readonly total: number
  readonly by_label: Readonly<Record<string, number>>
}

export interface CollectorState {
  readonly at: number
  readonly version: string
  readonly uptime_s: number
  readonly store: 'embedded' | 'influx'
  readonly spool: SpoolState
  readonly drain: DrainState
  readonly accounts: readonly AccountState[]
  readonly counters: readonly CounterState[]
}

export interface Findings {
  readonly at: number
  readonly is_well: boolean
  readonly findings: readonly Finding[]
}

/** Beside these a period has `missing_<cause>_s` for each cause. */
export interface CoveredPeriod {
  readonly start_ms: number
  readonly local_date?: string | undefined
  readonly expected_s?: number | undefined
  readonly completeness_pct?: number | undefined
  readonly missing_s?: number | undefined
  readonly [missing: string]: number | string | boolean | undefined
}

export interface Completeness {
  readonly time_zone: string
  readonly periods: readonly CoveredPeriod[]
}
