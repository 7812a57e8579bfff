/** What a session is given, what it tells of itself and what it can be asked to do. `session.ts` is the one there is. */
import type { Log } from '../log.ts'
import type { Timers } from '../timers.ts'
import type { Budget, Usage } from './budget.ts'
import type { OpenLink, Published, SignIn } from './link.ts'
import type { Outcome } from './outcome.ts'

export interface SessionOptions {
  /** Of the source, for sentences: `Account van`. */
  readonly name: string
  readonly protocolVersion: 4 | 5
  /** The vendor's certification, or the settings of a plain broker. Never rejects. */
  signIn(): Promise<Outcome<SignIn>>
  readonly openLink: OpenLink
  /** Of an account of the vendor's; a plain broker has none. */
  readonly budget?: Budget | undefined
  readonly clientId: string
  readonly topics: readonly string[]
  readonly timers: Timers
  /** From 0 to below 1. */
  random(): number
  readonly log: Log
  /** Takes a message; its record's sequence number, or undefined when it was refused. */
  onMessage(topic: string, bytes: Uint8Array, isDuplicate: boolean, qos: number): number | undefined
}

/** `http_only`: the budget is spent, the session rests until there is room in it. */
export type SessionState = 'connected' | 'connecting' | 'waiting' | 'http_only' | 'closed'

export interface SessionStatus {
  readonly isConnected: boolean
  readonly state: SessionState
  /** Epoch ms of the last change of `isConnected`. */
  readonly sinceAt: number
  /** What keeps it from being connected, for a person; empty when nothing does. */
  readonly problem: string
  /** Granted QoS by topic on this connection; 128 and above is a refusal. */
  readonly granted: ReadonlyMap<string, number>
  readonly unacknowledged: number
  /** Spent at the vendor's broker: connects of the last 24 hours, client ids of this day (UTC). Of an account only. */
  readonly connects: Usage | undefined
  readonly ids: Usage | undefined
}

export interface Session {
  status(): SessionStatus
  /** Asks for what is new; what is left out is not asked for on the next connection. */
  setTopics(topics: readonly string[]): void
  /**
   * Of a connection that is open but silent: closes it and connects anew. False where that is not allowed now: it is
   * not open, or was reconnected too short a time ago (5 min, doubling to 60 while nothing comes), or the last 30 % of
   * the budget is kept for connections that break by themselves.
   */
  reconnect(why: string): boolean
  /** Sends a message once, now or not at all. Waits for the broker's answer as long as the connection lives. */
  publish(topic: string, bytes: Uint8Array): Promise<Published>
  /** Records up to this sequence number are durable: acknowledge their messages. */
  onDurable(seq: number): void
  /** The cloud is there again: tries at once, where only the way to the broker was in the way. */
  hurry(): void
  /** There is room again: connect anew if something was refused, since a broker sends again only then. */
  onRoom(): void
  close(): Promise<void>
}
