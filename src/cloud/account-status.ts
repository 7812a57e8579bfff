/** What a source of reports tells about itself: an account of the vendor's cloud, or a plain broker. No secret in it. */
import type { SessionStatus } from './session-contract.ts'

/** The HTTP API of an account, as its last requests found it. */
export interface HttpStatus {
  /** Its last requests were not answered, or answered with a failure of the whole account. */
  readonly isDown: boolean
  /** When it last answered well (epoch ms); undefined: not since the start. */
  readonly lastOkAt: number | undefined
  readonly requestsLastMinute: number
  /** Why it is down, in a sentence; empty when it is not. */
  readonly problem: string
}

export interface AccountStatus {
  /** As the owner named it: `main` for the one of the settings. */
  readonly name: string
  readonly kind: 'cloud' | 'broker'
  /** Of the HTTP API, or of the broker; undefined as long as the region is not found. */
  readonly host: string | undefined
  /** Serial numbers of the kits that it brings. */
  readonly kits: readonly string[]
  readonly session: SessionStatus
  /** Undefined for a broker: it has no HTTP API. */
  readonly http: HttpStatus | undefined
  /** The vendor's clock less ours; undefined as long as it is not learnt, and for a broker. */
  readonly clockOffsetMs: number | undefined
}
