/** A small curve without axes: its text says the same, and more. */
import type { Trend } from './trend.ts'

export const Sparkline = ({ trend, label }: { trend: Trend; label: string }) => (
  <svg class="sparkline" viewBox="0 -6 100 112" preserveAspectRatio="none" role="img" aria-label={label}>
    {trend.lines.map((points) => (
      <polyline key={points} points={points} vector-effect="non-scaling-stroke" />
    ))}
  </svg>
)
