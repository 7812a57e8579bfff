/**
 * An account's requests: answers go to the line as they came, failures to a person once and to whoever counts them.
 * What was not understood is kept aside as text.
 */
import type { PollResult } from '../backfill/poller.ts'
import { type Counters, total } from '../counters.ts'
import type { Account } from '../fleet.ts'
import type { Log } from '../log.ts'
import type { Input } from '../store/record.ts'
import type { Timers } from '../timers.ts'
import { createApi } from './api.ts'
import type { Answered, Api, ApiOptions, Certification, Device, SetBody } from './api-contract.ts'
import type { ClockOffset } from './clock-offset.ts'
import { FAILURES } from './failures.ts'
import { createHostedApi } from './hosted-api.ts'
import type { Outage } from './outage.ts'
import type { Failure, Outcome } from './outcome.ts'

export interface AccountApiParts {
  readonly account: Account
  readonly fetch: typeof fetch
  /** Epoch ms of the machine's own clock, which the learnt offset does not correct. */
  readonly localNow: () => number
  readonly clockOffset: ClockOffset
  readonly quotasMethod: ApiOptions['quotasMethod']
  readonly timers: Timers
  readonly random: () => number
  readonly counters: Counters
  readonly log: Log
  readonly accept: (input: Input) => number | undefined
  /** Keeps the text of an answer that was not understood. */
  readonly keepStrange: (kind: string, kitSn: string, text: string) => void
}

export interface AccountApi {
  host(): string | undefined
  requestsLastMinute(): number
  certification(): Promise<Outcome<Certification>>
  /** Asks for the devices, and hands them on. */
  list(onDevices: (devices: readonly Device[]) => void): Promise<PollResult>
  /** Asks for all quotas of a kit. */
  poll(kitSn: string): Promise<PollResult>
  /** Success means queued by the cloud, not carried out by the kit. */
  set(body: SetBody): Promise<Outcome<undefined>>
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const UNANSWERED = new Set<Failure['kind']>(['unreachable', 'timed_out', 'untrusted', 'not_understood'])
const FORBIDDEN = new Set<Failure['kind']>(['no_permission', 'not_allowed'])

const resultOf = ({ kind }: Failure): PollResult => {
  if (UNANSWERED.has(kind)) return 'unreachable'
  if (FORBIDDEN.has(kind)) return 'refused'
  return FAILURES[kind].concerns === 'account' ? 'account_refused' : 'failing'
}

/** What concerns all of an account is said once, not once per kit. */
const aboutOf = (account: string, kitSn: string, { kind }: Failure): string =>
  kitSn === '' || UNANSWERED.has(kind) || FAILURES[kind].concerns === 'account'
    ? `account ${account} ${kind}`
    : `kit ${kitSn} ${kind}`

/** Says a failure at most once an hour. */
const createTeller = ({ log, timers, account }: AccountApiParts) => {
  const toldAt = new Map<string, number>()
  return (kitSn: string, failure: Failure): void => {
    const about = aboutOf(account.name, kitSn, failure)
    const at = timers.now()
    if (at - (toldAt.get(about) ?? Number.NEGATIVE_INFINITY) < HOUR_MS) return
    toldAt.set(about, at)
    log[FAILURES[failure.kind].concerns === 'passing' ? 'warn' : 'error']({ code: failure.code }, failure.text)
  }
}

const apiAt = (parts: AccountApiParts, asked: number[]) => (host: string) => {
  const { account, clockOffset, localNow, keepStrange } = parts
  return createApi({
    account: account.name,
    host,
    credentials: account,
    fetch: (...request) => {
      asked.push(parts.timers.now())
      return parts.fetch(...request)
    },
    now: () => localNow() + clockOffset.offsetMs(),
    localNow,
    timers: parts.timers,
    random: parts.random,
    onDate: clockOffset.learn,
    onStrange: keepStrange,
    counters: parts.counters,
    quotasMethod: parts.quotasMethod,
  })
}

export const createAccountApi = (parts: AccountApiParts, outage: Outage): AccountApi => {
  const { account, timers, counters } = parts
  const asked: number[] = []
  const hosted = createHostedApi(account, apiAt(parts, asked), parts.clockOffset.offsetMs)
  const tell = createTeller(parts)

  /** Asks at the right host; a failure is explained, told, and counts as an outage or not. */
  const settle = async <T>(kitSn: string, ask: (api: Api) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const api = await hosted.open()
    const outcome = api.isOk ? await ask(api.value) : api
    if (outcome.isOk) {
      outage.note(undefined, timers.now())
      return outcome
    }
    const failure = await hosted.explain(outcome.failure)
    outage.note(failure, timers.now())
    tell(kitSn, failure)
    return { isOk: false, failure }
  }
  const bring = ({ topic, bytes }: Answered, kitSn: string): void => {
    const before = total(counters, 'rejected')
    parts.accept({ at: timers.now(), source: 'http', topic, bytes })
    if (total(counters, 'rejected') > before) parts.keepStrange('report', kitSn, new TextDecoder().decode(bytes))
  }
  return {
    host: hosted.host,
    requestsLastMinute: () => {
      while (asked.length > 0 && timers.now() - asked[0]! > MINUTE_MS) asked.shift()
      return asked.length
    },
    certification: () => settle('', (api) => api.certification()),
    list: async (onDevices) => {
      const outcome = await settle('', (api) => api.devices())
      if (!outcome.isOk) return resultOf(outcome.failure)
      onDevices(outcome.value.devices)
      bring(outcome.value, '')
      return 'good'
    },
    poll: async (sn) => {
      const outcome = await settle(sn, (api) => api.quotaAll(sn))
      if (!outcome.isOk) return resultOf(outcome.failure)
      bring(outcome.value, sn)
      return 'good'
    },
    set: async (body) => {
      const outcome = await settle(body.sn, (api) => api.set(body))
      return outcome.isOk ? { isOk: true, value: undefined } : outcome
    },
  }
}
