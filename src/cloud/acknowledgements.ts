/**
 * Messages of one connection that wait until their records are durable, in the order received. It promises a PUBACK
 * for each, in that order and never before; writing the bytes is the caller's.
 */

interface Waiting {
  readonly seq: number
  readonly messageId: number
}

export interface Acknowledgements {
  /** Messages not acknowledged yet. */
  count(): number
  wait(seq: number, messageId: number): void
  /** Records up to this sequence number are durable. */
  onDurable(seq: number): void
  /** The connection is gone: nothing of it may be acknowledged on another one. */
  forget(): void
}

/** PUBACK packets; the same bytes in MQTT 3.1.1 and 5. */
const pubacks = (acknowledged: readonly Waiting[]): Uint8Array => {
  const bytes = Buffer.alloc(acknowledged.length * 4)
  acknowledged.forEach(({ messageId }, i) => {
    bytes.writeUInt32BE(0x40020000 + messageId, i * 4)
  })
  return bytes
}

export const createAcknowledgements = (write: (bytes: Uint8Array) => void): Acknowledgements => {
  let waiting: Waiting[] = []
  return {
    count: () => waiting.length,
    wait: (seq, messageId) => void waiting.push({ seq, messageId }),
    onDurable: (seq) => {
      let ready = 0
      while (ready < waiting.length && waiting[ready]!.seq <= seq) ready++
      if (ready > 0) write(pubacks(waiting.splice(0, ready)))
    },
    forget: () => {
      waiting = []
    },
  }
}
