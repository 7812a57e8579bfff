/**
 * What feeds the inputs of a kit now: the DC input by what it says of itself, or an adapter at a solar input; the AC
 * input by what its owner says. Pure; told only of modules that are fresh.
 */
import { isKnownNow } from './cadence.ts'
import { flowOf } from './meters.ts'
import { wattsOf } from './readings.ts'
import { acSourceOf, isAcThere } from './runs.ts'
import type { KitState, ModuleState } from './state.ts'

export const DC_SOURCES = ['unknown', 'alternator', 'solar', 'adapter'] as const
export const AC_SOURCES = ['shore', 'generator'] as const

export type DcSource = (typeof DC_SOURCES)[number]
export type AcSource = (typeof AC_SOURCES)[number]

/** What is not known, or not there, is absent. */
export interface FlowInputs {
  readonly dc_in_source?: DcSource
  readonly ac_in_source?: AcSource
}

/** The state `source` of the DC input, as its catalogue entry words it. */
const saidSource = ({ table, values }: ModuleState): DcSource | undefined => {
  const slot = table.slots[table.slotOf('source')]
  const said = slot?.states?.[values[slot.index]!]
  return DC_SOURCES.find((source) => source === said)
}

/** Of several that feed the DC input the strongest counts. */
const dcSource = (modules: readonly ModuleState[]): DcSource | undefined => {
  let source: DcSource | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const module of modules)
    for (const [i, meter] of module.table.meters.entries()) {
      if (flowOf(module, meter) !== 'dc_in' && meter.flow !== 'dc_in') continue
      const its = meter.flow === 'dc_in' ? saidSource(module) : 'adapter'
      const watts = wattsOf(module.readings, i)
      if (its === undefined || Number.isNaN(watts) || watts <= most) continue
      source = its
      most = watts
    }
  return source
}

const hasAc = (modules: readonly ModuleState[]): boolean =>
  modules.some((module) => {
    const meter = module.table.meters.findIndex(({ flow }) => flow === 'ac_in')
    return meter >= 0 && isAcThere(module, wattsOf(module.readings, meter)) === true
  })

/** At `at` (epoch ms). */
export const flowInputs = (kit: KitState, at: number): FlowInputs => {
  const fresh = [...kit.modules.values()].filter((module) => isKnownNow(kit, module, at))
  const dc = dcSource(fresh)
  return { ...(dc && { dc_in_source: dc }), ...(hasAc(fresh) && { ac_in_source: acSourceOf(kit) }) }
}
