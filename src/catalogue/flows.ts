/** The flows of a kit's balance: which powers of modules belong to it is told by the catalogue's meters. */

/** All ≥ 0 in their natural direction but `battery`, + when charging. */
export const FLOWS = {
  solar_1: 'sun at the first inputs of the solar chargers',
  solar_2: 'sun at the second inputs of the solar chargers',
  dc_in: 'DC input: alternator, solar panels or an adapter',
  ac_in: 'AC input: shore, or a generator',
  battery: 'all packs together, positive while charging',
  ac_out: 'AC output with the stand-alone socket',
  dc_out: 'DC output',
} as const

export type Flow = keyof typeof FLOWS
