/**
 * A set command on its way: what was asked, by whom, and what became of it. `accepted → sent → confirmed`; other ends
 * are `unconfirmed`, `contradicted`, `rejected`, `failed`. Times are epoch ms.
 */

export const COMMAND_STATES = {
  accepted: { isFinal: false, is: 'checked and recorded; not sent yet' },
  sent: { isFinal: false, is: 'taken by the broker, or queued by the cloud; its effect is not seen yet' },
  confirmed: { isFinal: true, is: 'what the kit reports shows the effect' },
  unconfirmed: { isFinal: true, is: 'nothing that the kit reported in time shows the effect' },
  contradicted: { isFinal: true, is: 'what the kit reports says otherwise' },
  rejected: { isFinal: true, is: 'not sent: a check forbade it' },
  failed: { isFinal: true, is: 'the vendor or the kit refused it, or it could not be sent' },
} as const

export type CommandState = keyof typeof COMMAND_STATES

export interface CommandRecord {
  /** Ours, a UUID. */
  readonly id: string
  /** The vendor's `id` on the wire, from 1 to 2^31 - 1. */
  readonly wireId: number
  readonly kitSn: string
  /** Name in the catalogue. */
  readonly command: string
  readonly operateType: string
  readonly params: Readonly<Record<string, unknown>>
  /** Name of the token it came with. */
  readonly by: string
  readonly askedAt: number
  readonly state: CommandState
  readonly transport: 'mqtt' | 'http' | ''
  /** A set reply came. */
  readonly isAcknowledged: boolean
  readonly sentAt: number | undefined
  readonly acknowledgedAt: number | undefined
  readonly endedAt: number | undefined
  /** The outcome in a sentence: why it failed, what contradicts, what to do. */
  readonly text: string
}
