/** What a chart over time is given. Times are epoch ms. */

export interface ChartSeries {
  /** The same for the same thing whatever the language is. */
  readonly key: string
  readonly label: string
  /** The name of a token of the style sheet, such as `--sun`. */
  readonly colour: string
  /** One for each of `at`; null where nothing is known. */
  readonly values: readonly (number | null)[]
  readonly isDashed?: boolean
  /** Whether the area down to zero is filled: charge above it, discharge below. */
  readonly isFilled?: boolean
}

/** A stretch without values, with its cause in words. */
export interface ChartGap {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Something of what is drawn went on: it is marked at the foot alone. */
  readonly isPartial?: boolean
}

/** Something that happened at a moment. */
export interface ChartMark {
  readonly at: number
  readonly text: string
}

export interface ChartProps {
  /** What the chart shows, for those who do not see it. */
  readonly label: string
  readonly from: number
  readonly to: number
  /** IANA name; the axis is by its clock. */
  readonly timeZone: string
  /** Where the values lie, ascending and evenly, so that what is missing has a place too. */
  readonly at: readonly number[]
  readonly series: readonly ChartSeries[]
  /** A value as it is told, with its unit. */
  format(value: number): string
  /** The least difference that `format` tells, 1 when left out: the axis has no lines closer than that. */
  readonly finest?: number
  /** Values that the axis shows in any case, such as 0 and 100 of percent. */
  readonly shows?: readonly number[]
  readonly gaps?: readonly ChartGap[]
  readonly marks?: readonly ChartMark[]
  /** CSS pixels of the drawing. */
  readonly height?: number
  /** Charts with the same key share their crosshair. */
  readonly together?: string
  /** Another range is wished for: by drag, pinch or key. Without it the chart stands still. */
  onRange?(from: number, to: number): void
  /** By double click: whatever was before the zoom. */
  onBack?(): void
}
