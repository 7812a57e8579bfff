/** What runs remembers of a kit from one report to the next. */

export interface RunsState {
  at: number
}

export const createRunsState = (): RunsState => ({ at: 0 })
