/** Where reports come from, as the collector sees it: an account of the vendor's cloud, or a plain broker. */
import type { Kits } from '../fleet.ts'
import type { Log } from '../log.ts'
import type { Input } from '../store/record.ts'
import type { Timers } from '../timers.ts'
import type { TrackState } from '../track/state.ts'
import type { AccountStatus } from './account-status.ts'
import type { SetBody } from './api-contract.ts'
import type { OpenLink, Published } from './link.ts'
import type { Outcome } from './outcome.ts'

/** How set commands reach the kits of a source. Nothing of it is done twice, and nothing waits for a connection. */
export interface SourceControl {
  /** `/open/{account}/{sn}/set`; undefined while MQTT cannot carry a command to the kit: no session, or no account known. */
  setTopic(kitSn: string): string | undefined
  publish(topic: string, bytes: Uint8Array): Promise<Published>
  /** Whether the HTTP API was there when it was last asked. A plain broker has none. */
  isHttpUp(): boolean
  /** Queued by the cloud, or a failure. Only where there is an HTTP API. */
  set(body: SetBody): Promise<Outcome<undefined>>
  /** Wants all quotas of the kit within seconds. Without an HTTP API nothing comes of it. */
  pollSoon(kitSn: string): void
}

export interface Source {
  /** The kits it brings, as far as they are known by now. */
  kits(): Kits
  status(): AccountStatus
  readonly control: SourceControl
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

/** Where a kit's set commands go. src: powerkits-api.txt L1663 */
export const setTopicOf = (account: string, kitSn: string): string => `/open/${account}/${kitSn}/set`

/** Tells the line that the kits' session, which was silent, is connected anew. */
export const tellRenewal = (
  { timers, accept }: Pick<SourceParts, 'timers' | 'accept'>,
  kitSns: readonly string[],
): void => {
  const bytes = new TextEncoder().encode(JSON.stringify({ kits: kitSns }))
  accept({ at: timers.now(), source: 'tick', topic: 'session/renewed', bytes })
}

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
