/** What the vendor's HTTP API is asked and what it answers, as the rest of the collector sees it. `api.ts` speaks it. */
import type { Counters } from '../counters.ts'
import type { Timers } from '../timers.ts'
import type { Outcome } from './outcome.ts'
import type { Credentials, Signable } from './signature.ts'

/** What the MQTT session signs in with. `url` is `mqtts://host:port`. */
export interface Certification {
  readonly account: string
  readonly password: string
  readonly url: string
}

/** A kit of the account. The cloud's `isOnline` lags and flaps; undefined where the answer does not say it. */
export interface Device {
  readonly sn: string
  /** The serial number where the owner gave no name. */
  readonly name: string
  readonly isOnline: boolean | undefined
  readonly productName?: string
}

/** An answer as it came, ready for the line: `topic` as report/topic.ts reads it. */
export interface Answered {
  readonly topic: string
  readonly bytes: Uint8Array
}

export interface DeviceList extends Answered {
  readonly devices: readonly Device[]
}

/** What was not understood: `answer` as a whole, or one part of it. */
export type StrangeKind = 'answer' | 'redirect' | 'certification' | 'device_list' | 'device' | 'code'

/** The body of a set command, as the vendor's document writes it. */
export type SetBody = { readonly sn: string; readonly [key: string]: Signable }

export interface ApiOptions {
  /** The account's name in the settings, for the words of a failure. */
  readonly account: string
  /** `https://host[:port]`. */
  readonly host: string
  readonly credentials: Credentials
  readonly fetch: typeof fetch
  /** Epoch ms as the cloud counts it: requests are signed with it. */
  readonly now: () => number
  /** Epoch ms by the clock that is corrected, uncorrected: what `sentAt` and `receivedAt` are read from. */
  readonly localNow: () => number
  /** For time-outs and pauses only. */
  readonly timers: Timers
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** The `Date` of each answer of the cloud, also of refusals: whole seconds, epoch ms. */
  readonly onDate: (serverAt: number, sentAt: number, receivedAt: number) => void
  /** An answer that was not understood: its text bounded, without secrets; `kitSn` empty where it concerns none. */
  readonly onStrange: (kind: StrangeKind, kitSn: string, text: string) => void
  readonly counters: Counters
  /** How selected quotas are asked for. The general document says POST. src: powerkits-api.txt L10 says GET */
  readonly quotasMethod: 'POST' | 'GET'
}

/** Never throws; a failure of the set command says whether the command can have been carried out. */
export interface Api {
  certification(): Promise<Outcome<Certification>>
  devices(): Promise<Outcome<DeviceList>>
  quotaAll(sn: string): Promise<Outcome<Answered>>
  quotas(sn: string, names: readonly string[]): Promise<Outcome<Answered>>
  /** Success means queued by the cloud, not carried out by the kit. */
  set(body: SetBody): Promise<Outcome<Answered>>
}
