/**
 * The ledger of what is missing: every hole in a kit's data (`module_sn` is `all`), and in a module's where the kit's own
 * does not explain it, longer than the learnt tolerance. A hole begins at the last believed sign of life and ends at the
 * next one; it is a row for each stretch of one cause, in order, without overlap, covering it exactly. A row is written
 * when the hole is longer than the tolerance, when its cause changes, once an hour, and when it ends. Evidence of another
 * cause within one tolerance names the piece anew instead of splitting it; a cause that ends before anything is heard
 * counts on until that, or for one tolerance.
 */
import { encodePoint } from '../store/line-protocol.ts'
import { kitToleranceMs, toleranceOf } from './cadence.ts'
import { GAP_CAUSES, type GapCause } from './causes.ts'
import { noteMissing } from './completeness.ts'
import type { LineBuilder } from './encode.ts'
import { ALL } from './events.ts'
import type { Evidence, OpenGap } from './evidence.ts'
import { gapFloorMs } from './numbers.ts'
import type { KitState, ModuleState } from './state.ts'

const REWRITTEN_MS = 3_600_000

export interface Cause {
  readonly cause: GapCause
  readonly text: string
  /** Since when it is known to hold (epoch ms), where that is longer ago than it was told. */
  readonly sinceAt?: number
}

const because = (cause: GapCause, text: string = GAP_CAUSES[cause]): Cause => ({ cause, text })

const isDown = ({ downAt, downText }: Evidence): Cause => ({
  ...because('cloud_down', `${GAP_CAUSES.cloud_down}${downText === '' ? '' : ` ${downText}`}`),
  sinceAt: downAt,
})

/** Why nothing is heard of the kit at `at`. */
const kitCause = ({ evidence, heardAt, isOnline }: KitState, toleranceMs: number, at: number): Cause => {
  if (evidence.refusedAt > heardAt && at - evidence.refusedAt <= toleranceMs) return because('quarantined')
  if (evidence.downAt > 0) return isDown(evidence)
  if (isOnline === false) return because('device_offline')
  if (evidence.staleAt > heardAt)
    return because(
      'device_offline',
      'The cloud repeated an old snapshot of the kit, as it does while one is not connected.',
    )
  return because('mqtt_silent')
}

/** Why nothing is heard of the module while its kit is heard. */
const moduleCause = (kit: KitState, module: ModuleState, toleranceMs: number, at: number): Cause => {
  const { evidence } = kit
  if (module.refusedAt > module.heardAt && at - module.refusedAt <= toleranceMs) return because('quarantined')
  // Pushes tell only of what changes: a module that idles is heard of by polls alone.
  const isUnanswered = evidence.answeredAt > 0 && at - evidence.answeredAt > gapFloorMs(kit.numbers)
  if (evidence.downAt > 0 || isUnanswered || evidence.unansweredAt > module.heardAt)
    return because('cloud_down', 'The module pushed nothing, and polls of its kit were not answered.')
  return because('device_offline', 'The module stopped reporting while its kit went on.')
}

/** Whose hole it is, and what is to be known for looking at it. */
interface Subject {
  readonly kit: KitState
  readonly sn: string
  readonly owner: { gap: OpenGap | undefined }
  readonly toleranceMs: number
  readonly cause: Cause
}

const ofKit = (kit: KitState, at: number): Subject => {
  const toleranceMs = kitToleranceMs(kit)
  return { kit, sn: ALL, owner: kit.ledger, toleranceMs, cause: kitCause(kit, toleranceMs, at) }
}

const ofModule = (kit: KitState, module: ModuleState, at: number): Subject => {
  const toleranceMs = toleranceOf(module)
  return { kit, sn: module.sn, owner: module, toleranceMs, cause: moduleCause(kit, module, toleranceMs, at) }
}

const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000

/** A whole second that no other gap of the serial number has: two modules may share one. */
const stampOf = ({ eventAt }: KitState, sn: string, at: number): number => {
  const key = `gap ${sn}`
  const stamp = Math.max(wholeSecond(at), (eventAt.get(key) ?? 0) + 1000)
  eventAt.set(key, stamp)
  return stamp
}

const write = ({ kit, sn }: Subject, gap: OpenGap, endAt: number, isOpen: boolean, into: LineBuilder): void => {
  gap.writtenAt = endAt
  into.history += encodePoint({
    measurement: 'gap',
    tags: { kit_sn: kit.sn, module_sn: sn },
    fields: {
      cause: gap.cause,
      text: gap.text,
      end_ms: endAt,
      duration_s: (endAt - gap.startAt) / 1000,
      is_open: isOpen ? 1 : 0,
    },
    at: gap.startAt,
  })
}

const open = (subject: Subject, startAt: number, { cause, text }: Cause): OpenGap => {
  const gap = { startAt: stampOf(subject.kit, subject.sn, startAt), cause, text, endedAt: 0, writtenAt: 0 }
  subject.owner.gap = gap
  return gap
}

/** Ends the piece that is open. */
const close = (subject: Subject, endAt: number, into: LineBuilder): void => {
  const { owner, kit, sn } = subject
  if (owner.gap === undefined) return
  write(subject, owner.gap, endAt, false, into)
  if (sn === ALL) noteMissing(kit, owner.gap.startAt, endAt)
  owner.gap = undefined
}

/** Ends the piece at `splitAt` and begins the next one there. */
const split = (subject: Subject, splitAt: number, into: LineBuilder): OpenGap => {
  close(subject, wholeSecond(splitAt), into)
  return open(subject, wholeSecond(splitAt), subject.cause)
}

/** What of an open gap must be written anew at `at`; undefined for nothing. */
const revised = (subject: Subject, gap: OpenGap, at: number, into: LineBuilder): OpenGap | undefined => {
  const { cause, toleranceMs } = subject
  const { sinceAt = at } = cause
  const isSame = cause.cause === gap.cause && cause.text === gap.text
  if (isSame) gap.endedAt = 0
  else if (gap.endedAt > 0) return at - gap.endedAt > toleranceMs ? split(subject, gap.endedAt, into) : undefined
  else if (cause.cause === 'mqtt_silent') gap.endedAt = at
  else if (cause.cause !== gap.cause && sinceAt - gap.startAt > toleranceMs) return split(subject, sinceAt, into)
  else return Object.assign(gap, { cause: cause.cause, text: cause.text })
  return at - gap.writtenAt >= REWRITTEN_MS ? gap : undefined
}

/** Looks at a hole that began at `startAt` and lasts until `untilAt` at least. */
const look = (subject: Subject, startAt: number, untilAt: number, at: number, into: LineBuilder): void => {
  const { gap } = subject.owner
  const isNew = gap === undefined && untilAt - startAt > subject.toleranceMs
  const due = gap ? revised(subject, gap, at, into) : isNew ? open(subject, startAt, subject.cause) : undefined
  if (due) write(subject, due, at, true, into)
}

const missingSince = (kit: KitState): number => Math.max(kit.heardAt, kit.ledger.explainedAt)

/** Looks at the kit's hole at `at` (epoch ms), with what is known by then. */
export const lookAtKit = (kit: KitState, at: number, into: LineBuilder): void => {
  if (kit.heardAt > 0) look(ofKit(kit, at), missingSince(kit), at, at, into)
}

/** Looks at the module's own hole: what it did not tell while its kit was heard. */
export const lookAtModule = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  // Reports carry what changed: of a module whose rhythm is not known yet, silence says nothing.
  if (module.heardAt === 0 || (module.cadenceMs === 0 && module.gap === undefined)) return
  const startAt = Math.max(module.heardAt, kit.ledger.explainedAt)
  look(ofModule(kit, module, at), startAt, kit.heardAt, at, into)
}

/** Ends the kit's hole: it is heard at `at`. Call before that is noted. */
export const endKitGap = (kit: KitState, at: number, into: LineBuilder): void => {
  lookAtKit(kit, at, into)
  if (kit.ledger.gap === undefined) return
  close(ofKit(kit, at), at, into)
  kit.ledger.explainedAt = at
}

/** Ends the module's own hole: it is heard at `at`. Call when the kit is noted as heard and the module is not yet. */
export const endModuleGap = (kit: KitState, module: ModuleState, at: number, into: LineBuilder): void => {
  lookAtModule(kit, module, at, into)
  close(ofModule(kit, module, at), at, into)
}

/** The collector heard nothing from `fromAt` to `toAt`, whatever the kit said: a hole however short. */
export const missAll = (kit: KitState, cause: GapCause, fromAt: number, toAt: number, into: LineBuilder): void => {
  if (kit.heardAt === 0) return
  lookAtKit(kit, fromAt, into)
  const { gap } = kit.ledger
  const subject = { ...ofKit(kit, fromAt), cause: because(cause) }
  let piece: OpenGap
  if (gap?.cause === cause) piece = gap
  else if (gap && wholeSecond(fromAt) > gap.startAt) piece = split(subject, fromAt, into)
  else piece = gap ? Object.assign(gap, because(cause)) : open(subject, fromAt, subject.cause)
  piece.endedAt = toAt
  write(subject, piece, toAt, true, into)
}

/** A row of its own for what is known to be lost; holes begin behind it. */
export const explain = (
  kit: KitState,
  { cause, text }: Cause,
  fromAt: number,
  toAt: number,
  into: LineBuilder,
): void => {
  const subject = ofKit(kit, fromAt)
  if (kit.heardAt > 0) lookAtKit(kit, fromAt, into)
  close(subject, Math.max(wholeSecond(fromAt), (kit.ledger.gap?.startAt ?? 0) + 1000), into)
  const gap = open(subject, fromAt, { cause, text })
  close(subject, Math.max(toAt, gap.startAt), into)
  kit.ledger.explainedAt = Math.max(kit.ledger.explainedAt, toAt)
}

/** A hole that goes on. `since_ms` is epoch ms. */
export interface LiveGap {
  readonly module_sn: string
  readonly cause: GapCause
  readonly text: string
  readonly since_ms: number
}

/** The holes of the kit that go on, its own (`all`) before those of its modules. */
export const openGaps = (kit: KitState): LiveGap[] =>
  [{ sn: ALL, gap: kit.ledger.gap }, ...kit.modules.values()].flatMap(({ sn, gap }) =>
    gap ? [{ module_sn: sn, cause: gap.cause, text: gap.text, since_ms: gap.startAt }] : [],
  )
