/** The slots of a module whose hours are kept, each in the form of its unit. */
import { leadOf } from '../store/line-bytes.ts'
import type { Draft } from './draft.ts'
import { hourlyForm, isHourly, lastName, maxName, minName } from './hourly-form.ts'
import { stateLeadsOf } from './state-leads.ts'
import type { HourField, HourSlots, Slot } from './table.ts'

const fieldOf = (slot: Slot, mean: number, range: number): HourField => ({
  slot: slot.index,
  series: slot.series,
  mean,
  range,
  meanLead: leadOf(`,${slot.name}=`),
  minLead: leadOf(`,${minName(slot.name)}=`),
  maxLead: leadOf(`,${maxName(slot.name)}=`),
  lastLead: leadOf(`,${lastName(slot.name)}=`),
  states: slot.format === 'state' ? stateLeadsOf(slot, lastName(slot.name)) : undefined,
  mask: slot.mask,
})

/** Words that are free have no place in hourly rows: no measurement with such rows has any. */
export const compileHours = ({ slots, series }: Draft): HourSlots => {
  const kept = slots.filter((slot) => isHourly(series[slot.series]!.measurement) && slot.format !== 'text')
  const those = (has: (slot: Slot) => boolean): Uint16Array => Uint16Array.from(kept.filter(has), ({ index }) => index)
  const means = those((slot) => hourlyForm(slot.unit, slot.isSetting).hasMean)
  const ranges = those((slot) => hourlyForm(slot.unit, slot.isSetting).hasRange)
  const fields = kept.map((slot) => fieldOf(slot, means.indexOf(slot.index), ranges.indexOf(slot.index)))
  return { means, ranges, fields }
}
