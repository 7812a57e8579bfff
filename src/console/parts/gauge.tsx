/** How full something is: a bar with the limits that are set, and the value in words for those who do not see it. */
import './gauge.css'

interface GaugeProps {
  /** What it measures. */
  readonly label: string
  /** 0 to 100; nothing is filled while it is not known. */
  readonly value?: number | undefined
  /** The value as it is read aloud. */
  readonly text: string
  /** Limits, 0 to 100. */
  readonly ticks?: readonly number[] | undefined
  /** A token of style.css; that of charging where none is given. */
  readonly colour?: string | undefined
  /** An old value: still there, and seen to be old. */
  readonly isStale?: boolean | undefined
}

const within = (value: number): number => Math.min(100, Math.max(0, value))

/** A meter must have a value: without one it is a picture that says so. */
const spoken = (label: string, value: number | undefined, text: string) =>
  value === undefined
    ? ({ role: 'img', 'aria-label': `${label}: ${text}` } as const)
    : ({
        role: 'meter',
        'aria-label': label,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': Math.round(within(value)),
        'aria-valuetext': text,
      } as const)

export const Gauge = ({ label, value, text, ticks = [], colour = 'var(--charge)', isStale }: GaugeProps) => (
  <div class={`gauge${isStale ? ' is-stale' : ''}`} {...spoken(label, value, text)}>
    {value !== undefined && <span class="gauge-fill" style={{ width: `${within(value)}%`, background: colour }} />}
    {ticks.map((tick) => (
      <span key={tick} class="gauge-tick" style={{ left: `${within(tick)}%` }} />
    ))}
  </div>
)
