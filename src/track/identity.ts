/** Telling a message that was sent twice from one that merely says the same. */
import type { TrackState } from './state.ts'

/** More than a broker can have in flight when it sends again after a reconnect. */
const REMEMBERED = 8192

/** Deleting one at a time would walk over the holes of those deleted before. */
const FORGOTTEN_AT_ONCE = 1024

const forgetOldest = (identities: Set<string>): void => {
  let left = FORGOTTEN_AT_ONCE
  for (const oldest of identities) {
    if (left-- === 0) return
    identities.delete(oldest)
  }
}

/** A multiplicative hash over the bytes, 32 bits, four at a time. It stays within int32, where the engine is quick. */
const hash = (bytes: Uint8Array): number => {
  const end = bytes.length - 3
  let value = 0
  let i = 0
  for (; i < end; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    value = Math.imul(value ^ word, 0x5bd1e995)
    value ^= value >>> 15
  }
  for (; i < bytes.length; i++) value = Math.imul(value ^ bytes[i]!, 0x5bd1e995)
  return value
}

/**
 * Whether these very bytes came before: under the same identity (id and clock of the message), or, for a message
 * without identity, when the broker itself says that it sent it before. Remembers the message.
 */
export const isRepeated = (
  { identities }: TrackState,
  topic: string,
  bytes: Uint8Array,
  identity: string | undefined,
  isMarked: boolean,
): boolean => {
  // Joined, not concatenated: thousands of keys are kept, and each would be kept with all the pieces it grew from.
  const key = [topic, identity, bytes.length, hash(bytes)].join(' ')
  const isSame = identities.has(key)
  if (isSame) return identity !== undefined || isMarked
  identities.add(key)
  if (identities.size > REMEMBERED + FORGOTTEN_AT_ONCE) forgetOldest(identities)
  return false
}
