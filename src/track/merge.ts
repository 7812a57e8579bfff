/**
 * A sample into a module's known fields, and which of them are to be written.
 * Pushes are the truth. A poll is a snapshot that may be older than the last push, so its value counts at once only
 * where no push is recent; otherwise two successive polls must agree against a push that was not repeated.
 */

import type { Derived } from '../catalogue/field.ts'
import { NO_ORIGIN, type Sample } from '../normalise/sample.ts'
import type { Via } from '../report/report.ts'
import type { ModuleState } from './state.ts'

/** What became of a sample. */
export interface Merged {
  /** Slots to write, derived ones behind those they come from. */
  readonly written: number[]
  /** Wire values by what became of them. */
  readonly values: Record<Fate, number>
  /** Held values replaced because two polls agreed against them. */
  reconciled: number
}

/** What a poll contests with when it says that there is no value. */
const NO_VALUE = Number.MAX_VALUE

/** Computed values carry six decimals: more is noise of the arithmetic, 3.319 - 3.310 is 0.009. */
const DIGITS = 1e6

const RECENT_CADENCES = 2

/** By slot: 1 for what the merge under way writes; all 0 in between. No kind of module has more slots. */
const marks = new Uint8Array(1024)

type Fate = 'written' | 'unchanged' | 'withheld'

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b))

const heldAs = (module: ModuleState, sample: Sample, slot: number, value: number): boolean =>
  module.table.slots[slot]!.format === 'text'
    ? module.texts[slot] === sample.texts[value]
    : isSame(module.values[slot]!, value)

const hold = (module: ModuleState, sample: Sample, slot: number, value: number): void => {
  module.values[slot] = value
  if (module.table.slots[slot]!.format === 'text') module.texts[slot] = sample.texts[value]!
}

const settle = (module: ModuleState, slot: number): void => {
  if (module.contested?.delete(slot) && module.contested.size === 0) module.contested = undefined
}

const contest = (module: ModuleState, slot: number, said: number): void => {
  module.contested ??= new Map()
  module.contested.set(slot, said)
}

/** A push is the truth; of settings and texts only what is new is written. */
const fateOfPush = (module: ModuleState, sample: Sample, i: number, at: number): Fate => {
  const slot = sample.slots[i]!
  const isNews = module.table.isOccasional[slot] === 0 || !heldAs(module, sample, slot, sample.values[i]!)
  hold(module, sample, slot, sample.values[i]!)
  module.pushedAt[slot] = at
  settle(module, slot)
  return isNews ? 'written' : 'unchanged'
}

/** A poll against a recent push: a second poll must agree before it replaces what was pushed. */
const fateAgainstPush = (
  module: ModuleState,
  slot: number,
  value: number,
  isHeld: boolean,
  at: number,
): Fate | 'confirmed' => {
  if (isHeld) {
    settle(module, slot)
    return 'unchanged'
  }
  // An answer that says the same twice (the bank, and again in the primary pack's record) is one poll.
  const said = Number.isNaN(value) ? NO_VALUE : value
  if (module.contested?.get(slot) === said && module.polledAt !== at) return 'confirmed'
  contest(module, slot, said)
  return 'withheld'
}

/** How long a push counts as recent (ms); before its cadence is known, as if it came as often as polls do. */
const recentMs = ({ cadenceMs, numbers }: ModuleState): number => RECENT_CADENCES * (cadenceMs || numbers.pollMs)

const fateOfPoll = (module: ModuleState, sample: Sample, i: number, at: number, merged: Merged): Fate => {
  const slot = sample.slots[i]!
  const value = sample.values[i]!
  const { format, isSetting } = module.table.slots[slot]!
  const isHeld = heldAs(module, sample, slot, value)
  const isPushed = module.pushedAt[slot]! > 0 && at - module.pushedAt[slot]! <= recentMs(module)
  if (isPushed && format !== 'text') {
    const fate = fateAgainstPush(module, slot, value, isHeld, at)
    if (fate !== 'confirmed') return fate
    merged.reconciled++
    module.pushedAt[slot] = 0
  } else if (isHeld && isSetting) return 'unchanged'
  hold(module, sample, slot, value)
  settle(module, slot)
  return 'written'
}

const tally = (values: Record<Fate, number>, fate: Fate): void => {
  if (fate === 'written') values.written++
  else if (fate === 'unchanged') values.unchanged++
  else values.withheld++
}

/** Whether the slot has a value is told when that changes: without it `last()` would keep an old value alive. */
const noteKnown = ({ table, values }: ModuleState, slot: number, written: number[]): void => {
  const flag = table.knownOf[slot]!
  const isKnown = Number.isNaN(values[slot]!) ? 0 : 1
  if (values[flag] === isKnown) return
  values[flag] = isKnown
  marks[flag] = 1
  written.push(flag)
}

/** Folds the sample into the module. `at` is the receive time (epoch ms). */
export const merge = (module: ModuleState, sample: Sample, via: Via, at: number): Merged => {
  const merged: Merged = { written: [], values: { written: 0, unchanged: 0, withheld: 0 }, reconciled: 0 }
  const { written } = merged
  const { values, pushedAt } = module
  const { isOccasional, knownOf } = module.table
  const { slots, origins, count } = sample
  const isPush = via === 'push'
  let origin = NO_ORIGIN
  for (let i = 0; i < count; i++) {
    const slot = slots[i]!
    let fate: Fate = 'written'
    if (isPush && isOccasional[slot] === 0) {
      // What fateOfPush does for nearly every value, without the call.
      values[slot] = sample.values[i]!
      pushedAt[slot] = at
      if (module.contested !== undefined) settle(module, slot)
    } else fate = isPush ? fateOfPush(module, sample, i, at) : fateOfPoll(module, sample, i, at, merged)
    if (fate === 'written' && marks[slot] === 0) {
      marks[slot] = 1
      written.push(slot)
    }
    if (fate !== 'withheld' && knownOf[slot]! >= 0) noteKnown(module, slot, written)
    // The first slot of a wire value stands for all that the value fills.
    const from = origins[i]!
    if (from !== NO_ORIGIN && from !== origin) tally(merged.values, fate)
    origin = from
  }
  if (via === 'poll') module.polledAt = at
  derive(module, written)
  for (const slot of written) marks[slot] = 0
  return merged
}

/** Rules have one or two inputs; spreading a list for each of them would cost more than the rule. */
const computed = (rule: Derived, from: readonly number[], values: Float64Array): number =>
  from.length === 2
    ? rule.compute(values[from[0]!]!, values[from[1]!]!)
    : rule.compute(...from.map((input) => values[input]!))

/** Computes what depends on the written slots; a result that is not known is forgotten, never held. */
const derive = (module: ModuleState, written: number[]): void => {
  const { values } = module
  for (const { slot, from, rule } of module.table.derived) {
    let isDue = false
    let isReady = true
    for (const input of from) {
      if (marks[input] === 1) isDue = true
      if (Number.isNaN(values[input]!)) isReady = false
    }
    if (!isDue) continue
    const isComputed = isReady || rule.partial === true
    values[slot] = isComputed ? Math.round(computed(rule, from, values) * DIGITS) / DIGITS : Number.NaN
    if (Number.isNaN(values[slot]!)) continue
    marks[slot] = 1
    written.push(slot)
  }
}
