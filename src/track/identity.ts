/** Telling a message that was sent twice from one that merely says the same. */

/** More than a broker can have in flight when it sends again after a reconnect. */
const REMEMBERED = 8192

/** The numbers of the last messages, oldest first: at least so many as are to be remembered, at most twice as many. */
export interface Identities extends Iterable<number> {
  /** Remembers a number other than 0; false if it was known. */
  add(identity: number): boolean
}

interface Generation {
  readonly inOrder: Float64Array
  /** By their lowest bits, in the first free place from there; half of the places stay free. 0 is a free place. */
  readonly places: Float64Array
  count: number
}

const createGeneration = (): Generation => ({
  inOrder: new Float64Array(REMEMBERED),
  places: new Float64Array(2 * REMEMBERED),
  count: 0,
})

const placeOf = ({ places }: Generation, identity: number): number => {
  let place = (identity | 0) & (places.length - 1)
  while (places[place] !== 0 && places[place] !== identity) place = (place + 1) & (places.length - 1)
  return place
}

const empty = (generation: Generation): Generation => {
  generation.places.fill(0)
  generation.count = 0
  return generation
}

/** When the younger generation is full, the older one is forgotten as a whole. A `Set` takes five times as long. */
export const createIdentities = (): Identities => {
  let [older, younger] = [createGeneration(), createGeneration()]
  return {
    add: (identity) => {
      if (older.places[placeOf(older, identity)] === identity) return false
      if (younger.places[placeOf(younger, identity)] === identity) return false
      if (younger.count === REMEMBERED) [older, younger] = [younger, empty(older)]
      younger.places[placeOf(younger, identity)] = identity
      younger.inOrder[younger.count++] = identity
      return true
    },
    *[Symbol.iterator]() {
      for (const { inOrder, count } of [older, younger]) yield* inOrder.subarray(0, count)
    },
  }
}

/** Bytes are mixed from here, where they stand aligned: sixteen at a time, with zeros behind the last. */
const words = new Int32Array(4096)
const aligned = new Uint8Array(words.buffer)
/** Enough to fill up sixteen, and for two rounds that only mix. */
const ZEROS = 47
const AT_ONCE = aligned.length - ZEROS

/** A word whose every bit moves many others: a turn between two products. */
const stirred = (word: number): number => {
  const product = Math.imul(word, 0x239b961b)
  return Math.imul((product << 15) | (product >>> 17), 0x38b34ae5)
}

const turned = (word: number): number => (word << 13) | (word >>> 19)

/**
 * 53 bits over topic and bytes, never 0: four sums side by side, each turned and tied to the next. Among the messages
 * remembered two different ones share a number once in 10^11, and both carry an id and a clock besides.
 */
const identityOf = (topic: string, bytes: Uint8Array): number => {
  let [a, b, c, d] = [bytes.length, topic.length, 0, 0]
  for (let i = 0; i < topic.length; i++) {
    c = Math.imul(c ^ topic.charCodeAt(i), 0x5bd1e995)
    d = Math.imul(d + topic.charCodeAt(i), 0x2c1b3c6d)
  }
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    const part = bytes.length <= AT_ONCE ? bytes : bytes.subarray(from, from + AT_ONCE)
    aligned.set(part)
    aligned.fill(0, part.length, part.length + ZEROS)
    const end = (part.length + ZEROS - 15) / 4
    for (let i = 0; i < end; i += 4) {
      a = (turned(a ^ stirred(words[i]!)) + b) | 0
      b = (turned(b ^ stirred(words[i + 1]!)) + c) | 0
      c = (turned(c ^ stirred(words[i + 2]!)) + d) | 0
      d = (turned(d ^ stirred(words[i + 3]!)) + a) | 0
    }
  }
  return ((a ^ c) >>> 0) * 2 ** 21 + ((b ^ d) >>> 11) || 1
}

/**
 * Whether these very bytes came before on the topic. Bytes that come again are the same message when `isSure`: the
 * message carries id and clock, or the broker marked it as sent before. Remembers the message.
 */
export const isRepeated = (
  { identities }: { readonly identities: Identities },
  topic: string,
  bytes: Uint8Array,
  isSure: boolean,
): boolean => !identities.add(identityOf(topic, bytes)) && isSure
