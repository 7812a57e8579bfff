/**
 * What the collector and other commands on its machine say to each other through the socket of the data directory:
 * `POST /<operation>` with JSON, answered by lines of JSON. A line is an array of items; the last one is an object that
 * says how it ended, so that an answer cut short is never taken for a whole one.
 */

/** Raised whenever an older program would misunderstand a newer one. */
export const PROTOCOL = '1'
export const PROTOCOL_HEADER = 'powerkits-protocol'
export const VERSION_HEADER = 'powerkits-version'

/** How an answer ended. `code` is a row of errors.ts where it failed for a known reason. */
export type End =
  | { readonly end: 'done' }
  | { readonly end: 'failed'; readonly code: string; readonly message: string; readonly help: string }

/**
 * One thing that can be asked of a running collector: what is asked (unchecked JSON) to batches of items. It ends early
 * by `signal`, when who asked has gone or the collector stops.
 */
export type Operation = (asked: unknown, signal: AbortSignal) => AsyncIterable<readonly unknown[]>

export type Operations = Readonly<Record<string, Operation>>

/** A kit as its owner knows it; `name` is empty if it has none. */
export interface NamedKit {
  readonly kitSn: string
  readonly name: string
  /** IANA name. */
  readonly timeZone: string
}
