/** What flow remembers of a kit from one row to the next. */

export interface FlowState {
  /** Stamp of the last row; 0 before the first. */
  rowAt: number
  /** The watts of the last row, in the order of FLOWS; of what was not covered whatever. */
  watts: number[]
  /** Which flows it covered, bit by bit in the same order. */
  covered: number
}

export const createFlowState = (): FlowState => ({ rowAt: 0, watts: [], covered: 0 })
