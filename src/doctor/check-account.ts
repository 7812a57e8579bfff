/**
 * An account of the vendor's cloud, from its host's name to its kits. Each step needs the one before it; what comes
 * after a step that failed is told as not looked at. The session is the care of `check-session.ts`.
 */
import { kitsOfAccount } from '../cloud/account-kits.ts'
import { createApi } from '../cloud/api.ts'
import type { Api, Certification, Device } from '../cloud/api-contract.ts'
import type { ClockOffset } from '../cloud/clock-offset.ts'
import { FAILURES, type FailureKind } from '../cloud/failures.ts'
import type { Failure } from '../cloud/outcome.ts'
import { HOSTS, type Region } from '../cloud/region.ts'
import { createCounters } from '../counters.ts'
import type { Account, Kits } from '../fleet.ts'
import { type Finding, fail, pass, skip, warn } from './finding.ts'
import type { SourceParts } from './parts.ts'

/** An account that answers. */
export interface AnsweringAccount {
  readonly certification: Certification
  readonly kits: Kits
}

const REGIONS = Object.keys(HOSTS) as Region[]
const ABOUT_KEYS = new Set<FailureKind>(['wrong_key', 'signature', 'not_signed_in'])

/** Where the account can be; those that its owner did not name come last. */
const placesOf = ({ url, region }: Account): string[] => {
  if (url !== undefined) return [url]
  if (region === 'auto') return REGIONS.map((each) => HOSTS[each])
  return [HOSTS[region], ...REGIONS.filter((each) => each !== region).map((each) => HOSTS[each])]
}

const isNamed = ({ url, region }: Account, place: string): boolean =>
  url !== undefined || region === 'auto' || HOSTS[region] === place

const regionAt = (place: string): Region | undefined => REGIONS.find((region) => HOSTS[region] === place)

/** What the failure is, without its effect on data: the doctor writes none. */
const wordsOf = ({ kind, code }: Failure): string => `${FAILURES[kind].is}${code === '' ? '' : ` (code ${code})`}`

const failed = (what: string, failure: Failure): Finding => fail(what, wordsOf(failure), FAILURES[failure.kind].help)

const apiAt = (host: string, { name, accessKey, secretKey }: Account, offset: ClockOffset, parts: SourceParts): Api =>
  createApi({
    account: name,
    host,
    credentials: { accessKey, secretKey },
    fetch: parts.fetch,
    now: () => parts.localNow() + offset.offsetMs(),
    localNow: parts.localNow,
    timers: parts.timers,
    random: parts.random,
    onDate: offset.learn,
    onStrange: parts.keepStrange,
    counters: createCounters(),
    quotasMethod: parts.settings.ECOFLOW_QUOTAS_METHOD,
  })

/** Whether the names of the account's own places are known. */
const checkNames = async (account: Account, parts: SourceParts): Promise<boolean> => {
  const what = `${account.name}, DNS`
  const hosts = placesOf(account)
    .filter((place) => isNamed(account, place))
    .map((place) => new URL(place).hostname)
  const unknown: string[] = []
  for (const host of hosts) await parts.lookup(host).catch(() => unknown.push(host))
  const todo = 'Check the connection of this machine to the internet and its DNS server.'
  if (unknown.length === 0) parts.report(pass(what, `${hosts.join(', ')} known`))
  else if (unknown.length < hosts.length) parts.report(warn(what, `${unknown.join(', ')} not known`, todo))
  else parts.report(fail(what, `${unknown.join(', ')} not known`, todo))
  return unknown.length < hosts.length
}

interface Taken {
  readonly api: Api
  readonly certification: Certification
  readonly place: string
}

/** The first place that takes the keys; otherwise the failure of the first that was not about them, or of the first. */
const findPlace = async (account: Account, offset: ClockOffset, parts: SourceParts): Promise<Taken | Failure> => {
  const failures: Failure[] = []
  for (const place of placesOf(account)) {
    const api = apiAt(place, account, offset, parts)
    const outcome = await api.certification()
    if (outcome.isOk) return { api, certification: outcome.value, place }
    failures.push(outcome.failure)
    // Keys that were not refused do not belong elsewhere.
    if (isNamed(account, place) && account.region !== 'auto' && !ABOUT_KEYS.has(outcome.failure.kind)) break
  }
  return failures.find(({ kind }) => !ABOUT_KEYS.has(kind)) ?? failures[0]!
}

const checkRegion = (account: Account, place: string, { report }: SourceParts): boolean => {
  const what = `${account.name}, region`
  const region = regionAt(place)
  if (isNamed(account, place)) {
    report(
      pass(
        what,
        region === undefined ? `${new URL(place).host} takes the keys` : `${region}, at ${new URL(place).host}`,
      ),
    )
    return true
  }
  const todo = `Set the region of this account to ${region} (ECOFLOW_REGION, or region in powerkits.yaml), or to auto.`
  report(fail(what, `the keys belong to ${region}, not to ${account.region}`, todo))
  return false
}

/** Keys and region. What a failure that is not about the keys means for them is not known. */
const checkKeys = async (account: Account, offset: ClockOffset, parts: SourceParts): Promise<Taken | undefined> => {
  const found = await findPlace(account, offset, parts)
  if ('kind' in found) {
    const isAboutKeys = ABOUT_KEYS.has(found.kind)
    parts.report(failed(`${account.name}, ${isAboutKeys ? 'keys' : 'cloud'}`, found))
    return undefined
  }
  parts.keepSecret(found.certification.password)
  parts.report(pass(`${account.name}, keys`, 'the cloud takes them'))
  return checkRegion(account, found.place, parts) ? found : undefined
}

const checkKit = async (sn: string, title: string, device: Device | undefined, api: Api): Promise<Finding> => {
  const outcome = await api.quotaAll(sn)
  if (!outcome.isOk) {
    const isOfKit = outcome.failure.kind === 'no_permission' || outcome.failure.kind === 'not_allowed'
    return { ...failed(title, outcome.failure), state: isOfKit ? 'fail' : 'warn' }
  }
  if (device?.isOnline === false)
    return warn(title, 'its values may be read, but the cloud says it is offline', FAILURES.offline.help)
  return pass(title, 'its values may be read')
}

const checkKits = async (account: Account, api: Api, parts: SourceParts): Promise<Kits | undefined> => {
  const listed = await api.devices()
  if (!listed.isOk) {
    parts.report(failed(`${account.name}, kits`, listed.failure))
    return undefined
  }
  const { devices } = listed.value
  const kits = kitsOfAccount(account, devices)
  const todo = 'Bind the kit to this account in the vendor’s app (shared kits are not listed), or name it under kits.'
  if (Object.keys(kits).length === 0) parts.report(warn(`${account.name}, kits`, 'the account lists none', todo))
  for (const [sn, { name }] of Object.entries(kits)) {
    const title = `${account.name}, kit ${sn}${name === '' ? '' : ` “${name}”`}`
    const device = devices.find((each) => each.sn === sn)
    parts.report(await checkKit(sn, title, device, api))
  }
  return kits
}

/** Looks at all of it up to the session; undefined where the session cannot be looked at. */
export const checkAccount = async (
  account: Account,
  offset: ClockOffset,
  parts: SourceParts,
): Promise<AnsweringAccount | undefined> => {
  const leave = (whats: readonly string[], because: string): undefined => {
    for (const what of whats) parts.report(skip(`${account.name}, ${what}`, because))
  }
  if (!(await checkNames(account, parts)))
    return leave(['keys', 'kits', 'broker', 'subscriptions'], 'the name of the cloud is not known')
  const found = await checkKeys(account, offset, parts)
  if (found === undefined) return leave(['kits', 'broker', 'subscriptions'], 'keys and region come first')
  const kits = await checkKits(account, found.api, parts)
  if (kits === undefined) return leave(['broker', 'subscriptions'], 'the kits are not known')
  return { certification: found.certification, kits }
}
