/**
 * What the spool keeps: one input with what came of it. The input is enough to fold `track` again after a crash and
 * to re-normalise years later; the lines are what the drain brings to the store.
 */

/** `mqtt` a message, `http` an answer of the cloud, `tick` a whole minute, `file` a replayed message. */
export type InputSource = 'mqtt' | 'http' | 'tick' | 'file'

/** One input of the line. `at` is the receive time in epoch ms; `topic` the MQTT topic or the HTTP path asked. */
export interface Input {
  readonly at: number
  readonly source: InputSource
  readonly topic: string
  readonly bytes: Uint8Array
  /** The broker marked the message as sent before. */
  readonly isDuplicate?: boolean
}

/** Line protocol for the two buckets; lines end in \n, an empty string is no line. */
export interface Lines {
  readonly raw: string
  readonly history: string
}

export interface SpoolRecord {
  /** Counts all records ever appended to this spool, from 1. */
  readonly seq: number
  readonly input: Input
  readonly lines: Lines
}

/** What the store is told of a record. */
export type SpoolLines = Pick<SpoolRecord, 'seq' | 'lines'>
