/** What energy remembers of a kit from one report to the next. */

export interface EnergyState {
  at: number
}

export const createEnergyState = (): EnergyState => ({ at: 0 })
