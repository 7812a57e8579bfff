/**
 * The rules of the MQTT side, the same for sockets and for links without one: who is let in, who may read which topic,
 * who hears what. One live session an account, exact topics only, QoS 0. Owns the sessions; knows no packet.
 */
import type { Account } from './account.ts'

/** How the gate reaches a client. */
export interface Hands {
  readonly deliver: (topic: string, bytes: Uint8Array) => void
  /** The connection is cut from the cloud's side. */
  readonly close: () => void
}

export interface Login {
  readonly username: string | undefined
  readonly password: string | undefined
  readonly clientId: string
}

/** Refusals as in MQTT 3.1.1. */
export const BAD_PASSWORD = 4
const NOT_AUTHORISED = 5

/** The granted QoS, or a refusal. */
export type Grant = 0 | 128

export interface Session {
  readonly subscribe: (topic: string) => Grant
  readonly unsubscribe: (topic: string) => void
  /** Takes a message for a kit; others are ignored. */
  readonly command: (topic: string, bytes: Uint8Array) => void
  /** The client has gone. */
  readonly leave: () => void
}

/** Another program that uses the account: it has the only session, or takes it back after so many ms, each time. */
export type Rival = 'holds' | { readonly kicksAfterMs: number }

interface Seat {
  readonly account: Account
  live: (Hands & { readonly clientId: string; readonly topics: Set<string>; isSilent: boolean }) | undefined
  rival: Rival | undefined
  isLockedOut: boolean
  /** Client ids of a UTC day. */
  ids: { day: number; readonly seen: Set<string> }
}

export interface GateOptions {
  readonly accounts: readonly Account[]
  readonly now: () => number
  readonly after: (ms: number, call: () => void) => void
  /** Distinct client ids an account may use a UTC day. */
  readonly idsPerDay: number
  /** What becomes of a second session: the cloud refuses it, or lets it take the place of the first. */
  readonly secondSession: 'refused' | 'replaces'
  readonly onSet: (kitSn: string, bytes: Uint8Array) => void
}

export interface Gate {
  /** A session, or the code of the refusal. */
  readonly admit: (login: Login, hands: Hands) => Session | number
  readonly publish: (account: Account, topic: string, bytes: Uint8Array) => void
  /** Cuts the account's live session. */
  readonly cut: (account: Account) => void
  /** From here on the live session hears nothing. Undone for the one session it was done to. */
  readonly silence: (account: Account) => () => void
  /** The day's client ids are used up. */
  readonly lockOut: (account: Account) => () => void
  readonly setRival: (account: Account, rival: Rival) => () => void
}

const DAY_MS = 86_400_000
const READABLE = new Set(['quota', 'status', 'set_reply'])

/** The kit and the channel of a topic of the account, if it is one. */
const addressOf = (account: Account, topic: string): { kitSn: string; channel: string } | undefined => {
  const [empty, open, user, kitSn = '', channel = '', ...rest] = topic.split('/')
  const isOwn = empty === '' && open === 'open' && user === account.account && rest.length === 0
  return isOwn && account.kits.has(kitSn) ? { kitSn, channel } : undefined
}

// src: tolwi/hassio-ecoflow-cloud #306, #315: about ten ids an account and day. That known ids are refused as well once
// there were too many, and until when, is our guess.
const isWithinIds = (seat: Seat, clientId: string, at: number, limit: number): boolean => {
  const day = Math.floor(at / DAY_MS)
  if (seat.ids.day !== day) seat.ids = { day, seen: new Set() }
  seat.ids.seen.add(clientId)
  return seat.ids.seen.size <= limit && !seat.isLockedOut
}

const refusalOf = (seat: Seat | undefined, login: Login, options: GateOptions): number => {
  if (seat === undefined || login.password !== seat.account.password) return BAD_PASSWORD
  if (login.clientId === '' || !isWithinIds(seat, login.clientId, options.now(), options.idsPerDay))
    return NOT_AUTHORISED
  const isSecond = seat.live !== undefined && seat.live.clientId !== login.clientId
  return seat.rival === 'holds' || (isSecond && options.secondSession === 'refused') ? NOT_AUTHORISED : 0
}

const cutSeat = (seat: Seat): void => {
  const { live } = seat
  seat.live = undefined
  live?.close()
}

const openSession = (seat: Seat, login: Login, hands: Hands, options: GateOptions): Session => {
  cutSeat(seat)
  const live = { ...hands, clientId: login.clientId, topics: new Set<string>(), isSilent: false }
  seat.live = live
  const cutIfLive = (): void => (seat.live === live && seat.rival !== undefined ? cutSeat(seat) : undefined)
  if (typeof seat.rival === 'object') options.after(seat.rival.kicksAfterMs, cutIfLive)
  return {
    subscribe: (topic) => {
      const address = addressOf(seat.account, topic)
      const isRefused =
        !address || !READABLE.has(address.channel) || seat.account.kits.get(address.kitSn)!.areTopicsRefused
      if (isRefused) return 128
      live.topics.add(topic)
      return 0
    },
    unsubscribe: (topic) => void live.topics.delete(topic),
    command: (topic, bytes) => {
      const address = addressOf(seat.account, topic)
      if (address?.channel === 'set') options.onSet(address.kitSn, bytes)
    },
    leave: () => {
      if (seat.live === live) seat.live = undefined
    },
  }
}

export const createGate = (options: GateOptions): Gate => {
  const seats = new Map<string, Seat>(
    options.accounts.map((account) => [
      account.account,
      { account, live: undefined, rival: undefined, isLockedOut: false, ids: { day: 0, seen: new Set() } },
    ]),
  )
  const seatOf = (account: Account): Seat => seats.get(account.account)!
  return {
    admit: (login, hands) => {
      const seat = seats.get(login.username ?? '')
      const refusal = refusalOf(seat, login, options)
      return refusal > 0 ? refusal : openSession(seat!, login, hands, options)
    },
    publish: (account, topic, bytes) => {
      const { live } = seatOf(account)
      if (live?.topics.has(topic) && !live.isSilent) live.deliver(topic, bytes)
    },
    cut: (account) => cutSeat(seatOf(account)),
    silence: (account) => {
      const { live } = seatOf(account)
      if (live) live.isSilent = true
      return () => {
        if (live) live.isSilent = false
      }
    },
    lockOut: (account) => {
      seatOf(account).isLockedOut = true
      return () => {
        seatOf(account).isLockedOut = false
      }
    },
    setRival: (account, rival) => {
      seatOf(account).rival = rival
      cutSeat(seatOf(account))
      return () => {
        seatOf(account).rival = undefined
      }
    },
  }
}
