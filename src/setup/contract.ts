/** What the set-up does for whoever asks: looks at keys, saves them, tells how it stands. `setup.ts` is the one there is. */
import type { Finding } from '../doctor/finding.ts'
import type { Account, Kits } from '../fleet.ts'

/** As a person types them in. */
export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: Account['region']
}

export interface CheckedKeys {
  /** Without secrets. */
  readonly findings: readonly Finding[]
  /** Undefined where the cloud does not take the keys, or does not list the kits. */
  readonly kits: Kits | undefined
}

/**
 * `elsewhere`: its settings cannot be written here, `text` says where to put the keys. `failed`: something else stands
 * in the way. Nothing was changed in either case.
 */
export interface SetupRefusal {
  readonly refused: 'code_wrong' | 'code_spent' | 'busy' | 'elsewhere' | 'failed'
  readonly text: string
}

export interface SetupStatus {
  readonly triesLeft: number
  /** Keys are saved, and the collector is about to collect with them. */
  readonly isSaved: boolean
  /** Why keys cannot be saved here, and where to put them; undefined where they can. */
  readonly elsewhere: string | undefined
  /** Why collecting did not start with keys that were saved; empty otherwise. */
  readonly problem: string
}

/** A person is who knows the code. */
export interface Setup {
  status(): Promise<SetupStatus>
  /** Changes nothing. */
  check(code: string, keys: Keys): Promise<CheckedKeys | SetupRefusal>
  /** Checks once more, and saves what the cloud takes. */
  save(code: string, keys: Keys): Promise<(CheckedKeys & { readonly isSaved: boolean }) | SetupRefusal>
}
