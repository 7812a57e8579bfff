/**
 * Where reports come from: accounts of the vendor's cloud and plain brokers. `read-fleet.ts` reads them, `shard.ts` says
 * which of them are this collector's own.
 */

import type { Site } from './track/site-state.ts'

/** What its owner says of a kit. */
export interface Kit {
  /** May be empty. */
  readonly name: string
  /** IANA name; without it that of the settings. */
  readonly timeZone?: string
  /** What its owner calls the circuits of its panels, by number from 1. */
  readonly circuits?: {
    readonly ac: Readonly<Record<string, string>>
    readonly dc: Readonly<Record<string, string>>
  }
  readonly site?: Site
  /** Name of the account or broker that brings it, once it is told to the line. */
  readonly account?: string
}

/** Kits by serial number. */
export type Kits = Readonly<Record<string, Kit>>

/** An account of the vendor's cloud: HTTP API, MQTT session and poller. */
export interface Account {
  readonly name: string
  readonly accessKey: string
  readonly secretKey: string
  readonly region: 'eu' | 'us' | 'auto'
  /** Instead of the region's host. */
  readonly url?: string
  /** Those its owner named; others of the account are found by themselves unless `onlyNamed`. */
  readonly kits: Kits
  readonly onlyNamed: boolean
}

/** A broker that carries the vendor's topics. */
export interface Broker {
  readonly name: string
  readonly url: string
  readonly username?: string
  readonly password?: string
  readonly version: 4 | 5
  /** Instead of those made from account and kits; may hold wildcards. */
  readonly topics: readonly string[]
  /** The second part of the vendor's topics; undefined: any. */
  readonly account: string | undefined
  /** None named: every kit whose topics come. */
  readonly kits: Kits
}

export interface Fleet {
  readonly accounts: readonly Account[]
  readonly brokers: readonly Broker[]
}
