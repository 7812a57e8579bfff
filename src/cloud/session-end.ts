/**
 * What follows when a link ends or a sign-in fails: how long to wait, and what to tell a person. Decides only, from what
 * happened so far (`Past`, whose counts it moves on); waiting and telling are the session's.
 */
import { FAILURES } from './failures.ts'
import type { LinkEnd, SignIn } from './link.ts'
import type { Failure } from './outcome.ts'
import { backoffMs, KICKED_WITHIN_MS, KICKS, kickedMs, PROVEN_MS, spacingMs, stubbornMs } from './pace.ts'
import {
  closed,
  isOfCredentials,
  kickedOut,
  refusedAccount,
  refusedBroker,
  unreachable,
  untrusted,
} from './session-words.ts'

/** What happened so far; counts are of failures in a row. */
export interface Past {
  /** Kept until the broker refuses them. */
  credentials: SignIn | undefined
  signedInAt: number
  /** When the link that is open came up. */
  upAt: number | undefined
  failures: number
  /** Refusals of fresh or kept credentials. */
  refusals: number
  /** Connections closed within seconds. */
  kicks: number
}

export interface Next {
  readonly waitMs: number
  readonly problem: string
  /** Somebody has to do something, most likely. */
  readonly isForPerson: boolean
}

interface Circumstances {
  readonly host: string
  /** One of the vendor's, not a plain broker. */
  readonly isAccount: boolean
  /** Epoch ms. */
  readonly at: number
  readonly random: () => number
}

/** Credentials may have been rotated: they are forgotten, and fetched again at most every 5 min, then more and more rarely. */
const afterRefusal = (past: Past, { code, text }: LinkEnd, { isAccount, at, random }: Circumstances): Next => {
  const shortMs = backoffMs(past.failures, random)
  if (!isOfCredentials(code) || !isAccount)
    return { waitMs: shortMs, problem: refusedBroker(code, text), isForPerson: true }
  past.credentials = undefined
  past.refusals++
  const spacing = spacingMs(past.refusals - 1) * (1 + random() / 10)
  const waitMs = Math.max(shortMs, past.signedInAt + spacing - at)
  return { waitMs, problem: refusedAccount(code, text), isForPerson: true }
}

const afterClose = (past: Past, { text }: LinkEnd, livedMs: number, { isAccount, random }: Circumstances): Next => {
  past.kicks = livedMs < KICKED_WITHIN_MS ? past.kicks + 1 : 0
  if (past.kicks >= KICKS) return { waitMs: kickedMs(random), problem: kickedOut(isAccount, text), isForPerson: true }
  return { waitMs: backoffMs(past.failures, random), problem: closed(text), isForPerson: false }
}

/** A link is over that was to stay. */
export const afterEnd = (past: Past, end: LinkEnd, circumstances: Circumstances): Next => {
  const { host, at, random } = circumstances
  const livedMs = past.upAt === undefined ? 0 : at - past.upAt
  past.upAt = undefined
  past.failures = livedMs >= PROVEN_MS ? 1 : past.failures + 1
  if (end.reason === 'refused') return afterRefusal(past, end, circumstances)
  if (end.reason === 'closed') return afterClose(past, end, livedMs, circumstances)
  const waitMs = backoffMs(past.failures, random)
  return end.reason === 'untrusted'
    ? { waitMs, problem: untrusted(host, end.text), isForPerson: true }
    : { waitMs, problem: unreachable(host, end.text), isForPerson: false }
}

/** The way to the credentials failed: no connect was spent. */
export const afterFailedSignIn = (past: Past, failure: Failure, random: () => number): Next => {
  const isForPerson = FAILURES[failure.kind].concerns === 'account'
  past.failures++
  return {
    waitMs: isForPerson ? stubbornMs(random) : backoffMs(past.failures, random),
    problem: failure.text,
    isForPerson,
  }
}
