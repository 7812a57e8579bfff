/**
 * Whether the collector does what it is for: values come in, and the store takes them. Pure. It names no kit, since
 * anybody who reaches the server may ask.
 */
import { kitVerdict } from '../track/freshness.ts'
import type { TrackState } from '../track/state.ts'
import { isCurrent } from '../track/verdict.ts'
import type { CollectorStatus } from './status.ts'

export interface ReadyLimits {
  /** How long no kit at all may be without current values. */
  readonly blindMs: number
  /** How long the store may take nothing while rows wait. */
  readonly storeMs: number
}

export const REASONS = {
  no_kit: 'no kit is known, neither from the settings nor from the cloud',
  blind: 'no kit has had current values for too long',
  store_refusing: 'the store has taken nothing for too long while rows wait',
  spool_unreadable: 'what waits for the store cannot be read from the disk',
  spool_refusing: 'new messages are refused for want of room',
} as const

export type ReasonCode = keyof typeof REASONS

export interface Reason {
  readonly code: ReasonCode
  /** What is wrong, what becomes of the data, and where to look. */
  readonly text: string
  /** Since when; epoch ms. */
  readonly sinceAt?: number
}

export interface Readiness {
  readonly kitsKnown: number
  /** Kits with current values. */
  readonly kitsCurrent: number
  /** Empty: all is well. */
  readonly reasons: readonly Reason[]
}

const minutes = (since: number, at: number): string => `${Math.max(1, Math.round((at - since) / 60_000))} min`

/** Epoch ms of the last sign of life of any module. */
const lastHeardAt = ({ kits }: TrackState): number => {
  let last = 0
  for (const { modules } of kits.values()) for (const { heardAt } of modules.values()) last = Math.max(last, heardAt)
  return last
}

const noKit = (sources: number): Reason => ({
  code: 'no_kit',
  text:
    sources === 0
      ? 'No kit is known: set ECOFLOW_ACCESS_KEY and ECOFLOW_SECRET_KEY, or MQTT_URL.'
      : 'No kit is known: the settings name none, and no account or broker has told of one yet. Run `powerkits doctor`.',
})

const kitReason = (
  state: TrackState,
  { startedAt, accounts }: CollectorStatus,
  blindMs: number,
  at: number,
): Reason | undefined => {
  if (state.kits.size === 0) return noKit(accounts.length)
  const sinceAt = Math.max(startedAt, lastHeardAt(state))
  if (at - sinceAt <= blindMs) return undefined
  const text = `None of ${state.kits.size} kits has had current values for ${minutes(sinceAt, at)}: the missing hours are rows of \`gap\`. Run \`powerkits doctor\`.`
  return { code: 'blind', text, sinceAt }
}

const storeReason = ({ drain, spool }: CollectorStatus, storeMs: number, at: number): Reason | undefined => {
  const { problem, keptSince } = drain
  if (problem === undefined || spool.records === 0) return undefined
  if (keptSince === undefined)
    return { code: 'spool_unreadable', text: 'What waits for the store cannot be read: look into the log.' }
  if (at - keptSince <= storeMs) return undefined
  const text = `The store has taken nothing for ${minutes(keptSince, at)}; ${spool.records} records wait in the spool and none is lost. Why stands in the log.`
  return { code: 'store_refusing', text, sinceAt: keptSince }
}

const spoolReason = ({ spool }: CollectorStatus): Reason | undefined =>
  spool.isRefusing
    ? {
        code: 'spool_refusing',
        text: 'New messages are refused for want of room: bring the store back, free the disk, or raise SPOOL_MAX_BYTES.',
      }
    : undefined

export const readiness = (state: TrackState, status: CollectorStatus, limits: ReadyLimits, at: number): Readiness => {
  let kitsCurrent = 0
  for (const kit of state.kits.values()) if (isCurrent(kitVerdict(kit, at))) kitsCurrent++
  const found = [
    kitsCurrent > 0 ? undefined : kitReason(state, status, limits.blindMs, at),
    storeReason(status, limits.storeMs, at),
    spoolReason(status),
  ]
  return { kitsKnown: state.kits.size, kitsCurrent, reasons: found.filter((reason) => reason !== undefined) }
}
