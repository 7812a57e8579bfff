/**
 * The MQTT session of one source: signs in, keeps one link open, and comes back when it ends, at the pace of what ended
 * it and inside the account's budget. Credentials are kept until the broker refuses them. Where the budget is spent the
 * session rests (`http_only`) and polling goes on. Whether an open session is silent is not seen here: the watchdog asks
 * for `reconnect`. What is published goes out on the connection there is, once.
 */
import type { Link, LinkEnd, SignIn } from './link.ts'
import { spacingMs } from './pace.ts'
import type { Session, SessionOptions, SessionState, SessionStatus } from './session-contract.ts'
import { afterEnd, afterFailedSignIn, type Next, type Past } from './session-end.ts'
import { nextTry, restsUntil } from './session-words.ts'
import { createSpending, type Spending } from './spending.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

interface Life extends Past {
  readonly options: SessionOptions
  readonly subscriptions: Subscriptions
  readonly spending: Spending
  state: SessionState
  sinceAt: number
  problem: string
  link: Link | undefined
  /** Ends the wait for the next try. */
  cancel: () => void
  /** What it waits for is no person and nobody's patience: only the way to the broker. */
  isWayOnly: boolean
  isRenewing: boolean
  forcedAt: number
  forcedTimes: number
  /** A message of this connection was refused and will come again on the next. */
  hasRefused: boolean
}

const newLife = (options: SessionOptions): Life => ({
  options,
  subscriptions: createSubscriptions(options.name, options.log, options.topics),
  spending: createSpending(options.budget, options.name, options.log, options.timers.now),
  state: 'connecting',
  sinceAt: options.timers.now(),
  problem: '',
  link: undefined,
  cancel: () => {},
  credentials: undefined,
  signedInAt: Number.NEGATIVE_INFINITY,
  upAt: undefined,
  failures: 0,
  refusals: 0,
  kicks: 0,
  isWayOnly: false,
  isRenewing: false,
  forcedAt: Number.NEGATIVE_INFINITY,
  forcedTimes: 0,
  hasRefused: false,
})

const enter = (life: Life, state: SessionState): void => {
  if ((state === 'connected') !== (life.state === 'connected')) life.sinceAt = life.options.timers.now()
  life.state = state
}

/** Tries again after a while; a problem that stays the same is told once. */
const wait = (life: Life, { isForPerson, problem, waitMs }: Next, state: 'waiting' | 'http_only' = 'waiting'): void => {
  const { log, name, timers } = life.options
  const level = problem === life.problem ? 'debug' : isForPerson ? 'error' : 'warn'
  // A failed sign-in says by itself whose it is.
  log[level](`${problem.startsWith(name) ? '' : `${name}: `}${problem} ${nextTry(waitMs)}`)
  life.problem = problem
  life.isWayOnly = !isForPerson && state === 'waiting'
  enter(life, state)
  life.cancel = timers.after(waitMs, () => void attempt(life))
}

const rest = (life: Life, untilAt: number): void => {
  const usage = life.spending.usage()!
  const waitMs = Math.max(1_000, untilAt - life.options.timers.now())
  wait(life, { isForPerson: true, problem: restsUntil(untilAt, usage.connects, usage.ids), waitMs }, 'http_only')
}

const onUp = (life: Life, link: Link, host: string): void => {
  const { log, name, timers } = life.options
  life.upAt = timers.now()
  life.refusals = 0
  life.hasRefused = false
  life.problem = ''
  enter(life, 'connected')
  log.info(`${name}: connected to the broker at ${host}.`)
  life.spending.note()
  life.subscriptions.onUp(link)
}

const onEnd = (life: Life, end: LinkEnd, host: string): void => {
  const { budget, random, timers } = life.options
  life.link = undefined
  life.subscriptions.onDown()
  if (life.state === 'closed') return
  if (end.reason === 'refused') life.spending.note()
  if (life.isRenewing) {
    life.isRenewing = false
    life.upAt = undefined
    return void attempt(life)
  }
  wait(life, afterEnd(life, end, { host, isAccount: budget !== undefined, at: timers.now(), random }))
}

const openLink = (life: Life, signIn: SignIn): void => {
  const { openLink, clientId, protocolVersion, onMessage } = life.options
  const host = URL.canParse(signIn.url) ? new URL(signIn.url).host : 'an unreadable address'
  const link = openLink(
    { ...signIn, clientId, protocolVersion },
    {
      onUp: () => onUp(life, link, host),
      onEnd: (end) => onEnd(life, end, host),
      onMessage: (topic, bytes, isDuplicate, qos) => {
        life.forcedTimes = 0
        const seq = onMessage(topic, bytes, isDuplicate, qos)
        if (seq === undefined && qos > 0) life.hasRefused = true
        return seq
      },
    },
  )
  life.link = link
}

const attempt = async (life: Life): Promise<void> => {
  const { signIn, random, timers } = life.options
  const restUntil = life.spending.restUntil()
  if (restUntil !== undefined) return rest(life, restUntil)
  enter(life, 'connecting')
  if (life.credentials === undefined) {
    const outcome = await signIn()
    if (life.state === 'closed') return
    if (!outcome.isOk) return wait(life, afterFailedSignIn(life, outcome.failure, random))
    life.credentials = outcome.value
    life.signedInAt = timers.now()
  }
  openLink(life, life.credentials)
}

/** Closes the open link; its end makes the next try. */
const renew = (life: Life): void => {
  life.isRenewing = true
  enter(life, 'connecting')
  void life.link?.close()
}

const reconnect = (life: Life, why: string): boolean => {
  const { log, name, timers } = life.options
  const at = timers.now()
  if (life.state !== 'connected' || at < life.forcedAt + spacingMs(life.forcedTimes)) return false
  if (!life.spending.isAmple()) return false
  life.forcedAt = at
  life.forcedTimes++
  log.warn(`${name}: ${why}: connecting anew.`)
  renew(life)
  return true
}

const hurry = (life: Life): void => {
  if (life.state !== 'waiting' || !life.isWayOnly) return
  life.cancel()
  void attempt(life)
}

const onRoom = (life: Life): void => {
  const { log, name } = life.options
  if (!life.hasRefused || life.state !== 'connected' || life.spending.restUntil() !== undefined) return
  log.info(`${name}: there is room again: connecting anew so that the broker sends what was refused.`)
  renew(life)
}

const statusOf = (life: Life): SessionStatus => {
  const { state, sinceAt, problem, link, subscriptions, spending } = life
  const usage = spending.usage()
  return {
    isConnected: state === 'connected',
    state,
    sinceAt,
    problem,
    granted: subscriptions.granted,
    unacknowledged: link?.unacknowledged() ?? 0,
    connects: usage?.connects,
    ids: usage?.ids,
  }
}

/** Opens the session and keeps it open until closed. */
export const openSession = (options: SessionOptions): Session => {
  const life = newLife(options)
  void attempt(life)
  return {
    status: () => statusOf(life),
    setTopics: life.subscriptions.set,
    reconnect: (why) => reconnect(life, why),
    hurry: () => hurry(life),
    publish: async (topic, bytes) =>
      life.state === 'connected' && life.link ? life.link.publish(topic, bytes) : 'unsent',
    onDurable: (seq) => life.link?.onDurable(seq),
    onRoom: () => onRoom(life),
    close: async () => {
      life.cancel()
      enter(life, 'closed')
      await life.link?.close()
    },
  }
}
