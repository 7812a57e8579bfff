/**
 * Kinds of parameters in people's units, so that a command reads as a table. Each says in its error what was expected,
 * the unit included. None converts text to numbers: a number in quotes is a mistake of the caller.
 */
import { z } from 'zod'
import { isSerialNumber } from '../serial-numbers.ts'

type Range = readonly [least: number, most: number]

const whole = (unit: string, [least, most]: Range, is: string) => {
  const error = `a whole number of ${unit} from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error }).meta({ description: is, unit })
}

export const amperes = (range: Range, is: string) => whole('A', range, is)
export const percent = (range: Range, is: string) => whole('%', range, is)
export const seconds = (range: Range, is: string) => whole('s', range, is)
export const minutes = (range: Range, is: string) => whole('min', range, is)

/** A number that means nothing but itself. */
export const plain = ([least, most]: Range, is: string) => {
  const error = `a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error }).meta({ description: is })
}

/** In steps of a tenth. */
const tenths = (unit: string, [least, most]: Range, is: string) => {
  const error = `${unit} from ${least} to ${most} in steps of 0.1`
  return z
    .number({ error })
    .min(least, { error })
    .max(most, { error })
    .multipleOf(0.1, { error })
    .meta({ description: is, unit })
}

export const volts = (range: Range, is: string) => tenths('V', range, is)
export const metres = (range: Range, is: string) => tenths('m', range, is)

export const onOff = (is: string) => z.boolean({ error: 'true (on) or false (off)' }).meta({ description: is })

/** Counted from 1, as on the panel. */
export const circuit = (count: number) => plain([1, count], 'number of the circuit, from 1')

/** One of few numbers. */
export const oneOf = <const N extends readonly [number, ...number[]]>(values: N, is: string, unit = '') =>
  z
    .literal([...values] as N[number][], {
      error: values.join(unit === '' ? ' or ' : ` ${unit} or `) + (unit && ` ${unit}`),
    })
    .meta({ description: is, ...(unit !== '' && { unit }) })

/** How many bytes it takes on the wire. */
export const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** A name for people. The vendor tells no limit. */
export const name = (mostBytes: number, is: string) => {
  const error = `text of 1 to ${mostBytes} bytes in UTF-8, without control characters`
  return z
    .string({ error })
    .min(1, { error })
    .max(mostBytes, { error })
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, { error })
    .refine((text) => byteLength(text) <= mostBytes, { error })
    .meta({ description: is })
}

/** Seconds since 1970 in 32 bits. */
const LAST_MOMENT_S = 2 ** 32 - 1

/** A moment with its offset to UTC, from 1970 to 2106: the wire counts seconds. */
export const moment = (is: string) => {
  const error = 'a time such as 2026-05-01T12:00:00Z'
  return z.iso
    .datetime({ offset: true, error })
    .refine((text) => Date.parse(text) >= 0 && Date.parse(text) <= LAST_MOMENT_S * 1000, { error })
    .meta({ description: is })
}

const module = z
  .string({ error: 'the serial number of a module' })
  .refine(isSerialNumber, { error: 'the serial number of a module' })
  .meta({ description: 'serial number of the module, where the kit has several of its kind' })
  .optional()

/** Parameters of a command to the kit as a whole. */
export const toKit = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape)

/** Parameters of a command to one module of a kind. */
export const toModule = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject({ ...shape, module })
