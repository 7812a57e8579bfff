/** Telling a message that was sent twice from one that merely says the same. */
import type { TrackState } from './state.ts'

/** More than a broker can have in flight when it sends again after a reconnect. */
const REMEMBERED = 8192

/** Deleting one at a time would walk over the holes of those deleted before. */
const FORGOTTEN_AT_ONCE = 1024

const forgetOldest = (identities: Set<number>): void => {
  let left = FORGOTTEN_AT_ONCE
  for (const oldest of identities) {
    if (left-- === 0) return
    identities.delete(oldest)
  }
}

/**
 * 53 bits over topic and bytes, two multiplicative hashes side by side, four bytes at a time. Among the messages
 * remembered two different ones share a number once in 10^12, and both carry an id and a clock besides.
 */
const identityOf = (topic: string, bytes: Uint8Array): number => {
  let [one, two] = [bytes.length, topic.length]
  const mix = (word: number): void => {
    one = Math.imul(one ^ word, 0x5bd1e995)
    one ^= one >>> 15
    two = Math.imul(two ^ word, 0x2c1b3c6d)
    two ^= two >>> 13
  }
  for (let i = 0; i < topic.length; i++) mix(topic.charCodeAt(i))
  const end = bytes.length - 3
  let i = 0
  for (; i < end; i += 4) mix(bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
  for (; i < bytes.length; i++) mix(bytes[i]!)
  return (one >>> 0) * 2 ** 21 + (two >>> 11)
}

/**
 * Whether these very bytes came before on the topic. Bytes that come again are the same message when `isSure`: the
 * message carries id and clock, or the broker marked it as sent before. Remembers the message.
 */
export const isRepeated = ({ identities }: TrackState, topic: string, bytes: Uint8Array, isSure: boolean): boolean => {
  const identity = identityOf(topic, bytes)
  if (identities.has(identity)) return isSure
  identities.add(identity)
  if (identities.size > REMEMBERED + FORGOTTEN_AT_ONCE) forgetOldest(identities)
  return false
}
