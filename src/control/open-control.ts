/**
 * The control of kits: checks what is asked, records it, lets it fly, and looks at everything that the line takes for
 * what came of it. Nothing is sent that was not on disk before.
 */
import type { Transport } from '../catalogue/command.ts'
import type { AccountStatus } from '../cloud/account-status.ts'
import type { Source, SourceControl } from '../cloud/source.ts'
import { type Counters, count } from '../counters.ts'
import { decode } from '../report/decode.ts'
import type { Report } from '../report/report.ts'
import { parseTopic } from '../report/topic.ts'
import type { Input } from '../store/record.ts'
import { pause } from '../timers.ts'
import type { KitState } from '../track/state.ts'
import type { Track } from '../track/track.ts'
import type { Addressing } from './addressing.ts'
import { type Audit, type AuditParts, createAudit } from './audit.ts'
import { type CommandRecord, hasEnded } from './command-record.ts'
import type { Answer, Asked, Control, Plan, Refusal } from './control.ts'
import { createFlights, type Flights } from './flights.ts'
import { createConfirmations, type Lists, refusedAsAway, refusedAsHasty, refusedByLists } from './guard.ts'
import { sameAgain } from './idempotency.ts'
import { describePlan, type Planned, planCommand } from './plan.ts'
import { openWay, type Way } from './send.ts'

export interface ControlParts extends Omit<AuditParts, 'state'>, Lists {
  readonly track: Track
  /** Everything handed to the line so far is on disk; rejects when the collector stops. */
  readonly durable: () => Promise<void>
  readonly sources: () => readonly Source[]
  readonly addressing: ReadonlyMap<string, Addressing>
  /** A text that comes once and that nobody can guess. */
  readonly newId: () => string
  readonly counters: Counters
}

/** Longer nobody is kept waiting for a disk; the command waits on. */
const DISK_MS = 10_000
/** Beyond it commands of a kind to a kit are refused instead of waiting. */
const MOST_WAITING = 5
const LAST_WIRE_ID = 2 ** 31 - 1

const refusal = (code: string, status: number, text: string): Refusal => ({ code, status, text })

interface Desk {
  readonly parts: ControlParts
  readonly audit: Audit
  readonly flights: Flights
  readonly confirmations: ReturnType<typeof createConfirmations>
}

/** What there is to a command that may be sent. */
interface Checked {
  readonly planned: Planned
  readonly way: Way
}

const controlOf = ({ sources }: ControlParts, kitSn: string): SourceControl | undefined =>
  sources().find((source) => source.status().kits.includes(kitSn))?.control

/** Of the clock, so that no two are alike for weeks; the vendor's samples all say 123456789. */
const nextWireId = (audit: Audit, at: number): number => {
  const taken = new Set(audit.all().map(({ wireId }) => wireId))
  let wireId = Math.floor(at) % LAST_WIRE_ID
  while (wireId === 0 || taken.has(wireId)) wireId = (wireId + 1) % LAST_WIRE_ID
  return wireId
}

const notReached = (kitSn: string, transports: readonly Transport[]): Refusal => {
  const ways = transports.map((one) => one.toUpperCase()).join(' nor ')
  const text = `Kit ${kitSn} cannot be reached by ${ways} now: nothing was sent. Ask again when it can, see /api/v1/collector.`
  return refusal('not_connected', 503, text)
}

const isUnasked = ({ http }: AccountStatus): boolean => http !== undefined && http.lastOkAt === undefined

/** After a start an account is to be asked for its kits first. */
const notBrought = ({ sources }: ControlParts, kitSn: string): Refusal => {
  const isEarly = sources().length === 0 || sources().some(({ status }) => isUnasked(status()))
  return isEarly
    ? refusal(
        'not_connected',
        503,
        `No account has told yet that kit ${kitSn} is its own: nothing was sent. Ask again soon.`,
      )
    : refusal('kit_foreign', 409, `No account or broker of this collector brings kit ${kitSn}: nothing was sent.`)
}

/** Whether the command may go to the kit as things stand, and by which way. */
const clear = (parts: ControlParts, planned: Planned, kit: KitState): Checked | Refusal => {
  const { kitSn, command } = planned
  const listed = refusedByLists(parts, command.name)
  if (listed) return listed
  const away = refusedAsAway(kit)
  if (away) return away
  const control = controlOf(parts, kitSn)
  if (control === undefined) return notBrought(parts, kitSn)
  const way = openWay(command.transports, control, kitSn)
  return way === undefined ? notReached(kitSn, command.transports) : { planned, way }
}

const check = ({ parts, audit }: Desk, { kitSn, command, params }: Asked): Checked | Refusal => {
  const kit = parts.track.state.kits.get(kitSn)
  if (kit === undefined) return refusal('kit_unknown', 404, `No kit ${kitSn} is known here.`)
  const wireId = nextWireId(audit, parts.timers.now())
  const planning = planCommand(command, params, kit, { wireId, addressing: parts.addressing })
  return 'refusal' in planning ? planning.refusal : clear(parts, planning.planned, kit)
}

/** What may only be looked at when it is really to be sent. */
const refusedNow = ({ parts, audit, flights, confirmations }: Desk, asked: Asked, planned: Planned) => {
  const at = parts.timers.now()
  const { operateType } = planned.command
  if (flights.count(planned.kitSn, operateType) >= MOST_WAITING)
    return refusal(
      'too_many_waiting',
      429,
      `${MOST_WAITING} commands like this wait already: ask again when they ended.`,
    )
  return refusedAsHasty(planned, audit.all(), at) ?? confirmations.refusal(asked, planned, at)
}

const planOf = ({ planned, way }: Checked): Plan =>
  describePlan(planned, way.transport === 'mqtt' ? way.topic : undefined)

const newRecord = ({ parts, flights }: Desk, asked: Asked, { planned, way }: Checked): CommandRecord => {
  const { command, kitSn, params, message, readBack } = planned
  const waits = flights.count(kitSn, command.operateType) > 0
  return {
    id: parts.newId(),
    wireId: message.id,
    kitSn,
    command: command.name,
    operateType: command.operateType,
    params,
    by: asked.by,
    idempotencyKey: asked.idempotencyKey ?? '',
    askedAt: parts.timers.now(),
    state: 'accepted',
    transport: way.transport,
    isAcknowledged: false,
    sentAt: undefined,
    acknowledgedAt: undefined,
    endedAt: undefined,
    text: waits ? 'It waits until an earlier command of its kind to this kit has ended.' : 'It is being sent.',
    readBack,
  }
}

const take = async (desk: Desk, asked: Asked, checked: Checked): Promise<Answer> => {
  const { audit, flights, parts } = desk
  const record = newRecord(desk, asked, checked)
  if (!audit.begin(record))
    return {
      isOk: false,
      refusal: refusal('not_recorded', 503, 'The spool has no room to record it, so nothing was sent. See its disk.'),
    }
  await Promise.race([flights.launch(record, checked.planned), pause(parts.timers, DISK_MS)])
  return { isOk: true, record: audit.get(record.id) ?? record, plan: planOf(checked) }
}

const ask = async (desk: Desk, asked: Asked): Promise<Answer> => {
  const before = sameAgain(desk.audit.all(), asked)
  if (before) return before
  const checked = check(desk, asked)
  if ('code' in checked) return { isOk: false, refusal: checked }
  if (asked.isDryRun) return { isOk: true, record: undefined, plan: planOf(checked) }
  const refused = refusedNow(desk, asked, checked.planned)
  return refused ? { isOk: false, refusal: refused } : take(desk, asked, checked)
}

/** Whether what a poll of this moment said was taken for the kit's own word, and not for an old snapshot. */
const isBelieved = ({ state }: Track, report: Report, at: number): boolean => {
  if (report.type !== 'quota' || report.via === 'push') return true
  const evidence = state.kits.get(report.kitSn)?.evidence
  return evidence !== undefined && !evidence.isUnproven && evidence.staleAt !== at
}

const observe = ({ parts, flights }: Desk, { source, topic, bytes, at }: Input): void => {
  if (source !== 'mqtt' && source !== 'http') return
  if (!flights.isWatching(parseTopic(topic)?.kitSn ?? '')) return
  const decoded = decode(topic, bytes, parts.track.kinds)
  if (!('report' in decoded)) return
  const { report } = decoded
  if (report.type === 'set_reply') flights.onReply(report, at)
  else if (report.type === 'quota' && isBelieved(parts.track, report, at)) flights.onReport(report, at)
}

const openFlights = (parts: ControlParts, audit: Audit): Flights =>
  createFlights({
    audit,
    timers: parts.timers,
    durable: parts.durable,
    controlOf: (kitSn) => controlOf(parts, kitSn),
    clear: (planned) => {
      const kit = parts.track.state.kits.get(planned.kitSn)
      const cleared = kit
        ? clear(parts, planned, kit)
        : refusal('kit_unknown', 404, 'The kit is not known any more: nothing was sent.')
      return 'code' in cleared ? { hindrance: cleared.text } : { way: cleared.way }
    },
  })

/** Takes commands, and brings those to an end that an earlier run of the collector left. */
export const openControl = (parts: ControlParts): Control => {
  const audit = createAudit({ ...parts, state: () => parts.track.state })
  const flights = openFlights(parts, audit)
  const desk: Desk = { parts, audit, flights, confirmations: createConfirmations(parts.newId) }
  for (const record of audit.all()) if (!hasEnded(record)) flights.resume(record)
  return {
    ask: async (asked) => {
      const answer = await ask(desk, asked)
      count(parts.counters, 'commands', answer.isOk ? (asked.isDryRun ? 'dry_run' : 'taken') : answer.refusal.code)
      return answer
    },
    get: audit.get,
    list: (kitSn) =>
      audit
        .all()
        .filter((one) => kitSn === undefined || one.kitSn === kitSn)
        .toReversed(),
    follow: audit.follow,
    observe: (input) => observe(desk, input),
    close: async () => {
      flights.close()
      audit.close()
    },
  }
}
