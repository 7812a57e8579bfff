/** A line of the flow picture: a band with dots that run where the power goes, as wide and as fast as it is strong. */
import { type Curve, middleOf, paceOf, pathOf } from './flow-layout.ts'

interface FlowLineProps {
  readonly curve: Curve
  /** W; undefined while it is not known. */
  readonly watts: number | undefined
  readonly colour: string
}

const ARROW = 'M-5 -6 5 0 -5 6'

/** Broken where the power is not known, thin where nothing flows. */
export const FlowLine = ({ curve, watts, colour }: FlowLineProps) => {
  const path = pathOf(curve)
  const pace = paceOf(watts)
  if (pace === undefined) return <path d={path} class={`flow-line${watts === undefined ? ' is-unknown' : ''}`} />
  const { width, seconds } = pace
  const { x, y, turn } = middleOf(curve)
  return (
    <g style={{ stroke: colour }}>
      <path d={path} class="flow-band" style={{ strokeWidth: width + 4 }} />
      <path d={path} class="flow-dots" style={{ strokeWidth: width, animationDuration: `${seconds}s` }} />
      <path d={ARROW} class="flow-arrow" transform={`translate(${x} ${y}) rotate(${turn})`} />
    </g>
  )
}
