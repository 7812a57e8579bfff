/** Sums of the fields of quarters, kept as short lists: there are three in every kit. */
import type { Sum } from './energy-state.ts'

/** The order in snapshots: names are added at the end. */
const NAMES = [
  'covered_s',
  'expected_s',
  'solar_wh',
  'solar_1_wh',
  'solar_2_wh',
  'dc_in_wh',
  'dc_in_solar_wh',
  'ac_in_wh',
  'generator_wh',
  'battery_charge_wh',
  'battery_discharge_wh',
  'ac_out_wh',
  'dc_out_wh',
  'load_wh',
  'sun_s',
  'loss_wh',
  'imbalance_wh',
  'ac_in_cost',
  'uncovered_min_wh',
  'uncovered_max_wh',
  'priced_wh',
] as const

/** Fields of a row of `energy`; those that there may be none of are absent then. */
export type EnergyFields = Partial<Record<(typeof NAMES)[number], number>>

const MILLION = 1e6

/** What is written carries six decimals. */
export const rounded = (value: number): number => Math.round(value * MILLION) / MILLION

export const createSum = (): Sum => ({ has: 0, sums: NAMES.map(() => 0) })

export const copyOf = ({ has, sums }: Sum): Sum => ({ has, sums: [...sums] })

/** Adds the fields of a quarter; one that it has not, the sum may have of others. */
export const addFields = (sum: Sum, fields: EnergyFields): void => {
  for (let i = 0; i < NAMES.length; i++) {
    const value = fields[NAMES[i]!]
    if (value === undefined) continue
    sum.has |= 1 << i
    sum.sums[i] = (sum.sums[i] ?? 0) + value
  }
}

/** The fields of the sum, as they are written. */
export const fieldsOf = ({ has, sums }: Sum): EnergyFields => {
  const fields: EnergyFields = {}
  for (let i = 0; i < NAMES.length; i++) if ((has & (1 << i)) !== 0) fields[NAMES[i]!] = rounded(sums[i]!)
  return fields
}
