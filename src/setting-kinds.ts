/** How the values of settings are read from text: what each kind takes and what it gives. */
import { z } from 'zod'
import { readQuietHours } from './alerts/quiet-hours.ts'
import { ALERTS } from './catalogue/alerts.ts'
import { COMMANDS } from './catalogue/commands.ts'
import { isSerialNumber } from './catalogue/serial-numbers.ts'
import { readAddressing } from './control/addressing.ts'

export interface Setting {
  /** What it is for. */
  readonly is: string
  readonly read: z.ZodType
  readonly expected: string
  /** May also come from the file that `NAME_FILE` names; its value is never shown. */
  readonly secret?: true
  /** Its default is this machine’s own, so that it differs from one to the next. */
  readonly ofMachine?: true
}

/** Any text, or none. */
export const text = z.string().optional()
const listOr = (otherwise: string) =>
  z
    .string()
    .default(otherwise)
    .transform((all) =>
      all
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    )
/** Separated by commas; none gives an empty list. */
export const list = listOr('')
/** A whole number from `min` to `max`. */
export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
/** A number from `min` to `max`. */
export const decimal = (min: number, max: number) => z.coerce.number().min(min).max(max)
/** One of these words; the first is the default. */
export const choice = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values as unknown as [T[number], ...T[number][]]).default(values[0] as T[number])

/** `SN=Name, SN=Name`; the name may be left out. */
export const kits = list
  .transform((entries) =>
    entries.map((entry): [string, string] => {
      const [sn = '', ...name] = entry.split('=')
      return [sn.trim(), name.join('=').trim()]
    }),
  )
  .refine(
    (pairs) => pairs.every(([sn]) => isSerialNumber(sn)) && new Set(pairs.map(([sn]) => sn)).size === pairs.length,
  )
  .transform((pairs): Record<string, string> => Object.fromEntries(pairs))

/** `i/n`: this collector is the i-th of n. */
export const shard = z
  .string()
  .regex(/^\d{1,4}\/\d{1,4}$/)
  .default('1/1')
  .transform((one) => {
    const [index = 0, count = 0] = one.split('/').map(Number)
    return { index, count }
  })
  .refine(({ index, count }) => index >= 1 && index <= count)

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** An address with one of these schemes, written as `https:`. */
export const url = (...schemes: string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol))
    .optional()

/** Where pages come from: scheme, host and port, nothing behind them. */
export const origins = list.refine((all) => all.every((one) => URL.canParse(one) && new URL(one).origin === one))

/** A span of the day such as 22:00-07:00, or none. */
export const quietHours = z
  .string()
  .refine((value) => readQuietHours(value) !== undefined)
  .transform(readQuietHours)
  .optional()

const MAIL = /^[^\s@,<>"]+@[^\s@,<>"]+$/
/** A bare mail address, or none. */
export const address = z.string().regex(MAIL).optional()
/** Bare mail addresses. */
export const addresses = list.refine((all) => all.every((one) => MAIL.test(one)))

/** Ids of rules of alerts. */
export const alertIds = list.refine((ids) => ids.every((id) => ALERTS.some((alert) => alert.id === id)))

const NONE = 'none'

const isCommands = (entry: string): boolean =>
  COMMANDS.some(({ name }) => name === entry || (entry.endsWith('.*') && name.startsWith(entry.slice(0, -1))))

/** Names of commands, or `module.*` for all of a module; `none` is an empty list. */
export const commandNames = (otherwise: string) =>
  listOr(otherwise)
    .transform((entries) => (entries.length === 1 && entries[0] === NONE ? [] : entries))
    .refine((entries) => entries.every(isCommands))

/** `command=addressee` or `command=addressee/moduleType`, each command once. */
export const addressing = list.transform((entries, context) => {
  const read = readAddressing(entries)
  if (read !== undefined) return read
  context.addIssue('a command or an addressee that there is not')
  return z.NEVER
})

/** IANA time zone; without one this machine's. */
export const timeZone = z
  .string()
  .refine(isTimeZone)
  .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
