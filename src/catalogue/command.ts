/**
 * What is known of a set command, as data: what a person calls it and gives it, what goes over the wire, to whom, by
 * which way, and how its effect is read back. One file per module under `commands/`; nothing here sends anything.
 */
import type { z } from 'zod'

/** Whom a command is addressed to: a module by its kind, or every pack, or the hub. src: VENDOR-FACTS §5.3 */
export type Addressee =
  | 'hub'
  | 'packs'
  | 'generator'
  | 'bbcin'
  | 'bbcout'
  | 'iclow'
  | 'ichigh'
  | 'ldac'
  | 'lddc'
  | 'wireless'

export type Transport = 'mqtt' | 'http'

/** A value on the wire. */
export type WireValue = string | number | readonly WireValue[]

/** What a kit's record must say, once the command has taken effect: a wire field of a module and how to compare it. */
export interface ReadBack {
  readonly kind: string
  /** Dotted below the module, as in shape C: `appCfg.acChgDisable`. */
  readonly field: string
  /** Only these bits of it. */
  readonly mask?: number
  readonly expected: number | string
}

/** `tested`: seen to work on hardware by somebody public; `document`: the vendor's document alone. */
export type Confidence = 'tested' | 'document'

export interface Command<Params extends Record<string, unknown> = Record<string, unknown>> {
  /** `dc-output.switch` */
  readonly name: string
  readonly is: string
  readonly operateType: string
  /** In people's units; strict, with the ranges and cross-checks in it. */
  readonly params: z.ZodType<Params>
  readonly addressee: Addressee
  readonly moduleType: number
  /** In order of preference; one that is left out is not possible. */
  readonly transports: readonly Transport[]
  /** The vendor's `params`. */
  wire(params: Params): Readonly<Record<string, WireValue>>
  /** What shows the effect; a sentence where nothing does. */
  readBack(params: Params): readonly ReadBack[] | string
  /** Why these parameters are dangerous; empty where they are not. */
  danger(params: Params): string
  readonly confidence: Confidence
  /** Line of the vendor's document, or another public source. */
  readonly src: string
}
