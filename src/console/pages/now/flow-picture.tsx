/**
 * The picture of the kit's power: what comes in, what goes out, and the battery between them. It moves with the real
 * power, and stands still where nothing flows or nothing is known. Beside it the same as a table, for screen readers.
 */
import { useRef } from 'preact/hooks'
import type { OneKit } from '../../api-shapes.ts'
import { useWidth } from '../../use-width.ts'
import { BatteryNode } from './battery-node.tsx'
import type { ChargeFacts } from './charge-facts.ts'
import type { FlowFact } from './flow-facts.ts'
import { curveOf, isInput, type Layout, layoutOf } from './flow-layout.ts'
import { FlowLine } from './flow-line.tsx'
import { type Look, lookOf } from './flow-look.ts'
import { FlowNode } from './flow-node.tsx'
import { FlowTable } from './flow-table.tsx'
import './flow.css'

interface FlowPictureProps {
  readonly facts: readonly FlowFact[]
  readonly inputs: OneKit['flow_inputs']
  readonly charge: ChargeFacts
  readonly timeLeft: string | undefined
}

/** From this width on, in CSS pixels, inputs and outputs stand beside the battery and can still be read. */
const WIDE = 680

interface PartProps {
  readonly fact: FlowFact
  readonly look: Look
  readonly layout: Layout
}

const Line = ({ fact: { name, watts }, look, layout }: PartProps) => {
  const isIntoHub = isInput(name) || (name === 'battery' && (watts ?? 0) < 0)
  return <FlowLine curve={curveOf(layout, name, isIntoHub)} watts={watts} colour={look.colour} />
}

const Node = ({ fact, look, layout }: PartProps) => {
  const place = layout.nodes.get(fact.name)
  if (place === undefined) return null
  const words = layout.isUpright ? (isInput(fact.name) ? 'above' : 'below') : 'around'
  return <FlowNode fact={fact} look={look} x={place.x} y={place.y} radius={layout.radius} words={words} />
}

export const FlowPicture = ({ facts, inputs, charge, timeLeft }: FlowPictureProps) => {
  const names = facts.map(({ name }) => name)
  const figure = useRef<HTMLElement>(null)
  const width = useWidth(figure)
  const layout = layoutOf(names, width >= WIDE)
  const parts = facts.map((fact) => ({ fact, look: lookOf(fact, inputs), layout }))
  const battery = facts.find(({ name }) => name === 'battery')
  return (
    <figure class="flow" ref={figure}>
      <svg
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        class={layout.isUpright ? 'is-upright' : ''}
        aria-hidden="true"
      >
        {parts.map((part) => (
          <Line key={part.fact.name} {...part} />
        ))}
        <circle class="flow-hub" cx={layout.hub.x} cy={layout.hub.y} r={9} />
        {parts.map((part) => (
          <Node key={part.fact.name} {...part} />
        ))}
        {battery && <BatteryNode box={layout.battery} fact={battery} charge={charge} timeLeft={timeLeft} />}
      </svg>
      <FlowTable facts={facts} inputs={inputs} charge={charge} />
    </figure>
  )
}
