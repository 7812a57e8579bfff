/** The battery bank in the flow picture: filled as far as it is charged, with the limits of charge and discharge. */
import { percent, UNKNOWN, watts } from '../../format.ts'
import { useLanguage } from '../../use-language.tsx'
import type { ChargeFacts } from './charge-facts.ts'
import type { FlowFact } from './flow-facts.ts'
import type { Box } from './flow-layout.ts'
import { batteryWord } from './flow-look.ts'
import { useNotes } from './use-notes.ts'

const CAP = 9
const LINE = 16

interface BatteryNodeProps {
  readonly box: Box
  readonly fact: FlowFact
  readonly charge: ChargeFacts
  /** How long it lasts or takes, in words. */
  readonly timeLeft: string | undefined
}

const Shell = ({ box: { width, height }, charge }: Pick<BatteryNodeProps, 'box' | 'charge'>) => {
  const { soc, lastSoc, limits } = charge
  const full = soc ?? lastSoc
  const top = (share: number) => CAP + (height - CAP) * (1 - share / 100)
  return (
    <>
      <rect class="battery-cap" x={width / 2 - 16} y={0} width={32} height={CAP + 4} rx={4} />
      <rect class="battery-shell" y={CAP} width={width} height={height - CAP} rx={14} />
      {full !== undefined && (
        <rect class="battery-fill" y={top(full)} width={width} height={height - top(full)} clip-path="url(#battery)" />
      )}
      <rect class="battery-edge" y={CAP} width={width} height={height - CAP} rx={14} />
      {limits.map((limit) => (
        <path key={limit} class="battery-tick" d={`M0 ${top(limit)}h9M${width} ${top(limit)}h-9`} />
      ))}
      <clipPath id="battery">
        <rect y={CAP} width={width} height={height - CAP} rx={14} />
      </clipPath>
    </>
  )
}

const Words = ({ box: { width, height }, fact, charge, timeLeft }: BatteryNodeProps) => {
  const { t, locale } = useLanguage()
  const notes = useNotes()
  const power = fact.watts === undefined ? UNKNOWN : watts(Math.abs(fact.watts), locale)
  const word =
    charge.lastSoc === undefined
      ? t(batteryWord(fact.watts))
      : t('now.last', { power: percent(charge.lastSoc, locale) })
  const below = [...(timeLeft === undefined ? [] : [timeLeft]), notes(fact).join(', ')]
  return (
    <g transform={`translate(${width / 2} 0)`}>
      <text class="battery-soc" y={height * 0.48}>
        {percent(charge.soc, locale)}
      </text>
      <text class="flow-note" y={height * 0.68}>
        {word}
      </text>
      <text class="flow-value" y={height * 0.68 + 20}>
        {power}
      </text>
      {below.map((note, i) => (
        <text key={note} class="flow-note" y={height + 18 + i * LINE}>
          {note}
        </text>
      ))}
    </g>
  )
}

export const BatteryNode = ({ box, fact, charge, timeLeft }: BatteryNodeProps) => (
  <g transform={`translate(${box.x} ${box.y})`} class={charge.soc === undefined ? 'battery is-unknown' : 'battery'}>
    <Shell box={box} charge={charge} />
    <Words box={box} fact={fact} charge={charge} timeLeft={timeLeft} />
  </g>
)
