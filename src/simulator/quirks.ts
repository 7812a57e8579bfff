/**
 * What a kit, or the way to it, does with set commands other than obey at once and answer once. Quirks are switched on
 * like faults; several that concern a command hold together, of two for the same thing the later one.
 */

/** Times in ms of the simulator's timers; Infinity is never. What is left out is as real kits mostly do it. */
export interface Quirk {
  /** Until the effect shows; never: the reply says done, and nothing happens. */
  readonly effectAfterMs?: number
  readonly replyAfterMs?: number
  /** How often the same reply comes. */
  readonly replies?: number
  /** Signed by a module that was not addressed, of another type. src: powerkits-api.txt L1936-2491 */
  readonly isForeign?: boolean
  /** The reply has an id of its own. src: powerkits-api.txt L2431 */
  readonly hasOtherId?: boolean
  /** How the reply says "done": `bare` says nothing of it. src: powerkits-api.txt L1683-1695, L2407-2410 */
  readonly verdict?: 'retSta' | 'ack' | 'code' | 'bare'
  /** The kit refuses with this, and does nothing. */
  readonly retSta?: number
  /** The connection breaks: before the command has reached the cloud, or before the cloud has said that it has it. */
  readonly lost?: 'command' | 'answer'
}

/** A quirk that is on: for which commands of the kit (empty: all), and for how many of them still. */
export interface LastingQuirk {
  readonly quirk: Quirk
  readonly operateType: string
  left: number
}

/** How this one command is treated; each quirk found counts as used once. */
export const takeQuirk = (quirks: Set<LastingQuirk>, operateType: string): Quirk => {
  const found = [...quirks].filter((each) => each.operateType === '' || each.operateType === operateType)
  for (const each of found) if (--each.left <= 0) quirks.delete(each)
  return Object.assign({}, ...found.map(({ quirk }) => quirk))
}
