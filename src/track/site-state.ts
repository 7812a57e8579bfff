/** What the owner of a kit says of it in the file of the fleet, as plain data that survives JSON. */

/** A price per kWh that holds from a local time of day (ms since midnight) until the next one, over midnight as well. */
export interface PriceFrom {
  readonly fromMs: number
  readonly price: number
}

export interface Tariff {
  /** Three letters, such as EUR. */
  readonly currency: string
  /** At least one; each time of day once. One alone holds all day. */
  readonly prices: readonly PriceFrom[]
}

export interface Site {
  /** What feeds the AC input; shore where nothing is said. */
  readonly acInput?: 'shore' | 'generator'
  /** Degrees, north and east positive: both or none. */
  readonly latitudeDeg?: number
  readonly longitudeDeg?: number
  readonly group?: string
  /** The collector's name of the account or broker that brings the kit. */
  readonly account?: string
  readonly isLaidUp?: boolean
  /** Peak power of the panels at the solar inputs (W). */
  readonly panelsW?: { readonly 1?: number; readonly 2?: number }
  readonly tariff?: Tariff
  /** What the circuits of a panel may carry (A), by its side. */
  readonly circuitLimitsA?: { readonly ac?: number; readonly dc?: number }
  /** What the inverter can (VA). */
  readonly inverterVa?: number
}

/** The fields of a row of `site`. */
export type SiteRow = Readonly<Record<string, number | string>>
