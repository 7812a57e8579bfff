/** The collector's status in the names and units of the read API. Pure. */
import { COUNTERS, type Counters } from '../counters.ts'
import type { DrainStatus } from '../store/drain.ts'
import type { CollectorStatus, SessionView, SpoolView } from './status.ts'

const REFUSED_FROM = 128

const ageS = (since: number, at: number): number => Math.max(0, Math.round((at - since) / 1000))

const spoolView = ({ bytes, records, oldestAt, hoursLeft }: SpoolView, at: number) => ({
  bytes,
  records_waiting: records,
  ...(oldestAt === undefined ? {} : { oldest_age_s: ageS(oldestAt, at) }),
  ...(hoursLeft === undefined ? {} : { hours_left: hoursLeft }),
})

const drainView = ({ cursor, inFlight, lastAnswer, keptSince, problem, latencyMs }: DrainStatus, at: number) => ({
  cursor,
  batches_in_flight: inFlight,
  ...(lastAnswer === undefined ? {} : { last_answer: lastAnswer }),
  ...(latencyMs === undefined ? {} : { latency_ms: latencyMs }),
  ...(keptSince === undefined ? {} : { kept_for_s: ageS(keptSince, at) }),
  ...(problem === undefined ? {} : { problem: { code: problem.code, message: problem.message, help: problem.help } }),
})

const sessionView = ({ isConnected, sinceAt, granted, problem }: SessionView) => ({
  is_connected: isConnected,
  since_ms: sinceAt,
  topics: [...granted].map(([topic, qos]) =>
    qos < REFUSED_FROM ? { topic, is_granted: true, qos } : { topic, is_granted: false },
  ),
  ...(problem === '' ? {} : { problem }),
})

/** Every counter there is, with what it counts; one that counted nothing yet stands at 0. */
const countersView = (counters: Counters) =>
  Object.entries(COUNTERS).map(([name, is]) => {
    const prefix = `${name}{`
    const labelled = [...counters].filter(([key]) => key.startsWith(prefix))
    const by_label = Object.fromEntries(labelled.map(([key, counted]) => [key.slice(prefix.length, -1), counted]))
    const total = labelled.reduce((sum, [, counted]) => sum + counted, counters.get(name) ?? 0)
    return { name, is, total, by_label }
  })

export const collectorView = (status: CollectorStatus, at: number) => ({
  at,
  version: status.version,
  uptime_s: ageS(status.startedAt, at),
  store: status.store,
  spool: spoolView(status.spool, at),
  drain: drainView(status.drain, at),
  ...(status.session === undefined ? {} : { session: sessionView(status.session) }),
  counters: countersView(status.counters),
})
