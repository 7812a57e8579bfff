/** What every part of the page is given: which kit, which time, and how to go to another. */
import type { ChartGap, ChartMark } from '../../parts/chart/chart-props.ts'
import type { Moments, Range } from './ranges.ts'

export const VIEWS = ['power', 'energy', 'batteries', 'circuits'] as const
export type View = (typeof VIEWS)[number]

export interface Viewed {
  readonly sn: string
  /** As it is asked; undefined while it is not known where all begins. */
  readonly range: Range | undefined
  /** As it was answered last; undefined before the first answer. */
  readonly moments: Moments | undefined
  readonly isRunning: boolean
  /** If it lies in the range: nothing is known of the kit before this moment (epoch ms). */
  readonly beganAt: number | undefined
  /** Of the kit and of all its modules. */
  readonly gaps: readonly ChartGap[]
  /** What happened, as far as it explains what the lines do. */
  readonly marks: readonly ChartMark[]
  show(range: Range): void
  /** To and fro: the browser's way back leaves it out. */
  move(range: Range): void
  /** A part of what is shown; `back` leads out again, as the browser's way back does. */
  zoom(range: Range): void
  readonly isZoomed: boolean
  /** Out of the part, or, where all is shown that was asked for, to twice as much. */
  back(): void
}
