/**
 * Whether a poll proves that the kit lives. A push is the truth; a poll is a snapshot of the cloud, which goes on
 * saying "Success" with its last one for hours. So a poll is believed when the kit pushes, when it differs from a poll
 * that came after the pushes had ended, or when it stands still and nothing in it should move. Of one that is not
 * believed no value is written, held, or taken for a sign of life. src: tolwi/hassio-ecoflow-cloud PR #743
 */
import type { Normalised, Sample } from '../normalise/sample.ts'
import type { ModuleRecord } from '../report/report.ts'
import { LIST } from '../report/shapes.ts'
import { isAsleep, isPushing } from './freshness.ts'
import { gapFloorMs } from './numbers.ts'
import type { KitState } from './state.ts'

/** `unproven`: it may be an old snapshot, and another poll soon will tell. `stale`: it is one. */
export type Belief = 'believed' | 'unproven' | 'stale'

/** Distinct modules of a kit whose last polls are remembered. */
const MOST_MODULES = 500

/** Power on the wire, by measurement: where it flows, voltages and currents are never still. */
const FLOWS: Readonly<Record<string, readonly string[]>> = {
  battery: ['charge_w', 'discharge_w'],
  battery_bank: ['charge_w', 'discharge_w'],
  solar_charger: ['battery_power_w'],
  dc_input: ['power_w'],
  dc_output: ['power_w'],
  inverter_ac: ['input_power_w', 'output_power_w'],
}

/** A number of 32 bits that differs where the text does. */
const digest = (text: string): number => {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x5bd1e995)
    sum ^= sum >>> 15
  }
  return sum >>> 0
}

/** Values nested too deep to be written are not compared. */
const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

/** Sums do not depend on the order of fields, nor on how often a module is spoken of. */
const digestsOf = (records: readonly ModuleRecord[]): Map<string, [names: number, content: number]> => {
  const sums = new Map<string, [number, number]>()
  for (const { kind, sn, fields } of records) {
    if (kind === LIST) continue
    const key = `${kind} ${sn}`
    let [names, content] = sums.get(key) ?? [0, 0]
    for (const name in fields) {
      names = (names + digest(name)) >>> 0
      content = (content + digest(`${name} ${textOf(fields[name])}`)) >>> 0
    }
    sums.set(key, [names, content])
  }
  return sums
}

/** What the records say against those of the last poll; only modules told with the same fields can be compared. */
const compare = (kit: KitState, records: readonly ModuleRecord[]): 'first' | 'same' | 'moved' => {
  let answer: 'first' | 'same' | 'moved' = 'first'
  for (const [key, [names, content]] of digestsOf(records)) {
    const before = kit.polled.get(key)
    if (before?.[0] === names && answer !== 'moved') answer = before[1] === content ? 'same' : 'moved'
    if (before || kit.polled.size < MOST_MODULES) kit.polled.set(key, [names, content])
  }
  return answer
}

/** Whether power flows by what a sample says. */
const hasFlow = ({ table, count, slots, values }: Sample, movingW: number): boolean => {
  for (const name of FLOWS[table.module.measurement] ?? []) {
    const slot = table.slotOf(name)
    for (let i = 0; i < count; i++) if (slots[i] === slot && Math.abs(values[i]!) >= movingW) return true
  }
  return false
}

/** Whether what a module says should be moving: power flows from which on values are never still. */
export const shouldMove = ({ samples }: Normalised, movingW: number): boolean =>
  samples.some((sample) => hasFlow(sample, movingW))

const beliefIn = (kit: KitState, change: 'first' | 'same' | 'moved', isFlowing: boolean, at: number): Belief => {
  const { evidence, numbers, pushedAt } = kit
  const hasPushes = isPushing(kit, at)
  if (change === 'same') {
    if (isFlowing) return 'stale'
    if (hasPushes) return 'believed'
    const aliveAt = Math.max(pushedAt, evidence.movedAt, evidence.onlineAt)
    return kit.isOnline !== false && (isAsleep(kit) || at - aliveAt <= numbers.frozenIdleMs) ? 'believed' : 'stale'
  }
  if (hasPushes) return 'believed'
  // What moved since an answer of long ago may have stopped since.
  const isReference = evidence.referenceAt > pushedAt && at - evidence.referenceAt <= gapFloorMs(numbers)
  if (change === 'first' || !isReference) return 'unproven'
  evidence.movedAt = at
  return 'believed'
}

/** Judges a poll of the kit by its records and whether power flows in it, and remembers it for the next one. An answer without values proves nothing. */
export const judge = (kit: KitState, records: readonly ModuleRecord[], isFlowing: boolean, at: number): Belief => {
  if (!records.some(({ kind }) => kind !== LIST)) return 'unproven'
  const belief = beliefIn(kit, compare(kit, records), isFlowing, at)
  const { evidence } = kit
  if (evidence.answeredAt > 0 && at - evidence.answeredAt > gapFloorMs(kit.numbers)) evidence.unansweredAt = at
  evidence.answeredAt = at
  evidence.isUnproven = belief === 'unproven'
  if (belief === 'stale') evidence.staleAt = at
  if (!isPushing(kit, at)) evidence.referenceAt = at
  return belief
}
