/** An input or output in the flow picture: its sign and power in a circle, its name and the age of the value beside it. */
import { UNKNOWN, watts } from '../../format.ts'
import { Icon } from '../../parts/icon.tsx'
import { useLanguage } from '../../use-language.tsx'
import type { FlowFact } from './flow-facts.ts'
import { type Point, paceOf } from './flow-layout.ts'
import type { Look } from './flow-look.ts'
import { useNotes } from './use-notes.ts'

const LINE = 15

interface Words {
  readonly label: string
  readonly notes: readonly string[]
}

/** Where the words stand: the first line's baseline, as far from the middle as the circle asks. */
const baselines = (count: number, radius: number, place: FlowNodeProps['words']): readonly number[] => {
  const below = radius + 18
  if (place === 'around') return [-radius - 9, ...Array.from({ length: count - 1 }, (_, i) => below + i * LINE)]
  const first = place === 'below' ? below : -radius - 9 - (count - 1) * LINE
  return Array.from({ length: count }, (_, i) => first + i * LINE)
}

interface FlowNodeProps extends Point {
  readonly fact: FlowFact
  readonly look: Look
  readonly radius: number
  readonly words: 'above' | 'below' | 'around'
}

const Text = ({ label, notes, radius, place }: Words & { radius: number; place: FlowNodeProps['words'] }) => {
  const at = baselines(1 + notes.length, radius, place)
  return (
    <>
      <text class="flow-label" y={at[0]}>
        {label}
      </text>
      {notes.map((note, i) => (
        <text key={note} class="flow-note" y={at[i + 1]}>
          {note}
        </text>
      ))}
    </>
  )
}

export const FlowNode = ({ fact, look, x, y, radius, words }: FlowNodeProps) => {
  const { t, locale } = useLanguage()
  const told = useNotes()(fact)
  const notes = words === 'around' && told.length > 0 ? [told.join(', ')] : told
  const isKnown = fact.watts !== undefined
  return (
    <g transform={`translate(${x} ${y})`} class={isKnown ? undefined : 'is-unknown'}>
      <circle class="flow-node" r={radius} style={paceOf(fact.watts) ? { stroke: look.colour } : {}} />
      <g transform="translate(-11 -25)">
        <Icon name={look.icon} size={22} />
      </g>
      <text class="flow-value" y={16}>
        {isKnown ? watts(fact.watts, locale) : UNKNOWN}
      </text>
      <Text label={t(look.label)} notes={notes} radius={radius} place={words} />
    </g>
  )
}
