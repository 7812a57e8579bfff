/** Where reports come from, as the collector sees it: an account of the vendor's cloud, or a plain broker. */
import type { Kits } from '../fleet.ts'
import type { Log } from '../log.ts'
import type { Input } from '../store/record.ts'
import type { Timers } from '../timers.ts'
import type { TrackState } from '../track/state.ts'
import type { AccountStatus } from './account-status.ts'
import type { OpenLink } from './link.ts'

export interface Source {
  /** The kits it brings, as far as they are known by now. */
  kits(): Kits
  status(): AccountStatus
  /** Records up to this sequence number are durable: acknowledge their messages. */
  onDurable(seq: number): void
  /** There is room again: ask for what was refused. */
  onRoom(): void
  close(): Promise<void>
}

/** What every source needs of the collector. */
export interface SourceParts {
  readonly openLink: OpenLink
  readonly timers: Timers
  readonly random: () => number
  readonly log: Log
  /** What is known of the kits, for questions about their freshness. */
  readonly state: () => TrackState
  /** Hands an input to the line; its record's sequence number, or undefined when there was no room. */
  readonly accept: (input: Input) => number | undefined
  /** A message that nobody sends again found no room. */
  readonly lose: (at: number) => void
  /** The kits of the source are others now. */
  readonly onKits: () => void
}

/** Takes a session's message to the line. */
export const messageTaker =
  ({ timers, accept, lose }: Pick<SourceParts, 'timers' | 'accept' | 'lose'>) =>
  (topic: string, bytes: Uint8Array, isDuplicate: boolean, qos: number): number | undefined => {
    const at = timers.now()
    const seq = accept({ at, source: 'mqtt', topic, bytes, isDuplicate })
    if (seq === undefined && qos === 0) lose(at)
    return seq
  }

/** The vendor's exact topics of these kits. src: powerkits-api.txt L1663, L2503, L2534 */
export const topicsOfKits = (account: string, kitSns: readonly string[]): string[] =>
  kitSns.flatMap((sn) => ['quota', 'status', 'set_reply'].map((channel) => `/open/${account}/${sn}/${channel}`))

/** Tells the line that the kits' cloud cannot be reached since a time (epoch ms), or can be again. */
export const tellCloud = (
  { timers, accept }: Pick<SourceParts, 'timers' | 'accept'>,
  kitSns: readonly string[],
  isDown: boolean,
  text: string,
  sinceAt: number,
): void => {
  const bytes = new TextEncoder().encode(JSON.stringify({ kits: kitSns, text, sinceAt }))
  accept({ at: timers.now(), source: 'tick', topic: isDown ? 'cloud/down' : 'cloud/up', bytes })
}
