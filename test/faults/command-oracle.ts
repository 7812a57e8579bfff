/**
 * What the collector says became of its commands, held against the simulator's own log: whether each was sent at most
 * once, and whether its last state is true of the kit. Knows nothing of how the collector comes to its states.
 */
import { COMMAND_STATES, type CommandRecord } from '../../src/control/command-record.ts'
import type { CommandLog, ReceivedCommand, SettingsSince } from '../../src/simulator/command-log.ts'
import { understand } from '../../src/simulator/commands.ts'
import type { Kit } from '../../src/simulator/kit-model.ts'

/** Epoch ms. Empty `kitSns`: every kit. */
export interface Disturbance {
  readonly kitSns: readonly string[]
  readonly fromAt: number
  readonly toAt: number
}

export interface Judged {
  readonly record: CommandRecord
  /** What really became of it: a fate, when the effect came, or that it never arrived. */
  readonly truth: string
  /** Why the state is not true of the kit; empty where it is. */
  readonly wrong: string
  /** True, but less than could be known. */
  readonly weak: string
  /** Nothing was out of order around it and its effect can be read back: it must be known how it ended. */
  readonly isPlain: boolean
}

export interface Judgement {
  readonly judged: readonly Judged[]
  readonly undecided: readonly CommandRecord[]
  /** Ids that reached the cloud more than once. */
  readonly twice: readonly unknown[]
  /** What reached the cloud and stands in no record. */
  readonly unrecorded: readonly ReceivedCommand[]
}

export interface Evidence {
  readonly records: readonly CommandRecord[]
  readonly log: CommandLog
  readonly kits: readonly Kit[]
  readonly disturbances: readonly Disturbance[]
}

/** An effect that shows so soon is seen in time where nothing is out of order. */
const SOON_MS = 20_000
/** How old may be what contradicts: a poll, and the way of it. */
const LAG_MS = 15_000
/** So long before and after a disturbance nothing is expected of whoever was disturbed. */
const AROUND_MS = 20_000

type Look = (fromAt: number, toAt: number) => { readonly ever: boolean; readonly always: boolean }

/** Whether the kit stood as the command asked, ever or all the time between two instants. */
const lookAt = (received: ReceivedCommand, kit: Kit, history: readonly SettingsSince[]): Look => {
  const isAsAsked = (settings: SettingsSince['settings']): boolean => {
    const understood = understand(kit.plan, settings, received)
    return understood.kind === 'possible' && JSON.stringify(understood.after) === JSON.stringify(settings)
  }
  return (fromAt, toAt) => {
    const within = history
      .filter(({ at }, index) => at <= toAt && (history[index + 1]?.at ?? Number.POSITIVE_INFINITY) > fromAt)
      .map(({ settings }) => isAsAsked(settings))
    return { ever: within.includes(true), always: !within.includes(false) }
  }
}

const isCalm = (disturbances: readonly Disturbance[], kitSn: string, fromAt: number, toAt: number): boolean =>
  !disturbances.some(
    (one) =>
      (one.kitSns.length === 0 || one.kitSns.includes(kitSn)) &&
      one.fromAt - AROUND_MS < toAt &&
      one.toAt + AROUND_MS > fromAt,
  )

interface Case {
  readonly record: CommandRecord
  readonly endedAt: number
  readonly received: ReceivedCommand | undefined
  readonly look: Look
}

const truthOf = ({ received, endedAt, look }: Case): string => {
  if (received === undefined) return 'never arrived'
  const { fate, at, effectAt = Number.POSITIVE_INFINITY } = received
  if (look(at - 1, at - 1).always) return 'stood so before'
  if (fate !== 'done') return fate
  if (effectAt > endedAt) return 'done after its end'
  return effectAt - at < 1_000 ? 'done at once' : 'done later'
}

/** Why a state cannot be true of the kit; empty where it can. */
const wrongIn = ({ record, endedAt, received, look }: Case): string => {
  const hasReplied = received?.replies.some(({ at, isGood }) => isGood && at <= (record.acknowledgedAt ?? 0)) === true
  if (record.isAcknowledged && !hasReplied) return 'acknowledged, though the kit had not replied'
  if (received === undefined) return record.state === 'confirmed' ? 'confirmed, though it never arrived' : ''
  if (received.fate === 'misaddressed' || received.fate === 'unknown') return 'the kit cannot understand it'
  if (received.fate === 'refused' && received.quirk.retSta === undefined) return 'out of the range of the kit'
  switch (record.state) {
    case 'rejected':
      return 'sent, though it was rejected'
    case 'failed':
      return received.effectAt === undefined ? '' : 'failed, though it took effect'
    case 'confirmed':
      return look(received.at, endedAt).ever ? '' : 'confirmed, though the kit never stood so'
    case 'contradicted':
      return look(endedAt - LAG_MS, endedAt).always ? 'contradicted, though the kit stands so' : ''
    default:
      return ''
  }
}

/** A connection that breaks with the command on it leaves a doubt for good. */
const isPlainIn = ({ record, endedAt, received }: Case, disturbances: readonly Disturbance[]): boolean =>
  typeof record.readBack !== 'string' &&
  received !== undefined &&
  received.quirk.lost === undefined &&
  isCalm(disturbances, record.kitSn, record.askedAt, endedAt)

/** More than "unconfirmed" could be known. */
const weakIn = ({ record, endedAt, received, look }: Case): string => {
  if (record.state !== 'unconfirmed' || received === undefined) return ''
  const { effectAt = Number.POSITIVE_INFINITY } = received
  if (effectAt <= received.at + SOON_MS && look(effectAt, endedAt).always) return 'unconfirmed, though it shows'
  return look(received.at, endedAt).ever ? '' : 'unconfirmed, though the kit shows otherwise'
}

/** Judges all of it. */
export const judge = ({ records, log, kits, disturbances }: Evidence): Judgement => {
  const kitOf = new Map(kits.map((kit) => [kit.plan.hubSn, kit]))
  const byId = new Map(log.received.map((one) => [`${one.kitSn} ${one.id}`, one]))
  const ids = log.received.map(({ id }) => id)
  const recorded = new Set(records.map(({ kitSn, wireId }) => `${kitSn} ${wireId}`))
  const judged = records.map((record): Judged => {
    const received = byId.get(`${record.kitSn} ${record.wireId}`)
    const endedAt = record.endedAt ?? Number.POSITIVE_INFINITY
    const nothing: Look = () => ({ ever: false, always: false })
    const look = received ? lookAt(received, kitOf.get(record.kitSn)!, log.settings.get(record.kitSn)!) : nothing
    const of: Case = { record, endedAt, received, look }
    const isPlain = isPlainIn(of, disturbances)
    return { record, truth: truthOf(of), wrong: wrongIn(of), weak: isPlain ? weakIn(of) : '', isPlain }
  })
  return {
    judged,
    undecided: records.filter(({ state }) => !COMMAND_STATES[state].isFinal),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    unrecorded: log.received.filter(({ kitSn, id }) => !recorded.has(`${kitSn} ${id}`)),
  }
}
