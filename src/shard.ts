/**
 * Which collector of several owns what: each key has exactly one owner, found by rendezvous hashing, so that they need
 * not talk to each other, and when their number changes only the keys of the one that came or went move. An account goes
 * as a whole, since the vendor keeps one session for it; a broker is shared out kit by kit, since a kit's deltas must
 * all reach the same collector.
 */
import { createHash } from 'node:crypto'
import type { Broker, Fleet } from './fleet.ts'
import { parseTopic } from './report/topic.ts'

/** The `index`-th (from 1) of `count` collectors. */
export interface Shard {
  readonly index: number
  readonly count: number
}

const weightOf = (key: string, index: number): string => createHash('sha256').update(`${index}/${key}`).digest('hex')

/** Whether this collector owns the key: an account's access key, or the serial number of a broker's kit. */
export const isMine = (key: string, { index, count }: Shard): boolean => {
  const mine = weightOf(key, index)
  for (let other = 1; other <= count; other++) if (other !== index && weightOf(key, other) > mine) return false
  return true
}

/** A topic with a wildcard brings kits of others too: what comes on it is asked one by one. */
const mayBeMine = (topic: string, shard: Shard): boolean => {
  const kitSn = parseTopic(topic)?.kitSn ?? ''
  return /[+#]/.test(topic) || kitSn === '' || isMine(kitSn, shard)
}

/** The broker with what is of this collector; undefined when nothing is. */
const ownBroker = (broker: Broker, shard: Shard): Broker | undefined => {
  const kits = Object.entries(broker.kits).filter(([sn]) => isMine(sn, shard))
  const topics = broker.topics.filter((topic) => mayBeMine(topic, shard))
  const wasByTopic = broker.topics.length > 0
  // No kits named means any kit, which must not come of naming only those of others.
  const isAny = Object.keys(broker.kits).length === 0
  if (wasByTopic ? topics.length === 0 : !isAny && kits.length === 0) return undefined
  return { ...broker, topics, kits: Object.fromEntries(kits) }
}

/** What of the fleet this collector owns. Of a broker's messages on wildcard topics, `isMine` of their kit decides. */
export const ownFleet = ({ accounts, brokers }: Fleet, shard: Shard): Fleet => ({
  accounts: accounts.filter(({ accessKey }) => isMine(accessKey, shard)),
  brokers: brokers.flatMap((broker) => ownBroker(broker, shard) ?? []),
})
