/** What the doctor needs to look with; `run-doctor.ts` brings the machine's, tests and shows bring others. */
import type { OpenLink } from '../cloud/link.ts'
import type { Settings } from '../config.ts'
import type { Fleet } from '../fleet.ts'
import type { Files } from '../store/files.ts'
import type { OpenedStore } from '../store/open-store.ts'
import type { Timers } from '../timers.ts'
import type { Finding } from './finding.ts'
import type { Running } from './running.ts'

export interface DoctorParts {
  readonly settings: Settings
  /** What of the fleet is this collector's own. */
  readonly fleet: Fleet
  readonly fetch: typeof fetch
  readonly openLink: OpenLink
  /** The address a host's name stands for; rejects with Node's error. */
  readonly lookup: (host: string) => Promise<string>
  /** What this user may still write on the disk of this directory. */
  readonly freeBytes: (dir: string) => Promise<number>
  readonly openStore: () => Promise<OpenedStore>
  readonly files: Files
  /** Epoch ms of the machine's clock. */
  readonly localNow: () => number
  readonly timers: Timers
  readonly random: () => number
  /** The collector that works in this data directory; undefined: there is none, and none can start meanwhile. */
  readonly running: Running | undefined
  /** Files with secrets that others on this machine can read. */
  readonly exposed: readonly string[]
  readonly keepSecret: (secret: string) => void
  readonly keepStrange: (kind: string, kitSn: string, text: string) => void
  readonly report: (finding: Finding) => void
}

/** What it takes to look at sources alone, apart from store and disk. */
export type SourceParts = Omit<DoctorParts, 'fleet' | 'freeBytes' | 'openStore' | 'exposed'>
