/**
 * One module's reported values in base units: what `normalise` found and `track` folds. The arrays are parallel, and
 * hold entries up to `count`: what stands behind is of an earlier record. Nothing here holds a value that was not reported.
 */
import type { ModuleTable } from '../catalogue/table.ts'

/** A text slot's value is its index in `texts`; NaN in a slot says "reported, and no value" (a sentinel). */
export interface Sample {
  table: ModuleTable
  sn: string
  count: number
  readonly slots: number[]
  readonly values: number[]
  /** Which wire value an entry comes from: entries of one value carry the same number, from 0; NO_ORIGIN: a sentinel. */
  readonly origins: number[]
  readonly texts: string[]
  /** Wire values that reached a slot. */
  origin: number
}

export const NO_ORIGIN = -1

export const QUARANTINE_REASONS = {
  not_finite: 'not a finite number',
  out_of_range: 'outside the physical range',
  wrong_type: 'not of the type the field has',
  not_whole: 'a fraction where bits or a code are meant',
  too_many: 'more elements than the list can have',
  not_listed: 'neither of the two values that the flag has',
  bad_time: 'a time that cannot be',
} as const

export type QuarantineReason = keyof typeof QUARANTINE_REASONS

/** A value refused and kept aside. `value` is as it came. */
export interface Quarantined {
  readonly sn: string
  readonly field: string
  readonly reason: QuarantineReason
  readonly value: unknown
}

/** A wire field that the catalogue does not know. */
export interface UnknownValue {
  readonly kind: string
  readonly sn: string
  readonly field: string
  readonly value: number | string
}

/** The device's own watt-hours of one UTC hour. `at` is the hour's start in epoch ms. */
export interface DeviceEnergy {
  readonly sn: string
  readonly type: number
  readonly at: number
  readonly wh: number
}

/** What became of one record: samples (the module's own and that of the kind it carries) and all that is none. */
export interface Normalised {
  readonly samples: Sample[]
  readonly quarantined: Quarantined[]
  readonly unknown: UnknownValue[]
  readonly energies: DeviceEnergy[]
  /** Wire values seen, however they ended. */
  values: number
  sentinels: number
  placeholders: number
  /** Records whose volts × amperes contradict their watts. */
  disagreements: number
}
