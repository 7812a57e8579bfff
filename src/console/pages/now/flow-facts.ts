/**
 * What the flow picture tells: each power of the kit as it is now or, where it is not known now, as it was last known.
 * Pure. Promises: 0 is told only where the collector tells 0; a power of now and one of the past are never mixed up.
 */
import type { Flow, OneKit } from '../../api-shapes.ts'
import { fieldValue, type HeardModule, numberOf, seriesOf } from '../../live-state.ts'

export const FLOW_NAMES = ['solar', 'dc_in', 'ac_in', 'battery', 'ac_out', 'dc_out'] as const
export type FlowName = (typeof FLOW_NAMES)[number]

export interface FlowFact {
  readonly name: FlowName
  /** W as of now; of the battery + while charging. Absent while it is not known. */
  readonly watts?: number
  /** W as last told, where they are not known now. */
  readonly lastWatts?: number
  /** Of the sun: W at its first and second inputs, where both bring something. */
  readonly parts?: readonly number[]
  /** Time of the oldest report that it is made of, epoch ms. */
  readonly heardAt?: number
}

type Series = ReturnType<typeof seriesOf>[number]

interface Meter {
  readonly measurement: string
  readonly fields: readonly string[]
  readonly counts?: (one: Series) => boolean
}

const isAdapter = ({ series }: Series): boolean => fieldValue(series, 'work_mode') === 'adapter'

/** An adapter at a solar input is no sun: the collector counts it as DC input. */
const METERS: Readonly<Record<FlowName, readonly Meter[]>> = {
  solar: [{ measurement: 'solar_input', fields: ['power_w'], counts: (one) => !isAdapter(one) }],
  dc_in: [
    { measurement: 'dc_input', fields: ['power_w'] },
    { measurement: 'solar_input', fields: ['power_w'], counts: isAdapter },
  ],
  ac_in: [{ measurement: 'inverter_ac', fields: ['input_power_w'] }],
  battery: [{ measurement: 'battery', fields: ['power_w'] }],
  ac_out: [{ measurement: 'inverter_ac', fields: ['output_power_w', 'standalone_power_w'] }],
  dc_out: [{ measurement: 'dc_output', fields: ['power_w'] }],
}

/** When the module last told something, epoch ms of the collector. */
export const heardAtOf = ({ age_s, at }: Pick<HeardModule, 'age_s' | 'at'>): number => at - age_s * 1000

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const lastKnown = (modules: readonly HeardModule[], name: FlowName): Pick<FlowFact, 'lastWatts' | 'heardAt'> => {
  const read = METERS[name].flatMap(({ measurement, fields, counts = () => true }) =>
    seriesOf(modules, measurement)
      .filter(counts)
      .map(({ module, series }) => ({ at: heardAtOf(module), told: fields.flatMap((f) => numberOf(series, f) ?? []) })),
  )
  if (read.length === 0) return {}
  const heardAt = Math.min(...read.map(({ at }) => at))
  if (read.some(({ told }) => told.length === 0)) return { heardAt }
  const watts = sum(read.flatMap(({ told }) => told))
  return { heardAt, lastWatts: name === 'battery' ? watts : Math.max(0, watts) }
}

const partsOf = ({ solar_1_w = 0, solar_2_w = 0 }: Flow = {}): Pick<FlowFact, 'parts'> =>
  solar_1_w > 0 && solar_2_w > 0 ? { parts: [solar_1_w, solar_2_w] } : {}

/** A kit is shown the ways of power that it has modules for, and its battery. */
const isPartOf = ({ name, watts, heardAt }: FlowFact): boolean =>
  name === 'battery' || heardAt !== undefined || (watts !== undefined && watts !== 0)

/** `isCurrent`: whether what the collector told last is of now, so that a line still leads to it. */
export const flowFacts = (
  { flow }: Pick<OneKit, 'flow'>,
  modules: readonly HeardModule[],
  isCurrent: boolean,
): readonly FlowFact[] =>
  FLOW_NAMES.map((name): FlowFact => {
    const told = flow?.[`${name}_w`]
    const { lastWatts, heardAt } = lastKnown(modules, name)
    const age = heardAt === undefined ? {} : { heardAt }
    if (isCurrent && told !== undefined) return { name, watts: told, ...age, ...(name === 'solar' && partsOf(flow)) }
    const last = told ?? lastWatts
    return { name, ...age, ...(last === undefined ? {} : { lastWatts: last }) }
  }).filter(isPartOf)
