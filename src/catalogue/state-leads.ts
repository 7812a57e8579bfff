/** What stands before the number of a state in a line: its words, made ready once for every word of its list. */
import { type Lead, leadOf } from '../store/line-bytes.ts'
import { encodeText } from '../store/line-protocol.ts'
import type { Slot, StateLeads } from './table.ts'

/** Under `name` the words and under `<name>_raw` the number. */
export const stateLeadsOf = ({ states }: Slot, name: string): StateLeads => {
  const lead = (text: string): Lead => leadOf(`,${name}=${encodeText(text)},${name}_raw=`)
  const listed = new Map(Object.entries(states).map(([number, text]) => [Number(number), lead(text)]))
  return { listed, other: lead('unknown') }
}
