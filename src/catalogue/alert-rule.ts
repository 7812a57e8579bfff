/**
 * What a rule of alerts can say, and the thresholds that its owner may move. Which rules there are stands in alerts.ts
 * and collector-alerts.ts.
 */
import { UNITS, type Unit } from './units.ts'

type Severity = 'critical' | 'warning' | 'info'

/** A number that its owner may set. `unit` is that of the field; `least` and `most` bound what may be set. */
interface Threshold {
  readonly default: number
  readonly least: number
  readonly most: number
  readonly unit: Unit
  readonly is: string
}

/** Settings by which rules can be moved. */
export const THRESHOLDS = {
  ALERT_BLIND_S: { default: 600, least: 60, most: 604_800, unit: 's', is: 'no kit was heard for so long' },
  ALERT_SOC_LOW_PCT: { default: 30, least: 1, most: 99, unit: 'pct', is: 'state of charge that is worth knowing' },
  ALERT_SOC_VERY_LOW_PCT: {
    default: 20,
    least: 1,
    most: 99,
    unit: 'pct',
    is: 'state of charge that is worth acting on',
  },
  ALERT_SOC_EMPTY_PCT: { default: 10, least: 1, most: 99, unit: 'pct', is: 'state of charge that is nearly empty' },
  ALERT_TIME_TO_EMPTY_S: { default: 3_600, least: 60, most: 604_800, unit: 's', is: 'time left until empty' },
  ALERT_CELL_SPREAD_V: { default: 0.15, least: 0.01, most: 2, unit: 'v', is: 'spread of the cells of a pack' },
  ALERT_PACK_SPREAD_PCT: { default: 10, least: 1, most: 100, unit: 'pct', is: 'packs lie so far apart in charge' },
  ALERT_TEMPERATURE_C: { default: 50, least: 20, most: 100, unit: 'c', is: 'temperature of the hottest cell' },
  ALERT_INVERTER_LOAD_RATIO: { default: 0.95, least: 0.1, most: 3, unit: 'ratio', is: 'load of what the inverter can' },
  ALERT_CIRCUIT_LOAD_RATIO: {
    default: 0.95,
    least: 0.1,
    most: 3,
    unit: 'ratio',
    is: 'current of the limit of a circuit',
  },
  ALERT_GENERATOR_S: { default: 14_400, least: 60, most: 604_800, unit: 's', is: 'a generator runs for so long' },
  ALERT_MODULE_SILENT_S: { default: 3_600, least: 60, most: 604_800, unit: 's', is: 'a module is missing for so long' },
  ALERT_SPOOL_RATIO: { default: 0.5, least: 0.01, most: 1, unit: 'ratio', is: 'part of the spool that is used' },
  ALERT_QUARANTINE_RATIO: { default: 0.05, least: 0.0001, most: 1, unit: 'ratio', is: 'part of the values kept aside' },
  ALERT_CLIENT_IDS_LEFT: { default: 2, least: 1, most: 100, unit: 'count', is: 'client ids left today' },
  ALERT_CONNECTS_LEFT: { default: 10, least: 1, most: 10_000, unit: 'count', is: 'connects left today' },
  ALERT_CLOCK_SKEW_S: {
    default: 30,
    least: 1,
    most: 86_400,
    unit: 's',
    is: 'clock of this machine is wrong by so much',
  },
  ALERT_COMPLETENESS_PCT: { default: 95, least: 1, most: 100, unit: 'pct', is: 'share of the day that has values' },
} as const satisfies Readonly<Record<string, Threshold>>

export type ThresholdName = keyof typeof THRESHOLDS

export interface Alert {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly row: 'kit' | 'module' | 'error' | 'collector'
  readonly field: string
  readonly is: 'above' | 'below'
  readonly threshold: number | { readonly setting: ThresholdName; readonly default: number }
  /** One that fires is over beyond this value: on the safe side of the default of the threshold, or the same. */
  readonly clears: number
  /** Asked only while another field of the same row is so. */
  readonly only?: { readonly field: string; readonly is: 'above' | 'below' | 'equal'; readonly value: number }
  /** So long without a break before it fires (s). */
  readonly forS: number
  /** So long it goes on once its cause is gone (s). */
  readonly keepS: number
  /** What it means that the row or the field is missing. */
  readonly noData: 'ok' | 'alerting'
  readonly mutedWhenLaidUp: boolean
  /** Tells of a moment, and not of a state: that it is over says nothing, and is not told. */
  readonly once?: true
  readonly means: string
  readonly todo: string
  readonly board:
    | 'fleet'
    | 'kit'
    | 'energy'
    | 'batteries'
    | 'solar'
    | 'inverter'
    | 'circuits'
    | 'generator'
    | 'events'
    | 'health'
}

/** The value of the setting, and where it stands unless it is set. */
export const limit = (setting: ThresholdName): Alert['threshold'] => ({
  setting,
  default: THRESHOLDS[setting].default,
})

/** The threshold that holds, and the value beyond which a firing one is over. */
export const limitsOf = (
  { threshold, clears }: Pick<Alert, 'threshold' | 'clears'>,
  settings: Readonly<Partial<Record<ThresholdName, number>>>,
): { readonly fires: number; readonly clears: number } => {
  if (typeof threshold === 'number') return { fires: threshold, clears }
  const fires = settings[threshold.setting] ?? threshold.default
  return { fires, clears: fires + (clears - threshold.default) }
}

/** What may be set: `per cent from 1 to 99`. */
export const limitsText = (name: ThresholdName): string => {
  const { unit, least, most } = THRESHOLDS[name]
  return `${unit === 'count' ? 'a number' : UNITS[unit]} from ${least} to ${most}`
}
