/**
 * What a session needs of one MQTT connection. A link is one CONNECT: it never connects again by itself and never
 * publishes anything twice, nor what an earlier one carried. `mqtt-link.ts` speaks to real brokers; the simulator has one that
 * needs no socket.
 */

/** What a broker asks for. */
export interface SignIn {
  /** mqtt://host:port or mqtts://host:port */
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

export interface LinkOptions extends SignIn {
  readonly clientId: string
  readonly protocolVersion: 4 | 5
}

/** Why a link is over. `unreachable`: no CONNECT was answered. `refused`: the broker's CONNACK said no. */
export interface LinkEnd {
  readonly reason: 'unreachable' | 'untrusted' | 'refused' | 'closed'
  /** Of a refusal, as in MQTT 3.1.1 (5 = not authorised); codes of MQTT 5 are mapped to them. */
  readonly code?: number
  readonly text: string
}

export interface LinkEvents {
  /** CONNACK: the broker took us in. */
  onUp(isSessionPresent: boolean): void
  /** Once, also when the link was closed by us; nothing comes after it. */
  onEnd(end: LinkEnd): void
  /** Takes a message; its record's sequence number, or undefined when it was refused. */
  onMessage(topic: string, bytes: Uint8Array, isDuplicate: boolean, qos: number): number | undefined
}

/**
 * What became of a message of ours. `taken`: the broker acknowledged it. `refused`: it said no, which MQTT 5 alone can.
 * `unsent`: the link was not up. `unknown`: it went out, and the link ended before any answer.
 */
export type Published = 'taken' | 'refused' | 'unsent' | 'unknown'

export interface Link {
  /** Granted QoS; 128 and above is a refusal; undefined when the link ended first. */
  subscribe(topic: string): Promise<number | undefined>
  /** Sends a message once, at QoS 1. Waits for the broker's answer as long as the link lives. */
  publish(topic: string, bytes: Uint8Array): Promise<Published>
  /** Records up to this sequence number are durable: acknowledge their messages. */
  onDurable(seq: number): void
  /** Messages not acknowledged yet. */
  unacknowledged(): number
  close(): Promise<void>
}

/** Begins to connect. No event comes before this has returned; `onEnd` comes for every link. */
export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link
