/** How each way of power is called, drawn and coloured, by what feeds it now. Pure. */
import type { OneKit } from '../../api-shapes.ts'
import type { MessageKey } from '../../language.ts'
import type { IconName } from '../../parts/icon.tsx'
import type { FlowFact, FlowName } from './flow-facts.ts'

export interface Look {
  readonly label: MessageKey
  readonly icon: IconName
  /** A token of style.css. */
  readonly colour: string
}

const LOOKS: Readonly<Record<FlowName, Look>> = {
  solar: { label: 'now.flow.solar', icon: 'sun', colour: 'var(--sun)' },
  dc_in: { label: 'now.flow.dc_in', icon: 'dc-in', colour: 'var(--alternator)' },
  ac_in: { label: 'now.flow.ac_in', icon: 'shore', colour: 'var(--shore)' },
  battery: { label: 'now.flow.battery', icon: 'battery', colour: 'var(--charge)' },
  ac_out: { label: 'now.flow.ac_out', icon: 'ac-loads', colour: 'var(--ac-out)' },
  dc_out: { label: 'now.flow.dc_out', icon: 'dc-loads', colour: 'var(--dc-out)' },
}

const DC_SOURCES: Readonly<Record<string, Look>> = {
  alternator: { label: 'now.flow.alternator', icon: 'alternator', colour: 'var(--alternator)' },
  solar: { label: 'now.flow.dc_solar', icon: 'sun', colour: 'var(--sun)' },
  adapter: { label: 'now.flow.adapter', icon: 'dc-in', colour: 'var(--alternator)' },
}

const AC_SOURCES: Readonly<Record<string, Look>> = {
  shore: { label: 'now.flow.shore', icon: 'shore', colour: 'var(--shore)' },
  generator: { label: 'now.flow.generator', icon: 'generator', colour: 'var(--generator)' },
}

export const lookOf = ({ name, watts }: FlowFact, inputs: OneKit['flow_inputs']): Look => {
  if (name === 'dc_in') return DC_SOURCES[inputs?.dc_in_source ?? ''] ?? LOOKS.dc_in
  if (name === 'ac_in') return AC_SOURCES[inputs?.ac_in_source ?? ''] ?? LOOKS.ac_in
  if (name === 'battery' && (watts ?? 0) < 0) return { ...LOOKS.battery, colour: 'var(--discharge)' }
  return LOOKS[name]
}

/** What a battery does, by the sign of its power. */
export const batteryWord = (watts: number | undefined): MessageKey => {
  if (watts === undefined) return 'now.battery.unknown'
  if (Math.round(watts) === 0) return 'now.battery.rests'
  return watts > 0 ? 'now.battery.charges' : 'now.battery.discharges'
}
