/**
 * The topics of a session: each is asked for by a SUBSCRIBE of its own, since one that is refused may spoil those that
 * share its packet (src: foxthefox/ioBroker.ecoflow-mqtt #456), and what the broker granted is kept by topic. A refusal
 * is told once; the next connection asks again.
 */
import type { Log } from '../log.ts'
import type { Link } from './link.ts'
import { topicRefused } from './session-words.ts'

const REFUSED_FROM = 128

export interface Subscriptions {
  /** Granted QoS by topic, on the connection there is; 128 and above is a refusal. */
  readonly granted: ReadonlyMap<string, number>
  /** Asks for those that are new. One left out is not asked for on the next connection. */
  set(topics: readonly string[]): void
  onUp(link: Link): void
  onDown(): void
}

export const createSubscriptions = (name: string, log: Log, topics: readonly string[]): Subscriptions => {
  const granted = new Map<string, number>()
  const told = new Set<string>()
  const asked = new Set<string>()
  let wanted = topics
  let current: Link | undefined

  const note = (topic: string, qos: number): void => {
    granted.set(topic, qos)
    if (qos < REFUSED_FROM) told.delete(topic)
    else if (!told.has(topic)) {
      told.add(topic)
      log.error(`${name}: ${topicRefused(topic)}`)
    }
  }
  const ask = (link: Link): void => {
    for (const topic of wanted) {
      if (asked.has(topic)) continue
      asked.add(topic)
      void link.subscribe(topic).then((qos) => {
        if (qos !== undefined && link === current) note(topic, qos)
      })
    }
  }
  return {
    granted,
    set: (next) => {
      wanted = next
      if (current !== undefined) ask(current)
    },
    onUp: (link) => {
      current = link
      ask(link)
    },
    onDown: () => {
      current = undefined
      asked.clear()
      granted.clear()
    },
  }
}
