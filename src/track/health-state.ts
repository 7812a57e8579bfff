/** What health remembers of a kit from one report to the next. */

export interface HealthState {
  at: number
}

export const createHealthState = (): HealthState => ({ at: 0 })
