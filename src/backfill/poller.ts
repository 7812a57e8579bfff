/**
 * Who is polled when: every kit of an account at a slow pace as a floor, at once when it falls silent, and again soon
 * when an answer could not be told from an old snapshot. Requests of one account are spaced out and bounded in number,
 * and a kit that is refused or fails waits longer by itself, so that neither a bad kit nor a bad account delays others.
 * What an answer says is not its care.
 */
import PQueue from 'p-queue'
import { pause, type Timers } from '../timers.ts'

/**
 * What came of a poll. `unreachable`: nobody answered, which costs the cloud nothing. `failing`: the cloud answers with
 * an error that may pass. `refused`: it refuses this kit. `account_refused`: it refuses the whole account.
 */
export type PollResult = 'good' | 'unreachable' | 'failing' | 'refused' | 'account_refused'

export interface PollerOptions {
  /** Serial numbers of the kits to poll, as they stand now. */
  kits(): readonly string[]
  poll(kitSn: string): Promise<PollResult>
  /** Asks for the list of devices: once a round, in line with the polls. */
  list(): Promise<PollResult>
  isPushing(kitSn: string): boolean
  /** Whether the last answer could not be told from an old snapshot. */
  isUnproven(kitSn: string): boolean
  isOffline(kitSn: string): boolean
  /** A poll threw, which it never should: it is tried again like one that failed. */
  onBroken(error: unknown): void
  readonly pollMs: number
  readonly timers: Timers
  readonly random: () => number
}

export interface Poller {
  /** Polls the kit within seconds, unless it is refused, or the whole account is. */
  pollSoon(kitSn: string): void
  /** Polls no more, without waiting for answers under way. */
  stop(): void
}

interface Turn {
  dueAt: number
  polledAt: number
  failures: number
  /** Whether its last failure may pass with the cloud's. */
  isPassing: boolean
  wasPushing: boolean
  wasOffline: boolean
  isQueued: boolean
}

const LOOK_MS = 1_000
/** A push first proves that the first answer is no old snapshot. */
const FIRST_MS = 3_000
const SOON_MS = 10_000
/** However often it is asked for. */
const ASKED_MS = 2_000
const SPACING_MS = 500
const PROBE_MS = 15_000
const AT_ONCE = 2
const MOST_MS = 15 * 60_000
const REFUSED_MS = 60 * 60_000
/** The cloud repeats its last words of a kit that is not connected: they need no hurry. */
const OFFLINE_ROUNDS = 5
const JITTER = 0.1

/** The name under which the list of devices takes its turns. */
const LIST = ''

const newTurn = (dueAt: number): Turn => ({
  dueAt,
  polledAt: 0,
  failures: 0,
  isPassing: true,
  wasPushing: false,
  wasOffline: false,
  isQueued: false,
})

const waitMs = (name: string, turn: Turn, result: PollResult, options: PollerOptions): number => {
  const { pollMs } = options
  if (result === 'refused') return REFUSED_MS
  if (result === 'failing' || result === 'account_refused') return Math.min(MOST_MS, pollMs * 2 ** (turn.failures - 1))
  // Asking where nobody answers costs the cloud nothing, and tells soon when somebody does.
  if (result === 'unreachable' && name === LIST) return Math.min(PROBE_MS, pollMs)
  if (result === 'unreachable' || name === LIST) return pollMs
  if (options.isUnproven(name)) return Math.min(SOON_MS, pollMs)
  return options.isOffline(name) ? OFFLINE_ROUNDS * pollMs : pollMs
}

/** Falls silent, or comes back: either way its snapshot is wanted now, but never within ten seconds of the last one. */
const hurry = (name: string, turn: Turn, at: number, options: PollerOptions): void => {
  const [isPushing, isOffline] = [options.isPushing(name), options.isOffline(name)]
  const isChanged = isPushing !== turn.wasPushing || (turn.wasOffline && !isOffline)
  if (isChanged && turn.failures === 0) turn.dueAt = Math.min(turn.dueAt, Math.max(at, turn.polledAt + SOON_MS))
  turn.wasPushing = isPushing
  turn.wasOffline = isOffline
}

/** Turns of the list and of every kit there is now. */
const arrange = (turns: Map<string, Turn>, kits: readonly string[], at: number): void => {
  for (const sn of kits) if (!turns.has(sn)) turns.set(sn, newTurn(at + FIRST_MS))
  for (const name of turns.keys()) if (name !== LIST && !kits.includes(name)) turns.delete(name)
}

/** Asks with the spacing that the account's requests keep between each other. */
const createAsking = (options: PollerOptions): ((name: string) => Promise<PollResult>) => {
  const { timers } = options
  let nextSlotAt = 0
  return async (name) => {
    const slotAt = Math.max(timers.now(), nextSlotAt)
    nextSlotAt = slotAt + SPACING_MS
    if (slotAt > timers.now()) await pause(timers, slotAt - timers.now())
    return (name === LIST ? options.list() : options.poll(name)).catch((error: unknown): PollResult => {
      options.onBroken(error)
      return 'failing'
    })
  }
}

export const startPoller = (options: PollerOptions): Poller => {
  const { timers, random } = options
  const queue = new PQueue({ concurrency: AT_ONCE })
  const turns = new Map<string, Turn>([[LIST, newTurn(timers.now())]])
  const ask = createAsking(options)
  let pausedUntil = 0
  let isStopped = false

  const take = async (name: string, turn: Turn): Promise<void> => {
    if (isStopped) return
    const result = await ask(name)
    const at = timers.now()
    // The cloud answers again: who failed with it need not sit out his time.
    if (result === 'good' && turn.failures > 0)
      for (const other of turns.values())
        if (other.failures > 0 && other.isPassing) other.dueAt = Math.min(other.dueAt, at)
    turn.failures = result === 'good' ? 0 : turn.failures + 1
    turn.isPassing = result !== 'refused'
    turn.polledAt = at
    turn.dueAt = at + waitMs(name, turn, result, options) * (1 - JITTER + 2 * JITTER * random())
    if (result === 'account_refused') pausedUntil = Math.max(pausedUntil, turn.dueAt)
    turn.isQueued = false
  }
  const look = (): void => {
    if (isStopped) return
    const at = timers.now()
    arrange(turns, options.kits(), at)
    for (const [name, turn] of turns) {
      if (name !== LIST) hurry(name, turn, at, options)
      if (turn.isQueued || at < turn.dueAt || at < pausedUntil) continue
      turn.isQueued = true
      void queue.add(() => take(name, turn))
    }
    timers.after(LOOK_MS, look)
  }
  look()
  return {
    pollSoon: (sn) => {
      const turn = turns.get(sn)
      if (turn?.isPassing) turn.dueAt = Math.min(turn.dueAt, Math.max(timers.now(), turn.polledAt + ASKED_MS))
    },
    stop: () => {
      isStopped = true
      queue.clear()
    },
  }
}
