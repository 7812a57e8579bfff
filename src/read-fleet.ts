/**
 * The fleet, from the settings and from the file of the fleet: secrets read from the files that hold them, every entry
 * held against the others. All problems are told at once, as where, got, expected; no secret appears in them.
 */
import type { ReadText, Settings } from './config.ts'
import { CollectorError } from './errors.ts'
import type { Account, Broker, Fleet, Kits } from './fleet.ts'
import { type AccountEntry, type BrokerEntry, type Entries, type KitEntries, readEntries } from './fleet-file.ts'
import { siteOf } from './fleet-file-kit.ts'

const USUAL_FILE = 'powerkits.yaml'
const HELP = 'Correct the file of the fleet or the settings; powerkits.example.yaml shows how it is written.'
/** Of the account and the broker that the settings name. */
const MAIN = 'main'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

const readFile = (path: string | undefined, readText: ReadText): Entries => {
  const file = path ?? USUAL_FILE
  try {
    const read = readEntries(readText(file))
    return { ...read, problems: read.problems.map((problem) => `${file}: ${problem}`) }
  } catch (error) {
    const isUnset = path === undefined && codeOf(error) === 'ENOENT'
    const problems = isUnset ? [] : [`FLEET_FILE: "${file}" cannot be read (${codeOf(error)})`]
    return { accounts: [], brokers: [], problems }
  }
}

/** Reads secrets that stand in an entry or in a file of their own, and keeps what is wrong with them. */
const createSecretReader = (readText: ReadText, problems: string[]) => {
  const readFrom = (where: string, path: string): string | undefined => {
    try {
      const text = readText(path).trim()
      if (text === '') problems.push(`${where}: "${path}" is empty, expected a secret in it`)
      return text
    } catch (error) {
      problems.push(`${where}: "${path}" cannot be read (${codeOf(error)})`)
      return undefined
    }
  }
  return (where: string, value: string | undefined, path: string | undefined): string | undefined => {
    if (value !== undefined && path !== undefined)
      problems.push(`${where}: got it here and in a file, expected one of them`)
    if (value !== undefined || path === undefined) return value
    return readFrom(`${where}_file`, path)
  }
}

type ReadSecret = ReturnType<typeof createSecretReader>

const kitsOf = (entries: KitEntries): Kits =>
  Object.fromEntries(
    Object.entries(entries).map(([sn, entry]) => {
      const { name, time_zone: timeZone, circuits } = entry
      const site = siteOf(entry)
      return [
        sn,
        {
          name,
          ...(timeZone !== undefined && { timeZone }),
          ...(circuits !== undefined && { circuits }),
          ...(site !== undefined && { site }),
        },
      ]
    }),
  )

const accountOf = (entry: AccountEntry, where: string, read: ReadSecret): Account => ({
  name: entry.name,
  accessKey: read(`${where}.access_key`, entry.access_key, entry.access_key_file) ?? '',
  secretKey: read(`${where}.secret_key`, entry.secret_key, entry.secret_key_file) ?? '',
  region: entry.region,
  ...(entry.url !== undefined && { url: entry.url }),
  kits: kitsOf(entry.kits),
  onlyNamed: entry.only_named === 'true',
})

const brokerOf = (entry: BrokerEntry, where: string, read: ReadSecret): Broker => {
  const password = read(`${where}.password`, entry.password, entry.password_file)
  return {
    name: entry.name,
    url: entry.url,
    ...(entry.username !== undefined && { username: entry.username }),
    ...(password !== undefined && { password }),
    version: entry.version === '5' ? 5 : 4,
    topics: entry.topics,
    account: entry.account,
    kits: kitsOf(entry.kits),
  }
}

const ownKits = ({ KITS }: Settings): Kits =>
  Object.fromEntries(Object.entries(KITS).map(([sn, name]) => [sn, { name }]))

/** The settings' KITS are those of their broker, where there is one. */
const accountsOf = (settings: Settings): Account[] => {
  const { ECOFLOW_ACCESS_KEY: accessKey, ECOFLOW_SECRET_KEY: secretKey, ECOFLOW_URL: url } = settings
  if (accessKey === undefined || secretKey === undefined) return []
  const kits = settings.MQTT_URL === undefined ? ownKits(settings) : {}
  const region = settings.ECOFLOW_REGION
  return [{ name: MAIN, accessKey, secretKey, region, ...(url !== undefined && { url }), kits, onlyNamed: false }]
}

const brokersOf = (settings: Settings): Broker[] => {
  const { MQTT_URL: url, MQTT_USERNAME: username, MQTT_PASSWORD: password } = settings
  if (url === undefined) return []
  return [
    {
      name: MAIN,
      url,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      version: settings.MQTT_VERSION === '5' ? 5 : 4,
      topics: settings.MQTT_TOPICS,
      account: settings.ECOFLOW_ACCOUNT,
      kits: ownKits(settings),
    },
  ]
}

/** A source and its place, for the words of a problem. */
type At<T> = readonly [where: string, source: T]

/** What stands at two places and may only at one. `key` is undefined where there is nothing to compare. */
const twice = <T>(placed: readonly At<T>[], keyOf: (one: T) => readonly string[], say: (key: string) => string) => {
  const seen = new Map<string, string>()
  return placed.flatMap(([where, source]) =>
    keyOf(source).flatMap((key) => {
      const before = seen.get(key)
      seen.set(key, before ?? where)
      return before === undefined ? [] : [`${where}: ${say(key)} as ${before}, expected each once`]
    }),
  )
}

const conflicts = (accounts: readonly At<Account>[], brokers: readonly At<Broker>[]): string[] => {
  const nameOf = ({ name }: Account | Broker): string[] => [name.toLowerCase()]
  return [
    ...twice(accounts, nameOf, (name) => `got the same name "${name}"`),
    ...twice(brokers, nameOf, (name) => `got the same name "${name}"`),
    ...twice(
      accounts,
      ({ accessKey }) => (accessKey === '' ? [] : [accessKey]),
      () => 'got the same access key',
    ),
    ...twice<Account | Broker>(
      [...accounts, ...brokers],
      ({ kits }) => Object.keys(kits),
      (sn) => `got the same kit ${sn}`,
    ),
  ]
}

/** Every source that the settings and the file name. Throws CollectorError `config_invalid` naming every problem. */
export const readFleet = (settings: Settings, readText: ReadText): Fleet => {
  const file = readFile(settings.FLEET_FILE, readText)
  const problems = [...file.problems]
  const read = createSecretReader(readText, problems)
  const inFile = settings.FLEET_FILE ?? USUAL_FILE
  const placed = <E, T>(entries: readonly { where: string; entry: E }[], make: (entry: E, where: string) => T) =>
    entries.map(({ where, entry }): At<T> => [`${inFile}: ${where}`, make(entry, `${inFile}: ${where}`)])
  const settled = <T>(sources: readonly T[]) => sources.map((source): At<T> => ['the settings', source])
  const accounts = [
    ...settled(accountsOf(settings)),
    ...placed(file.accounts, (entry, where) => accountOf(entry, where, read)),
  ]
  const brokers = [
    ...settled(brokersOf(settings)),
    ...placed(file.brokers, (entry, where) => brokerOf(entry, where, read)),
  ]
  problems.push(...conflicts(accounts, brokers))
  if (problems.length > 0)
    throw new CollectorError('config_invalid', `The fleet is not usable:\n  ${problems.join('\n  ')}`, { help: HELP })
  return { accounts: accounts.map(([, account]) => account), brokers: brokers.map(([, broker]) => broker) }
}
