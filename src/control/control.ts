/** What the rest of the collector may ask of the control of kits. */
import type { Input } from '../store/record.ts'
import type { CommandRecord } from './command-record.ts'

export interface Asked {
  readonly kitSn: string
  readonly command: string
  readonly params: unknown
  /** Name of the token, and what it may do. */
  readonly by: string
  readonly mayDanger: boolean
  /** The second step of a dangerous command. */
  readonly confirmation?: string | undefined
  /** The same key with the same content is the same command. */
  readonly idempotencyKey?: string | undefined
  readonly isDryRun: boolean
}

/** Why a command is not sent. `code` is a row of refusals; `status` the HTTP status that fits. */
export interface Refusal {
  readonly code: string
  readonly status: number
  readonly text: string
  /** Of a dangerous command asked without it: valid once, for so long. */
  readonly confirmation?: { readonly token: string; readonly expiresAt: number }
}

/** What would go over the wire, or did. */
export interface Plan {
  readonly transport: 'mqtt' | 'http'
  /** MQTT topic, or method and path. */
  readonly to: string
  readonly message: unknown
  readonly checks: readonly string[]
  /** How the effect is read back, in words. */
  readonly readBack: string
}

export type Answer =
  | { readonly isOk: true; readonly record: CommandRecord | undefined; readonly plan: Plan }
  | { readonly isOk: false; readonly refusal: Refusal }

export interface Control {
  ask(asked: Asked): Promise<Answer>
  get(id: string): CommandRecord | undefined
  /** The newest first. */
  list(kitSn?: string): readonly CommandRecord[]
  /** Hears each change of the command until it has ended, beginning with how it stands. */
  follow(id: string, onChange: (record: CommandRecord) => void): () => void
  /** Looks at an input that the line has taken: set replies, and reports that show effects. */
  observe(input: Input): void
  close(): Promise<void>
}
