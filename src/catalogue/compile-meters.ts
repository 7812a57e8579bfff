/** The meters of a catalogue entry to slots; one for a panel's circuits becomes one per circuit. */
import { type Draft, slotNamed } from './draft.ts'
import type { Meter } from './field.ts'
import type { MeterSlots } from './table.ts'

const single = (draft: Draft, meter: Meter & { flow: MeterSlots['flow'] }): MeterSlots => {
  const slot = (name: string | undefined): number => (name === undefined ? -1 : slotNamed(draft, name, meter.input))
  const watts = slot(meter.watts)
  return {
    flow: meter.flow,
    watts,
    volts: slot(meter.volts),
    amperes: slot(meter.amperes),
    unless: slot(meter.unless?.field),
    says: meter.unless?.says ?? [],
    otherFlow: meter.unless?.flow ?? 'dc_in',
    optional: meter.optional === true,
    sun: slot(meter.sun?.field),
    sunSays: meter.sun?.says ?? -1,
    series: draft.slots[watts]!.series,
  }
}

/** The voltage is the panel's own: all circuits hang on one bar. */
const ofCircuits = (draft: Draft, meter: Meter): MeterSlots[] =>
  draft.series.flatMap(({ measurement }, series): MeterSlots[] => {
    const watts = draft.byName.get(`${series}/${meter.watts}`)
    if (measurement !== 'circuit' || watts === undefined) return []
    const amperes = meter.amperes === undefined ? -1 : (draft.byName.get(`${series}/${meter.amperes}`) ?? -1)
    const volts = meter.volts === undefined ? -1 : slotNamed(draft, meter.volts, undefined)
    const never = { unless: -1, says: [], otherFlow: 'dc_out', optional: true, sun: -1, sunSays: -1 } as const
    return [{ flow: 'circuit', watts, volts, amperes, ...never, series }]
  })

/** Throws on a meter that names a field which does not exist. Call when all fields have their slots. */
export const compileMeters = (draft: Draft): MeterSlots[] =>
  (draft.module.meters ?? []).flatMap((meter) =>
    meter.flow === 'circuit' ? ofCircuits(draft, meter) : [single(draft, meter)],
  )
