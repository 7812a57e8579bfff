/** What `decode` makes of a message or an answer: a report, or a named reason why there is none. */

/** The fields of one module as they came. `kind` is the vendor's module name in lower case, or a name we do not know. */
export interface ModuleRecord {
  readonly kind: string
  readonly sn: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** `push`: sent by the kit itself. `poll`: the cloud's snapshot, possibly older than the last push. */
export type Via = 'push' | 'poll'

export interface QuotaReport {
  readonly type: 'quota'
  readonly kitSn: string
  readonly via: Via
  readonly records: readonly ModuleRecord[]
  /** Uptime of the sender in ms (the vendor's `time`), where given. */
  readonly uptimeMs?: number
  /** The cloud's word on whether the kit is connected, where given. */
  readonly isOnline?: boolean
  /** Whether id and clock tell the message from every other one: the same bytes again are the same message. */
  readonly isIdentified: boolean
}

export interface StatusReport {
  readonly type: 'status'
  readonly kitSn: string
  readonly isOnline: boolean
}

export interface SetReplyReport {
  readonly type: 'set_reply'
  readonly kitSn: string
  readonly id: string
  readonly operateType: string
  /** `0` for done; empty where it says neither. Which other codes there are, the vendor does not tell. */
  readonly code: string
  /** What was answered, beside the code. */
  readonly answer: Readonly<Record<string, unknown>>
}

/** A device as the cloud lists it. */
export interface ListedDevice {
  readonly sn: string
  /** The cloud's word on whether it is connected, where given. */
  readonly isOnline: boolean | undefined
}

/** The devices of an account: of several kits, so of none. */
export interface DevicesReport {
  readonly type: 'devices'
  readonly devices: readonly ListedDevice[]
}

export type Report = QuotaReport | StatusReport | SetReplyReport | DevicesReport

export const REJECTIONS = {
  duplicate: 'the same message came before',
  empty: 'no module and no field in it',
  no_data: 'the answer carries no data',
  no_serial_number: 'neither topic nor message names a kit',
  no_status: 'a status message without a status of 0 or 1',
  not_an_object: 'JSON, but not an object',
  not_json: 'not JSON',
  refused: 'the cloud refused the request',
  too_large: 'larger than 1 MiB',
  unknown_topic: 'a topic that carries no report',
} as const

export type Rejection = keyof typeof REJECTIONS

export type Decoded = { readonly report: Report } | { readonly rejected: Rejection; readonly detail: string }
