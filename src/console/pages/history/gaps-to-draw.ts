/** Gaps as charts take them. Pure. */

import type { ChartGap } from '../../parts/chart/chart-props.ts'
import type { GapEntry } from '../../past-shapes.ts'

/** `told` puts the cause into the words of the page. */
export const gapsToDraw = (gaps: readonly GapEntry[], told: (text: string) => string): ChartGap[] =>
  gaps.map(({ start_ms, end_ms, text }) => ({ from: start_ms, to: end_ms, text: told(text) }))
