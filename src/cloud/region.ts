/**
 * The vendor's regions: keys belong to one of them, and the wrong host answers that it does not know them. Finding the
 * right one is trying; how a host is tried is the caller's to say.
 * src: docs of evcc; tolwi/hassio-ecoflow-cloud config_flow.py
 */
import { type About, explainFailure } from './explain-failure.ts'
import type { Failure, Outcome } from './outcome.ts'

export const HOSTS = {
  eu: 'https://api-e.ecoflow.com',
  us: 'https://api-a.ecoflow.com',
} as const

export type Region = keyof typeof HOSTS

/** Asks a host for the account's certification. */
export type TryHost<T> = (host: string) => Promise<Outcome<T>>

export interface Found<T> {
  readonly region: Region
  readonly host: string
  /** What the right host answered. */
  readonly value: T
}

const REGIONS = Object.keys(HOSTS) as Region[]
const hostName = (region: Region): string => new URL(HOSTS[region]).host

/** A clock further off than this gets signatures refused. */
const SKEW_MS = 60_000

const isAboutKeys = ({ kind }: Failure): boolean =>
  kind === 'wrong_key' || kind === 'signature' || kind === 'not_signed_in'

const minutes = (ms: number): string => {
  const count = Math.round(Math.abs(ms) / 60_000)
  return `${count} ${count === 1 ? 'minute' : 'minutes'} ${ms > 0 ? 'behind' : 'ahead of'}`
}

const refusedByAll = (account: string, refusals: ReadonlyMap<Region, Failure>, offsetMs: number): Failure => {
  const about: About = { call: 'certification', account, kitSn: '', host: REGIONS.map(hostName).join(' and ') }
  const detail = [...refusals].map(([region, { code }]) => `${region}: ${code}`).join(', ')
  const traceId = refusals.get('eu')?.traceId ?? ''
  const isClock = Math.abs(offsetMs) > SKEW_MS
  const help = isClock
    ? `The clock of this machine is ${minutes(offsetMs)} the cloud’s: set it, then check ECOFLOW_ACCESS_KEY and ECOFLOW_SECRET_KEY.`
    : 'No region takes these keys: check ECOFLOW_ACCESS_KEY and ECOFLOW_SECRET_KEY, or make new ones.'
  const kind = isClock ? 'signature' : 'wrong_key'
  return explainFailure(kind, about, { detail: `code by region: ${detail}`, traceId, help })
}

/**
 * The region whose host takes the keys. When none does because of the keys, a failure that says so, or that the clock
 * is wrong (`offsetMs`: cloud minus machine, read after the tries); when one could not be asked, its failure, since it
 * may be the right one.
 */
export const findRegion = async <T>(
  account: string,
  tryHost: TryHost<T>,
  offsetMs: () => number,
): Promise<Outcome<Found<T>>> => {
  const refusals = new Map<Region, Failure>()
  for (const region of REGIONS) {
    const outcome = await tryHost(HOSTS[region])
    if (outcome.isOk) return { isOk: true, value: { region, host: HOSTS[region], value: outcome.value } }
    refusals.set(region, outcome.failure)
  }
  const unsure = [...refusals.values()].find((failure) => !isAboutKeys(failure))
  return { isOk: false, failure: unsure ?? refusedByAll(account, refusals, offsetMs()) }
}

/**
 * Whether keys that `region` refused belong to another one, which is asked once: a failure that names it, otherwise
 * the refusal as it was. Costs a request only when the refusal is about the keys.
 */
export const explainRefusal = async (
  account: string,
  region: Region,
  refusal: Failure,
  tryHost: TryHost<unknown>,
): Promise<Failure> => {
  if (!isAboutKeys(refusal)) return refusal
  for (const other of REGIONS.filter((one) => one !== region)) {
    if (!(await tryHost(HOSTS[other])).isOk) continue
    const about: About = { call: 'certification', account, kitSn: '', host: hostName(region) }
    const help = `The keys belong to another region: try ECOFLOW_REGION=${other}.`
    return explainFailure('wrong_region', about, { code: refusal.code, traceId: refusal.traceId, help })
  }
  return refusal
}
