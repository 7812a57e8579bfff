/**
 * Commands on their way, from the record on disk to a definite state: one at a time for each kit and operateType, sent
 * once, their replies matched, their effects looked for. Those that an earlier run of the collector left are only read
 * back. Whether a command may be sent at all was decided before.
 */
import type { SourceControl } from '../cloud/source.ts'
import type { QuotaReport, SetReplyReport } from '../report/report.ts'
import type { Timers } from '../timers.ts'
import type { Audit } from './audit.ts'
import type { CommandRecord } from './command-record.ts'
import {
  confirmation,
  type Ending,
  ending,
  endingByReply,
  GRACE_MS,
  isDone,
  REPLY_MS,
  type Standing,
  WINDOW_MS,
} from './confirm.ts'
import type { Planned } from './plan.ts'
import { createReading, type Reading, readReport } from './read-back.ts'
import { createReplies } from './replies.ts'
import { type Sent, send, type Way } from './send.ts'

export interface FlightsParts {
  readonly audit: Audit
  readonly timers: Timers
  /** Everything handed to the line so far is on disk; rejects when the collector stops. */
  readonly durable: () => Promise<void>
  /** How commands reach the kit; undefined while nothing brings it. */
  readonly controlOf: (kitSn: string) => SourceControl | undefined
  /** The way that is open to a command now, or why it must not be sent any more. */
  readonly clear: (planned: Planned) => { readonly way: Way } | { readonly hindrance: string }
}

export interface Flights {
  /** How many wait or are on their way to the kit under this operateType. */
  count(kitSn: string, operateType: string): number
  /** Takes a command whose record the line has. Resolves when that is durable. */
  launch(record: CommandRecord, planned: Planned): Promise<void>
  /** Takes what an earlier run left. */
  resume(record: CommandRecord): void
  isWatching(kitSn: string): boolean
  onReply(reply: SetReplyReport, at: number): void
  /** A report that is to be believed. */
  onReport(report: QuotaReport, at: number): void
  close(): void
}

interface Flight {
  record: CommandRecord
  /** Undefined of one that is only read back. */
  readonly planned: Planned | undefined
  readonly reading: Reading | undefined
  doubt: string
  /** When it went out; undefined: not yet. */
  goneAt: number | undefined
  /** Its record is on disk: before that nothing is sent. */
  isDurable: boolean
  isBegun: boolean
  cancel: () => void
}

interface Tower {
  readonly parts: FlightsParts
  /** By kit, in the order asked. */
  readonly flights: Map<string, Flight[]>
  isClosed: boolean
}

const POLL_EVERY_MS = 10_000
/** What waited longer would come when nobody expects it any more. */
const MOST_WAIT_MS = 120_000
const LEFT = 'The collector was stopped before it was known whether the command went out; it is not sent again.'

const standing = ({ record, reading, doubt }: Flight): Standing => ({ record, reading, doubt })

const ofKit = ({ flights }: Tower, kitSn: string): readonly Flight[] => flights.get(kitSn) ?? []

const sameKind = (tower: Tower, kitSn: string, operateType: string): Flight[] =>
  ofKit(tower, kitSn).filter((flight) => flight.record.operateType === operateType)

const isFlying = (tower: Tower, flight: Flight): boolean =>
  !tower.isClosed && ofKit(tower, flight.record.kitSn).includes(flight)

const change = (tower: Tower, flight: Flight, changes: Partial<CommandRecord>): void => {
  flight.record = { ...flight.record, ...changes }
  tower.parts.audit.note(flight.record)
}

const end = (tower: Tower, flight: Flight, { state, text }: Ending): void => {
  const { kitSn, operateType } = flight.record
  flight.cancel()
  const left = ofKit(tower, kitSn).filter((other) => other !== flight)
  if (left.length > 0) tower.flights.set(kitSn, left)
  else tower.flights.delete(kitSn)
  change(tower, flight, { state, text, endedAt: tower.parts.timers.now() })
  const [next] = sameKind(tower, kitSn, operateType)
  if (next?.isDurable && !next.isBegun) void begin(tower, next)
}

/** Ends the flight if what was heard by now confirms it. */
const consider = (tower: Tower, flight: Flight): void => {
  const confirmed = confirmation(standing(flight))
  if (confirmed) end(tower, flight, confirmed)
}

/** Polls for the effect, and ends the flight when its time is over. */
const watch = (tower: Tower, flight: Flight, fromAt: number): void => {
  const { timers, controlOf } = tower.parts
  const untilAt = fromAt + (flight.reading === undefined ? REPLY_MS : GRACE_MS + WINDOW_MS)
  const look = (): void => {
    const at = timers.now()
    if (at >= untilAt) return end(tower, flight, ending(standing(flight), at))
    const isDue = at >= fromAt + GRACE_MS
    if (flight.reading && isDue) controlOf(flight.record.kitSn)?.pollSoon(flight.record.kitSn)
    const nextAt = isDue ? at + POLL_EVERY_MS : fromAt + GRACE_MS
    flight.cancel = timers.after(Math.min(nextAt, untilAt) - at, look)
  }
  flight.cancel()
  look()
}

const settle = (tower: Tower, flight: Flight, sent: Sent): void => {
  const at = tower.parts.timers.now()
  if (sent.kind === 'refused') return end(tower, flight, { state: 'failed', text: sent.text })
  if (sent.kind === 'unknown') {
    flight.doubt = sent.text
    change(tower, flight, { text: sent.text })
  } else {
    const { isAcknowledged, text } = flight.record
    const taken = isAcknowledged ? text : 'It is sent; its effect is not seen yet.'
    change(tower, flight, { state: 'sent', sentAt: at, text: taken })
  }
  watch(tower, flight, at)
  consider(tower, flight)
}

/** Its turn has come: nothing of the same kind is on its way to the kit. */
const begin = async (tower: Tower, flight: Flight): Promise<void> => {
  const { timers, clear, controlOf } = tower.parts
  const { planned, record } = flight
  flight.isBegun = true
  const control = controlOf(record.kitSn)
  const reject = (text: string): void => end(tower, flight, { state: 'rejected', text })
  if (timers.now() - record.askedAt > MOST_WAIT_MS)
    return reject(`It had waited for more than ${MOST_WAIT_MS / 1000} s: nothing was sent.`)
  const cleared = clear(planned!)
  if ('hindrance' in cleared) return reject(cleared.hindrance)
  if (control === undefined) return reject('No account or broker brings this kit any more: nothing was sent.')
  flight.goneAt = timers.now()
  flight.record = { ...record, transport: cleared.way.transport }
  const sent = await send(planned!, cleared.way, control, timers)
  if (isFlying(tower, flight)) settle(tower, flight, sent)
}

const add = (tower: Tower, record: CommandRecord, planned: Planned | undefined): Flight => {
  const { readBack, state } = record
  const reading = typeof readBack === 'string' || readBack.length === 0 ? undefined : createReading(readBack)
  const doubt = planned === undefined && state === 'accepted' ? LEFT : ''
  const goneAt = planned === undefined ? (record.sentAt ?? record.askedAt) : undefined
  const flight = {
    record,
    planned,
    reading,
    doubt,
    goneAt,
    isDurable: planned === undefined,
    isBegun: planned === undefined,
    cancel: () => {},
  }
  tower.flights.set(record.kitSn, [...ofKit(tower, record.kitSn), flight])
  return flight
}

const launch = async (tower: Tower, record: CommandRecord, planned: Planned): Promise<void> => {
  const flight = add(tower, record, planned)
  try {
    await tower.parts.durable()
  } catch {
    // The collector stops: the next one finds the record, if it is on disk, and nothing went out.
    return
  }
  flight.isDurable = true
  const [first] = sameKind(tower, record.kitSn, record.operateType)
  if (first === flight && !tower.isClosed) void begin(tower, flight)
}

const onReply = (tower: Tower, flight: Flight, reply: SetReplyReport, at: number): void => {
  // The same reply may come twice.
  if (flight.record.isAcknowledged) return
  if (isDone(reply)) {
    flight.doubt = ''
    const text = 'The kit replied that it was done; its effect is not seen yet.'
    flight.record = { ...flight.record, isAcknowledged: true, acknowledgedAt: at, text }
    if (flight.reading) change(tower, flight, {})
  }
  const ended = endingByReply(standing(flight), reply)
  if (ended) end(tower, flight, ended)
  else consider(tower, flight)
}

const onReport = (tower: Tower, report: QuotaReport, at: number): void => {
  for (const flight of ofKit(tower, report.kitSn)) {
    const { reading, goneAt, record } = flight
    if (reading === undefined || goneAt === undefined) continue
    readReport(reading, report, at, at < (record.sentAt ?? goneAt) + GRACE_MS)
    consider(tower, flight)
  }
}

export const createFlights = (parts: FlightsParts): Flights => {
  const tower: Tower = { parts, flights: new Map(), isClosed: false }
  const replies = createReplies(parts.audit.all)
  return {
    count: (kitSn, operateType) => sameKind(tower, kitSn, operateType).length,
    launch: (record, planned) => launch(tower, record, planned),
    resume: (record) => watch(tower, add(tower, record, undefined), parts.timers.now()),
    isWatching: (kitSn) => tower.flights.has(kitSn),
    onReply: (reply, at) => {
      const id = replies.match(reply, ofKit(tower, reply.kitSn), at)
      const flight = ofKit(tower, reply.kitSn).find(({ record }) => record.id === id)
      if (flight) onReply(tower, flight, reply, at)
    },
    onReport: (report, at) => onReport(tower, report, at),
    close: () => {
      tower.isClosed = true
      for (const flights of tower.flights.values()) for (const { cancel } of flights) cancel()
    },
  }
}
