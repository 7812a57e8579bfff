/** The inputs and outputs of a kit one by one, with what was last measured there. Pure. */
import type { OneKit } from '../../api-shapes.ts'
import type { MessageKey } from '../../language.ts'
import { fieldValue, type HeardModule, numberOf, seriesOf } from '../../live-state.ts'
import { heardAtOf } from './flow-facts.ts'
import { lookOf } from './flow-look.ts'

export interface Port {
  readonly key: string
  readonly label: MessageKey
  /** What feeds it now, where that is known. */
  readonly source?: MessageKey | undefined
  /** Where there are several of its kind. */
  readonly number?: number
  readonly watts: number | undefined
  readonly volts: number | undefined
  readonly amperes: number | undefined
  readonly hertz?: number | undefined
  readonly isFresh: boolean
  readonly heardAt: number
}

type Series = ReturnType<typeof seriesOf>[number]

const port = ({ module, series }: Series, label: MessageKey, prefix = ''): Port => ({
  key: `${module.module_sn} ${Object.values(series.tags).join(' ')} ${label}`,
  label,
  watts: numberOf(series, `${prefix}power_w`),
  volts: numberOf(series, `${prefix}voltage_v`),
  amperes: numberOf(series, `${prefix}current_a`),
  hertz: numberOf(series, `${prefix}frequency_hz`),
  isFresh: module.is_fresh,
  heardAt: heardAtOf(module),
})

const solarPort = (one: Series): Port => ({
  ...port(one, fieldValue(one.series, 'work_mode') === 'adapter' ? 'now.port.adapter' : 'now.port.solar'),
  number: Number(one.series.tags.input),
})

/** Inputs first, each under its own name with what feeds it. A socket of its own is an output of the inverter, where something flows there. */
export const portsOf = (modules: readonly HeardModule[], inputs: OneKit['flow_inputs']): readonly Port[] => {
  const ac = seriesOf(modules, 'inverter_ac')
  const fed = (one: Port, name: 'dc_in' | 'ac_in'): Port => {
    const { label } = lookOf({ name }, inputs)
    return { ...one, ...(label !== one.label && { source: label === 'now.flow.dc_solar' ? 'now.flow.solar' : label }) }
  }
  return [
    ...seriesOf(modules, 'solar_input').map(solarPort),
    ...seriesOf(modules, 'dc_input').map((one) => fed(port(one, 'now.flow.dc_in'), 'dc_in')),
    ...ac.map((one) => fed(port(one, 'now.flow.ac_in', 'input_'), 'ac_in')),
    ...ac.map((one) => port(one, 'now.port.ac_out', 'output_')),
    ...ac
      .filter(({ series }) => (numberOf(series, 'standalone_power_w') ?? 0) > 0)
      .map((one) => port(one, 'now.port.standalone', 'standalone_')),
    ...seriesOf(modules, 'dc_output').map((one) => port(one, 'now.port.dc_out')),
  ]
}
