/**
 * Every setting: one row each, with its meaning, its default and how it is read. Secrets may also come from a file
 * (`NAME_FILE`). All problems are reported at once, as setting, what was found, what is expected; a secret's value
 * never appears.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isSerialNumber } from './catalogue/serial-numbers.ts'
import { CollectorError } from './errors.ts'
import { isLoopback } from './http/access.ts'

interface Setting {
  readonly is: string
  readonly read: z.ZodType
  readonly expected: string
  readonly secret?: true
}

const text = z.string().optional()
const list = z
  .string()
  .default('')
  .transform((all) =>
    all
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const choice = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values as unknown as [T[number], ...T[number][]]).default(values[0] as T[number])

/** `SN=Name, SN=Name`; the name may be left out. */
const kits = list
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

const url = (...schemes: string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol))
    .optional()

export const SETTINGS = {
  DATA_DIR: {
    is: 'directory of everything the collector keeps',
    read: z.string().min(1).default('data'),
    expected: 'a directory',
  },
  MQTT_URL: {
    is: 'MQTT broker that carries the kits’ reports',
    read: url('mqtt:', 'mqtts:', 'tcp:', 'ssl:'),
    expected: 'mqtt://host:port or mqtts://host:port',
  },
  MQTT_USERNAME: { is: 'user name at the broker', read: text, expected: 'text' },
  MQTT_PASSWORD: { is: 'password at the broker', read: text, expected: 'text', secret: true },
  MQTT_VERSION: {
    is: 'protocol version spoken with the broker: 4 is MQTT 3.1.1',
    read: choice('4', '5'),
    expected: '4 or 5',
  },
  MQTT_TOPICS: {
    is: 'topics to subscribe, instead of those made from account and kits',
    read: list,
    expected: 'topics, separated by commas',
  },
  ECOFLOW_ACCOUNT: {
    is: 'certificateAccount, the second part of the vendor’s topics',
    read: text,
    expected: 'text such as open-…',
  },
  KITS: {
    is: 'the kits: serial numbers of their hubs, each with a name',
    read: kits,
    expected: 'SN=Name, SN=Name with the serial number of each hub once',
  },
  INFLUX_URL: {
    is: 'InfluxDB server; without it values go to the embedded store',
    read: url('http:', 'https:'),
    expected: 'http://host:8086',
  },
  INFLUX_API: {
    is: 'write API: v2 for InfluxDB 1.8, 2 and 3, v1 for older 1.x',
    read: choice('v2', 'v1'),
    expected: 'v2 or v1',
  },
  INFLUX_TOKEN: { is: 'token with the right to write and read', read: text, expected: 'text', secret: true },
  INFLUX_USERNAME: { is: 'user name, for InfluxDB 1.x', read: text, expected: 'text' },
  INFLUX_PASSWORD: { is: 'password, for InfluxDB 1.x', read: text, expected: 'text', secret: true },
  INFLUX_ORG: { is: 'organisation, for InfluxDB 2', read: text, expected: 'text' },
  INFLUX_BUCKET: {
    is: 'bucket or database of raw values',
    read: z.string().min(1).default('powerkits'),
    expected: 'a name',
  },
  INFLUX_HISTORY_BUCKET: {
    is: 'bucket or database of what is kept for ever',
    read: z.string().min(1).default('powerkits_history'),
    expected: 'a name',
  },
  RAW_RETENTION_DAYS: {
    is: 'how long raw values are kept',
    read: whole(2, 36_500).default(365),
    expected: 'days from 2',
  },
  EMBEDDED_MEMORY_MB: {
    is: 'memory that the embedded store may use for itself',
    read: whole(64, 65_536).default(256),
    expected: 'megabytes from 64',
  },
  EMBEDDED_THREADS: { is: 'threads of the embedded store', read: whole(1, 64).default(2), expected: '1 to 64' },
  SPOOL_MAX_BYTES: {
    is: 'room for what the store has not taken yet; default: a fifth of the free disk',
    read: whole(16_777_216, Number.MAX_SAFE_INTEGER).optional(),
    expected: 'bytes from 16777216',
  },
  SPOOL_WHEN_FULL: {
    is: 'when it is full: refuse new messages, or drop the oldest',
    read: choice('refuse', 'drop-oldest'),
    expected: 'refuse or drop-oldest',
  },
  RECORD_DAYS: {
    is: 'how long received messages are kept as they came',
    read: whole(0, 3_650).default(30),
    expected: 'days from 0',
  },
  HTTP_HOST: {
    is: 'address of the read API',
    read: z.string().min(1).default('127.0.0.1'),
    expected: 'an address of this machine',
  },
  HTTP_PORT: { is: 'port of the read API', read: whole(0, 65_535).default(8484), expected: '0 to 65535' },
  HTTP_TOKEN: {
    is: 'token for the read API; required off loopback',
    read: z.string().min(16).optional(),
    expected: 'at least 16 characters',
    secret: true,
  },
  LOG_LEVEL: {
    is: 'how much is logged',
    read: choice('info', 'debug', 'warn', 'error', 'silent'),
    expected: 'debug, info, warn, error or silent',
  },
  LOG_FORMAT: { is: 'log for people or for machines', read: choice('text', 'json'), expected: 'text or json' },
} as const satisfies Record<string, Setting>

type Name = keyof typeof SETTINGS

export type Settings = { readonly [N in Name]: z.output<(typeof SETTINGS)[N]['read']> }

const found = (name: Name, env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const value = env[name]?.trim()
  const setting: Setting = SETTINGS[name]
  if (value !== undefined && value !== '') return value
  const path = setting.secret ? env[`${name}_FILE`] : undefined
  return path ? readFileSync(path, 'utf8').trim() : undefined
}

/** An address may carry a password before its @. */
const shown = (name: Name, value: string | undefined): string => {
  if (value === undefined) return 'nothing'
  if ((SETTINGS[name] as Setting).secret) return 'a secret that is not shown'
  return value.includes('@') ? 'a text that may hold a password and is not shown' : `"${value}"`
}

/** What settings need of each other. */
const missing = (settings: Settings): string[] => [
  ...(settings.MQTT_URL && settings.MQTT_TOPICS?.length === 0 && !settings.ECOFLOW_ACCOUNT
    ? ['ECOFLOW_ACCOUNT: got nothing, expected the account in the kits’ topics, or MQTT_TOPICS (use + for any)']
    : []),
  ...(settings.HTTP_HOST && !isLoopback(settings.HTTP_HOST) && !settings.HTTP_TOKEN
    ? [`HTTP_TOKEN: got nothing, expected a token, since others can reach HTTP_HOST "${settings.HTTP_HOST}"`]
    : []),
]

/** Names in a file of settings that are no settings: most likely misspelt. */
export const strangers = (names: readonly string[]): string[] =>
  names.filter((name) => !(name in SETTINGS) && !(name.replace(/_FILE$/, '') in SETTINGS))

/** Reads the settings from the environment. Throws CollectorError `config_invalid` naming every problem. */
export const readSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const name of Object.keys(SETTINGS) as Name[]) {
    const setting: Setting = SETTINGS[name]
    try {
      const value = found(name, env)
      const result = setting.read.safeParse(value)
      if (result.success) settings[name] = result.data
      else problems.push(`${name}: got ${shown(name, value)}, expected ${setting.expected}`)
    } catch (cause) {
      problems.push(`${name}_FILE: cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`)
    }
  }
  const settled = settings as Settings
  problems.push(...missing(settled))
  if (problems.length > 0)
    throw new CollectorError('config_invalid', `The settings are not usable:\n  ${problems.join('\n  ')}`)
  return settled
}
