/** What sessions remember of a kit from one report to the next. Plain data that survives JSON. */

export type RunKind = 'shore' | 'generator' | 'alternator'

/** Times are epoch ms. */
export interface Run {
  readonly kind: RunKind
  readonly moduleKind: string
  readonly moduleSn: string
  /** First report with it. */
  readonly startAt: number
  /** Whether the report before the first told that there was none. */
  readonly isBeginSeen: boolean
  /** A second report confirmed it: only now are there rows of it. */
  isSure: boolean
  /** Last report with it, and last one of the module. */
  lastAt: number
  heardAt: number
  writtenAt: number
  wh: number
  /** Time of which nothing is known (ms). */
  uncoveredMs: number
  /** State of charge of the kit (%), as far as it was known. */
  socFrom?: number
  socTo?: number
}

export interface RunsState {
  open: Run[]
}

export const createRunsState = (): RunsState => ({ open: [] })
