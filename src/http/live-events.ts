/**
 * The kits as server-sent events: what is known now, and whatever changes of it. Promises: for a reader who is slow
 * nothing is queued; what he does not take is left out, and the next event is whole again. One who takes nothing for a
 * minute is sent away, and everybody after an hour, so that his token is looked at anew.
 */
import type { FastifyReply } from 'fastify'
import type { Caller } from './callers.ts'
import { type EventStream, openEventStream } from './event-stream.ts'
import { tellKit, tellKits } from './kit-answers.ts'
import { createLatestTeller, createTeller, type Teller } from './live-news.ts'
import type { ErrorLog } from './refusals.ts'
import type { Sources } from './route.ts'

const BEAT_MS = 1_000
const KITS_MOST_MS = 10_000
const KIT_MOST_MS = 5_000
/** A long list is work for the reader too: a thousand kits are told every ten seconds. */
const LIST_MS_A_KIT = 10
const STUCK_MS = 60_000
const HOUR_MS = 3_600_000

interface Follower {
  readonly caller: Caller
  /** Of the kit whose values he wants too. */
  readonly sn: string | undefined
  readonly signal: AbortSignal
  readonly log: ErrorLog
}

const tellersFor = (sources: Sources, { caller, sn }: Follower): [event: string, Teller<unknown>][] => {
  const listMs = (): number => Math.min(KITS_MOST_MS, LIST_MS_A_KIT * sources.state().kits.size)
  const kits = createTeller((at) => tellKits(sources, caller, at), { mostMs: KITS_MOST_MS, leastMs: listMs })
  if (sn === undefined) return [['kits', kits]]
  const kit = createTeller((at) => tellKit(sources, sn, at), { mostMs: KIT_MOST_MS, leastMs: () => 0 })
  return [
    ['kits', kits],
    ['kit', kit],
    ['latest', createLatestTeller(sources, sn)],
  ]
}

/** Whether the reader took everything so far, and was told the news. */
const tellNews = (stream: EventStream, tellers: ReturnType<typeof tellersFor>, at: number): boolean => {
  if (!stream.isTaken()) return false
  for (const [event, tell] of tellers) {
    const news = tell(at)
    if (news !== undefined) stream.send(event, news)
  }
  return true
}

/** Answers with events until the signal, or the hour is over. */
export const sendLive = (reply: FastifyReply, sources: Sources, follower: Follower): FastifyReply => {
  const { signal, log } = follower
  const stream = openEventStream(reply, sources, signal)
  const tellers = tellersFor(sources, follower)
  const endAt = sources.now() + HOUR_MS
  let takenAt = sources.now()
  let cancel = (): void => undefined
  const beat = (): void => {
    const at = sources.now()
    if (tellNews(stream, tellers, at)) takenAt = at
    if (at - takenAt >= STUCK_MS) return void reply.raw.destroy()
    if (at >= endAt) return stream.end()
    cancel = sources.after(BEAT_MS, guarded)
  }
  // A page must never end the collector, whatever it makes of the state.
  const guarded = (): void => {
    try {
      beat()
    } catch (error) {
      log.error(
        { err: error },
        'The kits could not be told to a page, which asks again; collecting goes on undisturbed',
      )
      reply.raw.destroy()
    }
  }
  signal.addEventListener('abort', () => cancel())
  guarded()
  return reply
}
