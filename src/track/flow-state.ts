/** What flow remembers of a kit from one report to the next. */

export interface FlowState {
  at: number
}

export const createFlowState = (): FlowState => ({ at: 0 })
