/** The collector's status in the names and units of the read API. Pure. */
import type { AccountStatus, HttpStatus } from '../cloud/account-status.ts'
import type { SessionStatus } from '../cloud/session-contract.ts'
import { COUNTERS, type CounterName, type Counters, total } from '../counters.ts'
import type { DrainStatus } from '../store/drain.ts'
import { labelledCounts } from './labelled-counts.ts'
import type { CollectorStatus, SpoolView } from './status.ts'

const REFUSED_FROM = 128

/** Whether this is what a broker answers to a SUBSCRIBE that it takes. */
export const isGranted = (qos: number): boolean => qos < REFUSED_FROM

const ageS = (since: number, at: number): number => Math.max(0, Math.round((at - since) / 1000))

const spoolView = ({ bytes, recordingBytes, records, oldestAt, hoursLeft, isRefusing }: SpoolView, at: number) => ({
  bytes,
  recording_bytes: recordingBytes,
  records_waiting: records,
  is_refusing: isRefusing,
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

const sessionView = (session: SessionStatus) => ({
  is_connected: session.isConnected,
  state: session.state,
  since_ms: session.sinceAt,
  topics: [...session.granted].map(([topic, qos]) =>
    isGranted(qos) ? { topic, is_granted: true, qos } : { topic, is_granted: false },
  ),
  unacknowledged: session.unacknowledged,
  ...(session.connects === undefined ? {} : { connects: session.connects }),
  ...(session.ids === undefined ? {} : { client_ids: session.ids }),
  ...(session.problem === '' ? {} : { problem: session.problem }),
})

const httpView = ({ isDown, lastOkAt, requestsLastMinute, problem }: HttpStatus, at: number) => ({
  is_down: isDown,
  ...(lastOkAt === undefined ? {} : { last_ok_age_s: ageS(lastOkAt, at) }),
  requests_last_minute: requestsLastMinute,
  ...(problem === '' ? {} : { problem }),
})

const accountView = ({ name, kind, host, kits, session, http, clockOffsetMs }: AccountStatus, at: number) => ({
  name,
  kind,
  ...(host === undefined ? {} : { host }),
  kits: [...kits],
  session: sessionView(session),
  ...(http === undefined ? {} : { http: httpView(http, at) }),
  ...(clockOffsetMs === undefined ? {} : { clock_offset_ms: clockOffsetMs }),
})

/** Every counter there is, with what it counts; one that counted nothing yet stands at 0. */
const countersView = (counters: Counters) =>
  (Object.keys(COUNTERS) as CounterName[]).map((name) => ({
    name,
    is: COUNTERS[name],
    total: total(counters, name),
    by_label: Object.fromEntries(labelledCounts(counters, name)),
  }))

export const collectorView = (status: CollectorStatus, at: number) => ({
  at,
  version: status.version,
  uptime_s: ageS(status.startedAt, at),
  store: status.store,
  spool: spoolView(status.spool, at),
  drain: drainView(status.drain, at),
  accounts: status.accounts.map((one) => accountView(one, at)),
  counters: countersView(status.counters),
})
