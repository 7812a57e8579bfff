/** A kit in one readable line: verdict, charge, where the power comes from and goes to. Stale parts are left out. */
import { isKnownNow } from './cadence.ts'
import { kitFields } from './rows.ts'
import { type KitState, valueNamed } from './state.ts'
import { isCurrent, type Verdict } from './verdict.ts'

/** Parts of the line: what a person calls them, and the field that tells. */
const PARTS = [
  ['sun', 'solar_charger', 'battery_power_w'],
  ['DC in', 'dc_input', 'power_w'],
  ['AC in', 'inverter_ac', 'input_power_w'],
  ['AC out', 'inverter_ac', 'output_power_w'],
  ['DC out', 'dc_output', 'power_w'],
] as const

const sumOf = (kit: KitState, measurement: string, field: string, at: number): number => {
  let sum = Number.NaN
  for (const module of kit.modules.values()) {
    if (module.table.module.measurement !== measurement || !isKnownNow(kit, module, at)) continue
    const value = valueNamed(module, field)
    if (!Number.isNaN(value)) sum = (Number.isNaN(sum) ? 0 : sum) + value
  }
  return sum
}

/** A stretch of time as a person says it: `40 min`, `2 h 5 min`, `6 days`. */
export const span = (seconds: number): string => {
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return minutes < 3 * 24 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}

const hours = (seconds: unknown): string => (typeof seconds === 'number' ? span(seconds) : '')

/** For example `Demo van · M109…  live  87 %  +312 W, full in 1 h 40 min  sun 350 W  AC out 20 W`. */
export const overview = (kit: KitState, at: number): string => {
  const { label, verdict, age_s, soc_pct, net_w, to_full_s, to_empty_s } = kitFields(kit, at)
  if (!isCurrent(verdict as Verdict))
    return `${label}  ${verdict}${age_s === undefined ? '' : `, last report ${age_s} s ago`}`
  const left =
    to_full_s !== undefined
      ? `, full in ${hours(to_full_s)}`
      : to_empty_s !== undefined
        ? `, empty in ${hours(to_empty_s)}`
        : ''
  const charge = typeof soc_pct === 'number' ? `  ${Math.round(soc_pct)} %` : ''
  const net = typeof net_w === 'number' ? `  ${net_w > 0 ? '+' : ''}${Math.round(net_w)} W${left}` : ''
  const parts = PARTS.map(([name, measurement, field]) => [name, sumOf(kit, measurement, field, at)] as const)
    .filter(([, watts]) => !Number.isNaN(watts))
    .map(([name, watts]) => `  ${name} ${Math.round(watts)} W`)
  return `${label}  ${verdict}${charge}${net}${parts.join('')}`
}
