/**
 * A set command on its way: what was asked, by whom, and what became of it. `accepted → sent → confirmed`; other ends
 * are `unconfirmed`, `contradicted`, `rejected`, `failed`. Times are epoch ms. As JSON it is an input of the line.
 */
import type { ReadBack } from '../catalogue/command.ts'

/** `code` orders them, for charts. */
export const COMMAND_STATES = {
  accepted: { code: 0, isFinal: false, is: 'checked and recorded; not known to be taken by broker or cloud' },
  sent: { code: 1, isFinal: false, is: 'taken by the broker, or queued by the cloud; its effect is not seen yet' },
  confirmed: { code: 2, isFinal: true, is: 'what the kit reports shows the effect' },
  unconfirmed: { code: 3, isFinal: true, is: 'nothing that the kit reported in time shows the effect' },
  contradicted: { code: 4, isFinal: true, is: 'what the kit reports says otherwise' },
  rejected: { code: 5, isFinal: true, is: 'not sent: a check forbade it' },
  failed: { code: 6, isFinal: true, is: 'the vendor or the kit refused it, or it could not be sent' },
} as const

export type CommandState = keyof typeof COMMAND_STATES

/** What must show the effect; `sn` is the module's, left out where its kind alone tells. */
export type WantedReadBack = ReadBack & { readonly sn?: string | undefined }

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
  /** Of the sender, who may ask twice; empty where there was none. */
  readonly idempotencyKey: string
  readonly askedAt: number
  readonly state: CommandState
  readonly transport: 'mqtt' | 'http' | ''
  /** A set reply came that says it was done. It may come late, also after the end, or never. */
  readonly isAcknowledged: boolean
  readonly sentAt: number | undefined
  readonly acknowledgedAt: number | undefined
  readonly endedAt: number | undefined
  /** How it stands, or how it ended, in a sentence: why it failed, what contradicts, what to do. */
  readonly text: string
  /** What is looked for; why nothing can be, where that is a sentence. */
  readonly readBack: readonly WantedReadBack[] | string
}

/** As the line remembers it. `stampAt` is the time of its row. */
export interface TrackedCommand {
  readonly record: CommandRecord
  readonly stampAt: number
}

export const hasEnded = ({ state }: CommandRecord): boolean => COMMAND_STATES[state].isFinal
