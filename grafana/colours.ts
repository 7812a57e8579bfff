/** One colour per flow of energy, the same on every board, found by the name of the field that is shown. */

const SUN = '#F2B705'
const ALTERNATOR = '#E07B39'
const SHORE = '#8F6BD9'
const GENERATOR = '#A0522D'
const CHARGE = '#37872D'
const DISCHARGE = '#96D98D'
const AC_OUT = '#3274D9'
const DC_OUT = '#56B4E9'
const LOADS = '#1F60C4'
const LOSS = '#9A9A9A'
const IMBALANCE = '#C4162A'

export const STALE = '#8E8E8E'
export const GOOD = '#37872D'
export const WATCH = '#E0B400'
export const BAD = '#C4162A'

/** The first that fits holds. */
const FLOWS: readonly (readonly [RegExp, string])[] = [
  [/solar_2/, '#FADE2A'],
  [/solar|sun_/, SUN],
  [/generator/, GENERATOR],
  [/dc_in/, ALTERNATOR],
  [/ac_in|^input_/, SHORE],
  [/discharge_(?:wh|w|ah)$/, DISCHARGE],
  [/battery_charge|^charge_(?:wh|w|ah)$|battery_w|net_w|soc_pct/, CHARGE],
  [/ac_out|^output_/, AC_OUT],
  [/dc_out/, DC_OUT],
  [/load/, LOADS],
  [/loss/, LOSS],
  [/imbalance/, IMBALANCE],
]

/** Of the flow that a field tells of; none where it tells of no flow. */
export const colourOf = (field: string): string | undefined => FLOWS.find(([pattern]) => pattern.test(field))?.[1]
