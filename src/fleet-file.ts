/**
 * The file of the fleet: YAML to entries as its owner wrote them. Every problem is told at once, as where, got,
 * expected; neither the value of a secret nor a line of the file ever appears. What entries need of each other is the
 * care of `fleet.ts`.
 */
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { isSerialNumber } from './catalogue/serial-numbers.ts'
import { filled, KIT, kitKeys, oneOf, orEmpty } from './fleet-file-kit.ts'
import { nearest } from './nearest.ts'
import { url } from './setting-kinds.ts'

const address = (example: string, ...schemes: string[]) => {
  const kind = url(...schemes)
  return filled(example).refine((value) => kind.safeParse(value).success, { error: example })
}
const name = z
  .string({ error: 'a name' })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,39}$/u, { error: 'a name of letters, digits, spaces, _ . - (at most 40)' })

const KITS = orEmpty(
  {},
  z.record(z.string().refine(isSerialNumber), orEmpty({}, KIT), { error: 'serial numbers of hubs, each once' }),
)

const ACCOUNT = z.strictObject(
  {
    name,
    access_key: filled('text').optional(),
    access_key_file: filled('a path').optional(),
    secret_key: filled('text').optional(),
    secret_key_file: filled('a path').optional(),
    region: oneOf('auto', 'eu', 'us').default('auto'),
    url: address('https://host', 'http:', 'https:').optional(),
    kits: KITS,
    only_named: oneOf('true', 'false').default('false'),
  },
  { error: 'an account with name, access_key and secret_key' },
)

const BROKER = z.strictObject(
  {
    name,
    url: address('mqtt://host:port or mqtts://host:port', 'mqtt:', 'mqtts:', 'tcp:', 'ssl:'),
    username: filled('text').optional(),
    password: filled('text').optional(),
    password_file: filled('a path').optional(),
    version: oneOf('4', '5').default('4'),
    topics: orEmpty([], z.array(filled('a topic'), { error: 'a list of topics' })),
    account: filled('text such as open-…').optional(),
    kits: KITS,
  },
  { error: 'a broker with name and url' },
)

const FILE = z.strictObject(
  {
    accounts: orEmpty([], z.array(ACCOUNT, { error: 'a list of accounts' })),
    brokers: orEmpty([], z.array(BROKER, { error: 'a list of brokers' })),
  },
  { error: 'accounts and brokers' },
)

export type AccountEntry = z.output<typeof ACCOUNT>
export type BrokerEntry = z.output<typeof BROKER>
export type KitEntries = AccountEntry['kits']

/** An entry that is well by itself, and its place, counted from 1 as people do: `accounts[1]`. */
export interface Placed<T> {
  readonly where: string
  readonly entry: T
}

type Path = readonly PropertyKey[]

const KEYS = { accounts: ACCOUNT, brokers: BROKER }
const SECRET = /^(?:access_key|secret_key|password)$/
/** An address with a password, or a line that a forgotten blank has joined to the one above it. */
const MAY_HOLD_SECRET = /@|key|password/i
/** What must be a list or a group and is a text may be anything: also a secret that stands one level too high. */
const GROUPS = new Set(['array', 'object', 'record'])

/** `accounts[1].region` */
const where = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step + 1}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')

const keysAt = ([list, , kits, , ...inner]: Path): string[] => {
  if (list === undefined) return Object.keys(FILE.shape)
  if (kits === 'kits') return kitKeys(inner)
  return Object.keys(KEYS[list as keyof typeof KEYS]?.shape ?? {})
}

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step], root)

const shown = (value: unknown, path: Path): string => {
  if (value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value !== 'string') return 'a group of settings'
  if (SECRET.test(String(path.at(-1)))) return 'a secret that is not shown'
  return MAY_HOLD_SECRET.test(value) ? 'a text that may hold a password and is not shown' : `"${value}"`
}

const strangers = (keys: readonly string[], path: Path): string[] =>
  keys.map((key) => {
    const guess = nearest(key, keysAt(path))
    return `${where([...path, key])}: is no setting${guess === undefined ? '' : `; did you mean ${guess}?`}`
  })

const tell = (issue: z.core.$ZodIssue, root: unknown): string[] => {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') return strangers(issue.keys, path)
  if (issue.code === 'invalid_key')
    return [`${where(path)}: got ${shown(String(path.at(-1)), [])}, expected the serial number of a hub`]
  const value = valueAt(root, path)
  const isGroup = issue.code === 'invalid_type' && GROUPS.has(issue.expected) && path.at(-1) !== 'topics'
  const got = isGroup && typeof value === 'string' ? 'a text that is not shown' : shown(value, path)
  return [`${where(path) || 'the file'}: got ${got}, expected ${issue.message}`]
}

export interface Entries {
  readonly accounts: readonly Placed<AccountEntry>[]
  readonly brokers: readonly Placed<BrokerEntry>[]
  /** Of the file, and of the entries that are left out for them. */
  readonly problems: readonly string[]
}

const WRONG: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit what stands above it, or a bracket is not closed',
  BAD_SCALAR_START: 'text that begins with a sign such as @ or % must stand in quotes',
  DUPLICATE_KEY: 'this name stands twice in the same group',
  MULTIPLE_DOCS: 'a second document begins; one is expected',
  TAB_AS_INDENT: 'the line begins with a tab; YAML wants spaces',
}

/** The parser's own words quote the file, and with it secrets: only the place and the kind of an error are told. */
const parse = (text: string): { root: unknown; problems: string[] } => {
  const lineCounter = new LineCounter()
  // Scalars are all text: a key made of digits must not become a number.
  const options = { schema: 'failsafe', prettyErrors: false, logLevel: 'silent', lineCounter } as const
  const document = parseDocument(text, options)
  const problems = document.errors.map(
    ({ code, pos }) => `line ${lineCounter.linePos(pos[0]).line}: ${WRONG[code] ?? `is not YAML (${code})`}`,
  )
  if (problems.length > 0) return { root: undefined, problems: [...new Set(problems)] }
  try {
    return { root: document.toJS(), problems }
  } catch {
    return { root: undefined, problems: ['text that begins with * must stand in quotes'] }
  }
}

/** The entries of one list that are well by themselves. */
const well = <T extends z.ZodType>(root: unknown, list: string, entry: T): Placed<z.output<T>>[] => {
  const items = valueAt(root, [list])
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown, index) => {
    const result = entry.safeParse(item)
    return result.success ? [{ where: where([list, index]), entry: result.data }] : []
  })
}

/** Of each list, keys one of which an entry needs, and what for. */
const NEEDED = {
  accounts: [
    { keys: ['access_key', 'access_key_file'], expected: 'the access key, or access_key_file' },
    { keys: ['secret_key', 'secret_key_file'], expected: 'the secret key, or secret_key_file' },
  ],
  brokers: [{ keys: ['account', 'topics'], expected: 'the account in the kits’ topics, or topics (use + for any)' }],
} as const

const missingIn = (root: unknown, list: keyof typeof NEEDED): string[] => {
  const items = valueAt(root, [list])
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown, index) => {
    if (typeof item !== 'object' || item === null) return []
    return NEEDED[list]
      .filter(({ keys }) => keys.every((key) => !(key in item)))
      .map(({ keys, expected }) => `${where([list, index, keys[0]])}: got nothing, expected ${expected}`)
  })
}

/** Reads the file: what is well, and every problem. */
export const readEntries = (text: string): Entries => {
  const { root, problems } = parse(text)
  const result = FILE.safeParse(root || {})
  return {
    accounts: well(root, 'accounts', ACCOUNT),
    brokers: well(root, 'brokers', BROKER),
    problems: [
      ...problems,
      ...(result.error?.issues.flatMap((issue) => tell(issue, root)) ?? []),
      ...missingIn(root, 'accounts'),
      ...missingIn(root, 'brokers'),
    ],
  }
}
