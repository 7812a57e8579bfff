/** A straight scale with zones that say what is usual, and what was measured on it: a mark, or a span. */

export interface Zone {
  readonly from: number
  readonly to: number
  readonly tone: 'good' | 'watch' | 'bad' | 'plain'
}

interface ScaleProps {
  readonly from: number
  readonly to: number
  readonly zones: readonly Zone[]
  /** What was measured, lowest and highest; beyond the scale it stands at its end. */
  readonly span: readonly [number, number] | undefined
  readonly ticks?: readonly { readonly at: number; readonly text: string }[]
  /** The same in words. */
  readonly label: string
}

/** Of the length of the scale, in percent: a span that is shorter is a point to the eye. */
const POINT = 3

const Mark = ({ from, to }: { from: number; to: number }) => (
  <span
    class={`scale-mark${to - from < POINT ? ' is-point' : ''}`}
    style={{ left: `${from}%`, width: `${to - from}%` }}
  />
)

export const Scale = ({ from, to, zones, span, ticks = [], label }: ScaleProps) => {
  const place = (value: number): number => ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * 100
  return (
    <div class="scale" role="img" aria-label={label}>
      <div class="scale-bar">
        {zones.map((zone) => (
          <span
            key={zone.from}
            class={`zone is-${zone.tone}`}
            style={{ left: `${place(zone.from)}%`, width: `${place(zone.to) - place(zone.from)}%` }}
          />
        ))}
        {span && <Mark from={place(span[0])} to={place(span[1])} />}
      </div>
      {ticks.length > 0 && (
        <div class="scale-ticks">
          {ticks.map(({ at, text }) => (
            <span key={at} style={{ left: `${place(at)}%` }}>
              {text}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
