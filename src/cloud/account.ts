/**
 * One account of the vendor's cloud: its HTTP API, its MQTT session, its kits, and what polls bring. It hands inputs to
 * the line and tells it when the cloud cannot be reached; what a value means is the line's affair. No failure of one
 * kit, and no answer however odd, stops the others.
 */
import { startPoller } from '../backfill/poller.ts'
import type { Account, Kits } from '../fleet.ts'
import { isPushing, isUnproven } from '../track/freshness.ts'
import type { KitState } from '../track/state.ts'
import { type AccountApi, type AccountApiParts, createAccountApi } from './account-api.ts'
import { kitsOfAccount, passedOver } from './account-kits.ts'
import type { AccountStatus } from './account-status.ts'
import type { Device } from './api-contract.ts'
import type { Budget } from './budget.ts'
import type { SignIn } from './link.ts'
import { createOutage, type Outage } from './outage.ts'
import type { Outcome } from './outcome.ts'
import { openSession } from './session.ts'
import type { Session } from './session-contract.ts'
import { silenceOf } from './silence.ts'
import {
  messageTaker,
  type Source,
  type SourceParts,
  setTopicOf,
  tellCloud,
  tellRenewal,
  topicsOfKits,
} from './source.ts'

export interface AccountParts extends SourceParts, AccountApiParts {
  readonly account: Account
  readonly budget: Budget
  readonly pollMs: number
  /** A secret learnt while running, to be kept out of logs and diagnostics. */
  readonly keepSecret: (secret: string) => void
}

const WATCH_MS = 5_000

/** The kits found so far: the list flaps, so what was listed once stays. */
const createRoster = (parts: AccountParts, onTopics: () => void) => {
  const { account, log, onKits } = parts
  const listed = new Map<string, Device>()
  let kits: Kits = account.kits
  return {
    kits: (): Kits => kits,
    take: (devices: readonly Device[]): void => {
      const news = devices.filter(({ sn }) => !listed.has(sn))
      for (const device of devices) listed.set(device.sn, device)
      const found = kitsOfAccount(account, [...listed.values()])
      for (const { sn, productName } of passedOver(account, news))
        log.info(
          `Account “${account.name}” also has ${productName ?? 'a device'} ${sn}, which is no Power Kit: passed over.`,
        )
      if (JSON.stringify(found) === JSON.stringify(kits)) return
      kits = found
      onKits()
      onTopics()
    },
  }
}

type Roster = ReturnType<typeof createRoster>

const statesOf = (parts: AccountParts, roster: Roster): KitState[] =>
  Object.keys(roster.kits()).flatMap((sn) => parts.state().kits.get(sn) ?? [])

/** Credentials of the session, fresh each time; the topics carry the account's name in them. */
const signInBy = (
  parts: AccountParts,
  api: AccountApi,
  onAccount: (name: string) => void,
): (() => Promise<Outcome<SignIn>>) => {
  return async () => {
    const outcome = await api.certification()
    if (!outcome.isOk) return outcome
    const { account: username, password, url } = outcome.value
    parts.keepSecret(password)
    onAccount(username)
    return { isOk: true, value: { url, username, password } }
  }
}

/** Connects a silent session anew, and lets an outage show that nothing was asked about. */
const watch = (parts: AccountParts, roster: Roster, session: Session, outage: Outage): (() => void) => {
  let stop = (): void => undefined
  const look = (): void => {
    const at = parts.timers.now()
    outage.look(at)
    const { isConnected, sinceAt } = session.status()
    const why = isConnected ? silenceOf(statesOf(parts, roster), sinceAt, outage.isDown(), at) : ''
    if (why !== '' && session.reconnect(why)) tellRenewal(parts, Object.keys(roster.kits()))
    stop = parts.timers.after(WATCH_MS, look)
  }
  look()
  return () => stop()
}

const pollerOf = (parts: AccountParts, roster: Roster, api: AccountApi) => {
  const { timers, random, pollMs, state, log } = parts
  const ask = (sn: string, question: (kit: KitState) => boolean): boolean => {
    const kit = state().kits.get(sn)
    return kit !== undefined && question(kit)
  }
  return startPoller({
    kits: () => Object.keys(roster.kits()),
    poll: api.poll,
    list: () => api.list(roster.take),
    isPushing: (sn) => ask(sn, (kit) => isPushing(kit, timers.now())),
    isUnproven: (sn) => ask(sn, isUnproven),
    isOffline: (sn) => ask(sn, (kit) => kit.isOnline === false),
    onBroken: (error) => log.error(error, `Account “${parts.account.name}”: a poll failed in a way it never should.`),
    pollMs,
    timers,
    random,
  })
}

/** Without scheme and, of an own address, without a password that may stand in it. */
const bareHost = (url: string | undefined): string | undefined => (url === undefined ? undefined : new URL(url).host)

const statusOf = (
  { account, clockOffset }: AccountParts,
  kits: readonly string[],
  api: AccountApi,
  session: Session,
  outage: Outage,
): AccountStatus => ({
  name: account.name,
  kind: 'cloud',
  host: bareHost(api.host()),
  kits,
  session: session.status(),
  http: {
    isDown: outage.isDown(),
    lastOkAt: outage.lastOkAt(),
    requestsLastMinute: api.requestsLastMinute(),
    problem: outage.problem(),
  },
  clockOffsetMs: clockOffset.isKnown() ? clockOffset.offsetMs() : undefined,
})

/** Starts everything of the account. Nothing of it throws: what cannot be reached is tried again. */
export const openAccount = (parts: AccountParts): Source => {
  const { account, budget } = parts
  const roster = createRoster(parts, () => setTopics())
  const sns = (): string[] => Object.keys(roster.kits())
  const outage = createOutage(
    (at) => statesOf(parts, roster).some((kit) => isPushing(kit, at)),
    (isDown, reason, sinceAt) => {
      tellCloud(parts, sns(), isDown, reason, sinceAt)
      if (!isDown) session.hurry()
    },
  )
  const api = createAccountApi(parts, outage)
  let user = ''
  const setTopics = (): void => session.setTopics(user === '' ? [] : topicsOfKits(user, sns()))
  const signIn = signInBy(parts, api, (name) => {
    user = name
    setTopics()
  })
  const session = openSession({
    ...parts,
    name: `Account “${account.name}”`,
    protocolVersion: 4,
    clientId: budget.clientId,
    topics: [],
    signIn,
    onMessage: messageTaker(parts),
  })
  const poller = pollerOf(parts, roster, api)
  const unwatch = watch(parts, roster, session, outage)
  return {
    kits: roster.kits,
    status: () => statusOf(parts, sns(), api, session, outage),
    control: {
      setTopic: (sn) => (user !== '' && session.status().isConnected ? setTopicOf(user, sn) : undefined),
      publish: session.publish,
      isHttpUp: () => !outage.isDown(),
      set: api.set,
      pollSoon: poller.pollSoon,
    },
    onDurable: session.onDurable,
    onRoom: session.onRoom,
    close: async () => {
      unwatch()
      poller.stop()
      await session.close()
    },
  }
}
