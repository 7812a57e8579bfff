/** A kit that speaks on the open channel at cadences of one's choosing: deltas, and whole records now and then, as the simulator's kits do. */
import type { Kit } from '../../src/simulator/kit-model.ts'
import { type Message, utterancesOf } from '../../src/simulator/kit-voice.ts'
import { modulesOf } from '../../src/simulator/modules.ts'
import { chance } from '../../src/simulator/noise.ts'

/** Something a kit says over and over. `sn` is of its module; empty for what the hub says. */
interface Turn {
  readonly sn: string
  readonly order: number
  readonly cadenceMs: number
  nextAt: number
  count: number
  readonly say: (at: number) => Message | undefined
}

/** How often a module speaks (ms), by its place among the kit's modules and by how often it would. */
export type CadenceOf = (order: number, periodMs: number) => number

export interface SpeakingKit {
  readonly nextAt: () => number
  /** Says what is due; undefined where nothing changed, or while nobody is to hear of it. */
  readonly speak: (isSilent: boolean) => { readonly sn: string; readonly message: Message } | undefined
}

const ACCOUNT = 'open-truth'

/** Speaks from `from` on. The kit must stand at each instant when it is asked to speak. */
export const createSpeakingKit = (kit: Kit, cadenceOf: CadenceOf, from: number): SpeakingKit => {
  const { seed } = kit.plan
  const modules = modulesOf(kit)
  const turns = utterancesOf(kit, ACCOUNT, 'open', from).map(({ periodMs, say }, order): Turn => {
    const cadenceMs = order < modules.length ? cadenceOf(order, periodMs) : periodMs
    const nextAt = Math.floor(from + Math.min(cadenceMs, 15_000) * chance(seed, order, 1))
    return { sn: modules[order]?.sn ?? '', order, cadenceMs, nextAt, count: 0, say }
  })
  const first = (): Turn => turns.reduce((least, turn) => (turn.nextAt < least.nextAt ? turn : least))
  return {
    nextAt: () => first().nextAt,
    speak: (isSilent) => {
      const turn = first()
      const at = turn.nextAt
      turn.nextAt = Math.floor(at + turn.cadenceMs * (0.96 + 0.08 * chance(seed, turn.order, ++turn.count)))
      const message = isSilent ? undefined : turn.say(at)
      return message && { sn: turn.sn, message }
    },
  }
}
