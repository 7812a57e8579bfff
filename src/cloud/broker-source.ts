/**
 * A plain broker that carries the vendor's topics: a session with the credentials of the settings, and no HTTP API. Its
 * kits are those that the settings name, or whichever the topics bring.
 */
import type { Broker } from '../fleet.ts'
import { parseTopic } from '../report/topic.ts'
import type { SignIn } from './link.ts'
import { openSession } from './session.ts'
import type { Session } from './session-contract.ts'
import { messageTaker, type Source, type SourceParts, setTopicOf, tellCloud, topicsOfKits } from './source.ts'

export interface BrokerParts extends SourceParts {
  readonly broker: Broker
  readonly clientId: string
  /** Whether a kit is this collector's; undefined where there is no other collector on the broker. */
  readonly isOurs: ((kitSn: string) => boolean) | undefined
  /** Kits that no other source brings. */
  readonly unclaimed: () => readonly string[]
}

const WATCH_MS = 5_000
/** A connection that comes back at once was no outage. */
const DOWN_MS = 30_000
/** Every record is durable up to here: what is not ours is acknowledged with the next one. */
const NOTHING_TO_WAIT_FOR = 0

/** The vendor's exact topics, or those of the settings; without named kits every kit. */
const topicsOf = ({ topics, account, kits }: Broker): readonly string[] => {
  if (topics.length > 0) return topics
  const sns = Object.keys(kits)
  return topicsOfKits(account ?? '+', sns.length > 0 ? sns : ['+'])
}

/** Tells the line when the broker cannot be reached for longer than a reconnect takes. */
const watch = (parts: BrokerParts, session: Session, sns: () => readonly string[]): (() => void) => {
  let isDown = false
  let stop = (): void => undefined
  const look = (): void => {
    const { isConnected, sinceAt, problem } = session.status()
    const isNow = !isConnected && (isDown || parts.timers.now() - sinceAt >= DOWN_MS)
    if (isNow !== isDown) tellCloud(parts, sns(), isNow, problem || 'There is no connection to the broker.', sinceAt)
    isDown = isNow
    stop = parts.timers.after(WATCH_MS, look)
  }
  look()
  return () => stop()
}

const OPEN = /^\/?open\/[^/]+\/[^/]+\/(?:quota|status)$/
/** Far beyond any fleet: anybody may publish on a broker of one's own. */
const MOST_LEARNT = 100_000

/** Where set commands go: beside the kit's own reports, whatever account stands in their topics. */
const createSetTopics = ({ account }: Broker) => {
  const learnt = new Map<string, string>()
  return {
    learn: (topic: string): void => {
      const sn = parseTopic(topic)?.kitSn ?? ''
      if (learnt.has(sn) || learnt.size >= MOST_LEARNT || !OPEN.test(topic)) return
      learnt.set(sn, `${topic.slice(0, topic.lastIndexOf('/'))}/set`)
    },
    of: (sn: string): string | undefined =>
      learnt.get(sn) ?? (account === undefined ? undefined : setTopicOf(account, sn)),
  }
}

/** A broker has no API that could be asked. */
const NO_HTTP = {
  isHttpUp: () => false,
  set: () => Promise.reject(new Error('no HTTP API')),
  pollSoon: () => undefined,
}

const signInOf = ({ url, username, password }: Broker): SignIn => ({ url, username, password })

export const openBroker = (parts: BrokerParts): Source => {
  const { broker, isOurs } = parts
  const sns = (): readonly string[] => {
    const named = Object.keys(broker.kits)
    return named.length > 0 ? named : parts.unclaimed()
  }
  const setTopics = createSetTopics(broker)
  const take = messageTaker(parts)
  const session = openSession({
    ...parts,
    name: `Broker “${broker.name}”`,
    protocolVersion: broker.version,
    topics: topicsOf(broker),
    signIn: async () => ({ isOk: true, value: signInOf(broker) }),
    // What is another collector's is taken, so that the broker lets go of it, and not recorded.
    onMessage: (topic, bytes, isDuplicate, qos) => {
      if (isOurs !== undefined && !isOurs(parseTopic(topic)?.kitSn ?? '')) return NOTHING_TO_WAIT_FOR
      setTopics.learn(topic)
      return take(topic, bytes, isDuplicate, qos)
    },
  })
  const unwatch = watch(parts, session, sns)
  return {
    kits: () => broker.kits,
    status: () => ({
      name: broker.name,
      kind: 'broker',
      host: new URL(broker.url).host,
      kits: sns(),
      session: session.status(),
      http: undefined,
      clockOffsetMs: undefined,
    }),
    control: {
      ...NO_HTTP,
      setTopic: (sn) => (session.status().isConnected ? setTopics.of(sn) : undefined),
      publish: session.publish,
    },
    onDurable: session.onDurable,
    onRoom: session.onRoom,
    close: async () => {
      unwatch()
      await session.close()
    },
  }
}
