/**
 * A kit as the cloud knows it, which is not always as it is: while it is away the cloud repeats the last snapshot with
 * code 0, and its `online` lags behind. src: tolwi/hassio-ecoflow-cloud PR #743
 */
import type { Kit } from './kit-model.ts'
import type { LastingQuirk } from './quirks.ts'
import { type QuotaShape, type Quotas, quotasOf } from './quota-all.ts'

export interface CloudKit {
  readonly sn: string
  readonly kit: Kit
  /** What the cloud repeats; undefined while the kit is in touch. */
  snapshot: Quotas | undefined
  /** For how many reasons it is out of touch. */
  absences: number
  /** As the device list says. */
  online: 0 | 1
  /** What it pushes reaches nobody, though the cloud's snapshot moves. */
  isMute: boolean
  /** Its topics are refused with SUBACK 128. */
  areTopicsRefused: boolean
  shape: QuotaShape
  /** How many times slower it pushes than with the app open. */
  pace: number
  /** Share of its messages that come twice, 0…1. */
  duplicated: number
  /** Share of its messages that come after the one that follows them, 0…1. */
  reordered: number
  readonly quirks: Set<LastingQuirk>
}

export const newCloudKit = (kit: Kit, shape: QuotaShape): CloudKit => ({
  sn: kit.plan.hubSn,
  kit,
  snapshot: undefined,
  absences: 0,
  online: 1,
  isMute: false,
  areTopicsRefused: false,
  shape,
  pace: 1,
  duplicated: 0,
  reordered: 0,
  quirks: new Set(),
})

/** Neither says nor obeys anything. */
export const isAway = ({ kit, snapshot }: CloudKit): boolean => kit.settings.isOff || snapshot !== undefined

/** The kit loses touch at this instant, for one more reason: the cloud keeps what it knows. */
export const loseTouch = (cloudKit: CloudKit, at: number): void => {
  cloudKit.kit.advance(at)
  cloudKit.snapshot ??= quotasOf(cloudKit.kit)
  cloudKit.absences++
}

/** One reason less; without any it is in touch again. */
export const regainTouch = (cloudKit: CloudKit): void => {
  cloudKit.absences--
  if (cloudKit.absences === 0) cloudKit.snapshot = undefined
}

/** What the cloud would tell of a kit at an instant. */
export const knownQuotas = (cloudKit: CloudKit, at: number): Quotas => {
  if (cloudKit.snapshot !== undefined) return cloudKit.snapshot
  cloudKit.kit.advance(at)
  return quotasOf(cloudKit.kit)
}
