/** What the fields that alerts ask for remember of a kit. Plain data that survives JSON; times are epoch ms, 0 = never. */

export interface AlarmsState {
  /** By serial number of the module: when its firmware last changed. */
  readonly firmwareAt: Record<string, number>
  /** When the end of the last session of shore power was seen. */
  shoreGoneAt: number
  /** When the sun last brought power. */
  solarAt: number
}

export const createAlarmsState = (): AlarmsState => ({ firmwareAt: {}, shoreGoneAt: 0, solarAt: 0 })
