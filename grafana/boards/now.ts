/** What several boards show of this moment: the kit that is chosen, how it is doing and how old that is. */
import { TOLD } from '../at-once.ts'
import { query } from '../query.ts'

/** The complete row of the kit, not older than three minutes. */
export const KIT_NOW = { bucket: 'raw', from: 'kit', during: 'now', tags: { kit_sn: '$kit' } } as const

export const kitAge = query({ ...KIT_NOW, show: { Age: 'last(age_s)' } })

export const FLOW_NOW = { ...KIT_NOW, from: 'flow' } as const

/** Of `flow`, whose rows have their flags even while nothing is covered. */
export const ALWAYS_TOLD = { [TOLD]: 'last(is_battery_covered)' } as const

/** What "stale" and the age mean, for descriptions. */
export const STALE_WORDS =
  'A value that is not current is "stale"; Age is the time since the last report of the kit, from `kit`, grey beyond five minutes.'

/** Where lines over time come from, for descriptions. */
export const TIME_WORDS = 'up to two days as it came, beyond from hours; a hole is time without values.'
