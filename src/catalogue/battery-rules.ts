/**
 * What a pack and the bank of all packs compute alike from their known fields: net power, and the remaining time told
 * apart by direction. Both carry `charge_w`, `discharge_w`, `remaining_s` and `charge_state`.
 */
import type { Derived } from './field.ts'

/** `charge_state` on the wire. src: powerkits-api.txt L1153 */
export const CHARGE_STATES = { 0: 'idle', 1: 'discharging', 2: 'charging' } as const

const DISCHARGING = 1
const CHARGING = 2

/** The wire's "no estimate": a hundred days less a minute. src: powerkits-api.txt L413 */
export const NO_ESTIMATE = { sentinels: [143_999] } as const

const timeWhen =
  (direction: number) =>
  (remaining: number, charge: number): number =>
    charge === direction ? remaining : Number.NaN

const isTimeKnownWhen =
  (direction: number) =>
  (remaining: number, charge: number): number => {
    if (Number.isNaN(charge)) return Number.NaN
    return charge === direction && !Number.isNaN(remaining) ? 1 : 0
  }

const from = ['remaining_s', 'charge_state']
const flagged = { unit: 'flag', from, partial: true } as const

/** `to_full_s` while charging, `to_empty_s` while discharging, and whether each is known: the other one is not. */
export const timeEstimates: readonly Derived[] = [
  { name: 'to_full_s', unit: 's', from, is: 'Time until full, while charging', compute: timeWhen(CHARGING) },
  { name: 'to_empty_s', unit: 's', from, is: 'Time until empty, while discharging', compute: timeWhen(DISCHARGING) },
  {
    ...flagged,
    name: 'is_to_full_s_known',
    is: 'Whether there is an estimate of the time until full',
    compute: isTimeKnownWhen(CHARGING),
  },
  {
    ...flagged,
    name: 'is_to_empty_s_known',
    is: 'Whether there is an estimate of the time until empty',
    compute: isTimeKnownWhen(DISCHARGING),
  },
]

/** + charging, - discharging. */
export const netPower: Derived = {
  name: 'power_w',
  unit: 'w',
  from: ['charge_w', 'discharge_w'],
  is: 'Net power, positive while charging',
  compute: (charge, discharge) => charge! - discharge!,
}
