/**
 * The tokens of CONTROL_TOKENS: who may do what, with which kits, until when. Pure. A problem names the line and never
 * what stands in it, since that may be the token.
 */
import { z } from 'zod'
import { isSerialNumber } from '../catalogue/serial-numbers.ts'

/** What a token allows; each word includes those before it. */
export const SCOPES = {
  read: 'read values and what became of commands',
  control: 'send commands that are not dangerous',
  dangerous: 'send every command',
} as const

export type Scope = keyof typeof SCOPES

const RANKS = Object.keys(SCOPES) as [Scope, ...Scope[]]

/** Whether what is granted includes what is asked. */
export const includesScope = (granted: Scope, asked: Scope): boolean => RANKS.indexOf(granted) >= RANKS.indexOf(asked)

export interface ControlToken {
  readonly name: string
  readonly scope: Scope
  /** Serial numbers of the kits that it is for; empty: all. */
  readonly kits: readonly string[]
  /** From then on it is void; epoch ms. */
  readonly untilAt: number | undefined
  readonly token: string
}

const LEAST_LENGTH = 16
const DAY_MS = 86_400_000

const expected = {
  name: 'name= is to be 1 to 32 lower-case letters, digits and dashes',
  scope: `scope= is to be one of ${RANKS.join(', ')}`,
  kits: 'kits= is to be serial numbers, separated by commas',
  until: 'until= is to be the last day, as 2027-01-31, or a moment, as 2027-01-31T12:00:00Z',
  token: `token= is to be at least ${LEAST_LENGTH} characters without spaces, such as \`openssl rand -hex 24\` makes`,
} as const

/** A day holds until its end, UTC. */
const until = z
  .union([
    z.iso.date().transform((day) => Date.parse(day) + DAY_MS),
    z.iso.datetime({ offset: true }).transform((moment) => Date.parse(moment)),
  ])
  .optional()

const Line = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  scope: z.enum(RANKS),
  kits: z
    .string()
    .transform((all) => all.split(','))
    .refine((all) => all.every(isSerialNumber))
    .default([]),
  until,
  token: z.string().min(LEAST_LENGTH),
})

const split = (word: string): [key: string, value: string] => {
  const at = word.indexOf('=')
  return at < 0 ? ['', word] : [word.slice(0, at), word.slice(at + 1)]
}

const problemsOf = (error: z.ZodError): string[] => {
  const keys = new Set(error.issues.map(({ code, path }) => (code === 'unrecognized_keys' ? '' : String(path[0]))))
  const words = Object.keys(expected).map((key) => `${key}=`)
  return [...keys].map((key) =>
    key === '' ? `a word is none of ${words.join(', ')}` : expected[key as keyof typeof expected],
  )
}

const readLine = (line: string): ControlToken | string[] => {
  const words = line.split(/\s+/).map(split)
  if (new Set(words.map(([key]) => key)).size < words.length) return ['a word stands there twice']
  const read = Line.safeParse(Object.fromEntries(words))
  if (!read.success) return problemsOf(read.error)
  const { until: untilAt, ...rest } = read.data
  return { ...rest, untilAt }
}

const twins = (tokens: readonly ControlToken[], key: 'name' | 'token'): string[] => {
  const distinct = new Set(tokens.map((one) => one[key]))
  return distinct.size < tokens.length ? [`two lines have the same ${key}=`] : []
}

export interface ReadTokens {
  readonly tokens: readonly ControlToken[]
  readonly problems: readonly string[]
}

/** One token a line, or separated by semicolons: `name=van scope=control kits=… until=… token=…`; # begins a comment. */
export const readTokens = (text: string | undefined): ReadTokens => {
  const lines = (text ?? '').split(/[\n;]/).map((line) => line.trim())
  const tokens: ControlToken[] = []
  const problems: string[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue
    const read = readLine(line)
    if (Array.isArray(read)) problems.push(...read.map((problem) => `line ${index + 1}: ${problem}`))
    else tokens.push(read)
  }
  return { tokens, problems: [...problems, ...twins(tokens, 'name'), ...twins(tokens, 'token')] }
}
