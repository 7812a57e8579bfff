/**
 * What is known of a set command, as data: what a person calls it and gives it, what goes over the wire, to whom, by
 * which way, and how its effect is read back. One file per module under `commands/`; nothing here sends anything.
 */
import { z } from 'zod'

/** Whom a command can be addressed to: the hub, every pack at once, the generator, or a module by its kind. */
export const ADDRESSEES = [
  'hub',
  'packs',
  'generator',
  'bbcin',
  'bbcout',
  'iclow',
  'ichigh',
  'ldac',
  'lddc',
  'wireless',
] as const

export type Addressee = (typeof ADDRESSEES)[number]

export type Transport = 'mqtt' | 'http'

/** A value on the wire. */
export type WireValue = string | number | readonly WireValue[] | { readonly [key: string]: WireValue }

/** What a kit's record must say, once the command has taken effect: a wire field of a module and how to compare it. */
export interface ReadBack {
  /** Fields of `bmstotal` may also stand in the record of the primary pack. */
  readonly kind: string
  /** Dotted below the module, as in shape C: `appCfg.acChgDisable`; its other spellings are in the module's catalogue. */
  readonly field: string
  /** Only these bits of it; `expected` has them in their place. */
  readonly mask?: number
  readonly expected: number
}

/** What the kit reports now: by module kind and our field name, in base units; undefined while it is not known. */
export type Reported = (kind: string, name: string) => number | undefined

/** A check of the parameters against what the kit reports now. */
export interface Comparison {
  readonly isOk: boolean
  /** What was compared, or why nothing could be. */
  readonly text: string
}

/** Why a command needs a second step. */
export interface Danger<Params extends Record<string, unknown> = Record<string, unknown>> {
  /** With which parameters, for people: `always`, `when switched off`. */
  readonly when: string
  /** What can happen: a sentence. */
  readonly why: string
  applies(params: Params, reported: Reported): boolean
}

/** `tested`: seen to work on hardware by somebody public; `document`: the vendor's document alone. */
export type Confidence = 'tested' | 'document'

export interface Command<Params extends Record<string, unknown> = Record<string, unknown>> {
  /** `dc-output.switch` */
  readonly name: string
  readonly is: string
  readonly operateType: string
  /** In people's units; strict, with the ranges in it. `module` chooses among several modules of the addressee's kind. */
  readonly params: z.ZodType<Params>
  /** Parameters that it takes, for people to begin with. */
  readonly example: Params
  readonly addressee: Addressee
  readonly moduleType: number
  /** A module that the kit must have besides the addressee: what the command acts on. */
  readonly needs?: Addressee
  /** In order of preference; one that is left out is not possible. */
  readonly transports: readonly Transport[]
  /** The vendor's `params`. */
  wire(params: Params): Readonly<Record<string, WireValue>>
  /** What shows the effect; a sentence where nothing does. */
  readBack(params: Params): readonly ReadBack[] | string
  /** What the kit reports now must not contradict. */
  compare?(params: Params, reported: Reported): Comparison
  readonly danger?: Danger<Params>
  readonly confidence: Confidence
  /** Where we do other than the vendor's example, and why. */
  readonly differs?: string
  /** Lines of the vendor's document, or another public source. */
  readonly src: string
}

/** A command with its parameters' type taken from their schema. */
export const command = <Params extends Record<string, unknown>>(entry: Command<Params>): Command => entry

/** The JSON Schema of a command's parameters, with `unit` beside each that has one. */
export const paramsSchema = ({ params }: Command): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(params, { io: 'input' })
