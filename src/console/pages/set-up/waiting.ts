/** What becomes of keys that were saved, told from what the collector answers while it changes over. Pure. */
import type { Kits } from '../../api-shapes.ts'
import type { Setup } from '../../set-up-shapes.ts'

/** failed: it is back in the demonstration, and says why. */
export type Outcome = 'changing' | 'collecting' | 'failed'

/** Kits come a moment after the change; an account may also have none. */
const KITS_WITHIN_MS = 15_000

/** Answers that did not come are undefined: it does not answer while it changes over. */
export const outcomeOf = (kits: Kits | undefined, setup: Setup | undefined, sinceMs: number): Outcome => {
  if (setup?.problem !== undefined) return 'failed'
  if (kits === undefined || kits.is_demonstration) return 'changing'
  return kits.kits.length > 0 || sinceMs > KITS_WITHIN_MS ? 'collecting' : 'changing'
}
