/** The lines of a chart by name: each can be taken away, and has its value at the crosshair beside it. */
import { UNKNOWN } from '../../format.ts'
import type { ChartProps } from './chart-props.ts'

interface LegendProps {
  readonly series: ChartProps['series']
  readonly hidden: ReadonlySet<string>
  /** Of the values at the crosshair. */
  readonly index: number | null
  /** What stands there while the crosshair is nowhere, by key: a total. */
  readonly totals?: ReadonlyMap<string, number | undefined>
  format(value: number): string
  toggle(key: string): void
}

export const Legend = ({ series, hidden, index, totals, format, toggle }: LegendProps) => (
  <ul class="chart-legend">
    {series.map(({ key, label, colour, isDashed, values }) => {
      const value = index === null ? totals?.get(key) : values[index]
      return (
        <li key={key}>
          <button type="button" aria-pressed={!hidden.has(key)} onClick={() => toggle(key)}>
            <svg viewBox="0 0 20 8" width="20" height="8" aria-hidden="true">
              <path
                d="M0 4h20"
                stroke={`var(${colour})`}
                stroke-width="4"
                stroke-dasharray={isDashed ? '5 3' : undefined}
              />
            </svg>
            <span>{label}</span>
            {(index !== null || totals) && <strong>{typeof value === 'number' ? format(value) : UNKNOWN}</strong>}
          </button>
        </li>
      )
    })}
  </ul>
)
