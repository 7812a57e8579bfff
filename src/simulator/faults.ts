/**
 * Everything that is known to go wrong between a kit and its owner, to be switched on while the simulator runs. What
 * lasts returns the function that ends it. Targets are an account's name (`account-1`) or a kit's serial number.
 */
import { type Account, rotatedPassword } from './account.ts'
import { type CloudKit, isAway, loseTouch, regainTouch } from './cloud-kit.ts'
import type { Gate, Rival } from './gate.ts'
import type { HttpTrouble, Trouble } from './http-trouble.ts'
import type { Quirk } from './quirks.ts'
import type { QuotaShape } from './quota-all.ts'

/** Ends a fault. */
export type End = () => void

/** How late the cloud notices that a kit has gone, and that it is back; in ms. */
export interface Lags {
  /** Until the status message. */
  readonly statusMs?: number
  /** Until `online` in the device list. */
  readonly onlineMs?: number
}

export interface Faults {
  /** The live session stays connected and hears nothing more; the next one does. src: tolwi/hassio-ecoflow-cloud #341 */
  readonly silence: (account: string) => End
  /** The kit's pushes reach no session, not the next one either, while HTTP moves on. */
  readonly mute: (kitSn: string) => End
  /** The kit pushes so many times slower, as with the app closed. src: berezhinskiy/ecoflow_exporter #34 */
  readonly trickle: (kitSn: string, factor: number) => End
  /** The live session is cut once, as when the broker restarts. */
  readonly cut: (account: string) => void
  /** A new password at the broker: the session is cut, the old one refused. src: tolwi/hassio-ecoflow-cloud #876 */
  readonly rotate: (account: string) => void
  /** The kit's topics are refused with SUBACK 128 from the next SUBSCRIBE on. */
  readonly refuseTopics: (kitSn: string) => End
  /** Too many client ids were used today. src: tolwi/hassio-ecoflow-cloud #306 */
  readonly lockOut: (account: string) => End
  /** Another program uses the account; the live session is cut. */
  readonly rival: (account: string, rival: Rival) => End
  /** Answers go wrong for an account or one of its kits, so many times (until ended when left out). */
  readonly http: (target: string, trouble: Trouble, only?: { times?: number; path?: string }) => End
  /** The account belongs to another data centre. src: evcc's documentation of 8513 */
  readonly wrongRegion: (account: string) => End
  /** The cloud's clock is so many ms ahead of ours. */
  readonly skewClock: (ms: number) => End
  /** Nothing answers; live sessions are cut. */
  readonly unreachable: (only?: 'http' | 'mqtt') => End
  /** The kit loses touch: no pushes, the last snapshot with code 0, and the cloud notices late. */
  readonly offline: (kitSn: string, lags?: Lags) => End
  /** The snapshot of this moment for ever, no pushes, and the cloud does not notice. src: tolwi PR #743 */
  readonly freeze: (kitSn: string, online: 0 | 1) => End
  /** quota/all of the kit in another shape from now on. src: tolwi/hassio-ecoflow-cloud #131, #431 */
  readonly changeShape: (kitSn: string, shape: QuotaShape) => void
  /** A share (0…1) of the kit's messages comes twice. */
  readonly duplicate: (kitSn: string, share: number) => End
  /** A share (0…1) of the kit's messages comes after the next one. */
  readonly reorder: (kitSn: string, share: number) => End
  /** Set commands to the kit are treated so, so many (until ended when left out), all or those of one operateType. */
  readonly quirk: (kitSn: string, quirk: Quirk, only?: { times?: number; operateType?: string }) => End
  /** No fault but the end of one: the owner presses the button of a kit that was turned off. */
  readonly switchOn: (kitSn: string) => void
}

/** What of the cloud as a whole can be out of order. */
export interface Condition {
  skewMs: number
  isHttpReachable: boolean
  isMqttReachable: boolean
}

export interface FaultOptions {
  readonly accounts: readonly Account[]
  readonly gate: Gate
  readonly condition: Condition
  readonly kitTime: () => number
  readonly after: (ms: number, call: () => void) => () => void
  readonly sayStatus: (kit: CloudKit, isOnline: boolean) => void
  readonly switchOn: (kit: CloudKit) => void
}

const STATUS_LAG_MS = 20_000
const ONLINE_LAG_MS = 60_000

/** Sets a property and returns what sets it back. */
const put = <T, K extends keyof T>(owner: T, key: K, value: T[K]): End => {
  const before = owner[key]
  owner[key] = value
  return () => {
    owner[key] = before
  }
}

const found = <T>(thing: T | undefined, name: string): T => {
  if (thing === undefined) throw new RangeError(`The simulator has no ${name}.`)
  return thing
}

const goOffline = (kit: CloudKit, lags: Lags, options: FaultOptions): End => {
  const { statusMs = STATUS_LAG_MS, onlineMs = ONLINE_LAG_MS } = lags
  // What is no longer so when the cloud would notice it, it does not notice.
  const notice = (online: 0 | 1): void => {
    if (isAway(kit) === (online === 0)) kit.online = online
  }
  loseTouch(kit, options.kitTime())
  options.after(onlineMs, () => notice(0))
  const cancelStatus = options.after(statusMs, () => options.sayStatus(kit, false))
  return () => {
    cancelStatus()
    regainTouch(kit)
    options.after(onlineMs, () => notice(1))
    if (!isAway(kit)) options.sayStatus(kit, true)
  }
}

const freeze = (kit: CloudKit, online: 0 | 1, at: number): End => {
  loseTouch(kit, at)
  const back = put(kit, 'online', online)
  return () => {
    regainTouch(kit)
    back()
  }
}

const bringQuirk = ({ quirks }: CloudKit, quirk: Quirk, operateType: string, left: number): End => {
  const lasting = { quirk, operateType, left }
  quirks.add(lasting)
  return () => void quirks.delete(lasting)
}

const bringTrouble = (account: Account, trouble: HttpTrouble): End => {
  account.troubles.add(trouble)
  return () => void account.troubles.delete(trouble)
}

const closeFronts = ({ accounts, gate, condition }: FaultOptions, only?: 'http' | 'mqtt'): End => {
  const ends = [
    ...(only === 'mqtt' ? [] : [put(condition, 'isHttpReachable', false)]),
    ...(only === 'http' ? [] : [put(condition, 'isMqttReachable', false)]),
  ]
  if (only !== 'http') for (const account of accounts) gate.cut(account)
  return () => {
    for (const end of ends) end()
  }
}

type Find<T> = (name: string) => T

const kitFaults = (ofKit: Find<CloudKit>, options: FaultOptions) => ({
  mute: (sn: string) => put(ofKit(sn), 'isMute', true),
  trickle: (sn: string, factor: number) => put(ofKit(sn), 'pace', factor),
  refuseTopics: (sn: string) => put(ofKit(sn), 'areTopicsRefused', true),
  offline: (sn: string, lags: Lags = {}) => goOffline(ofKit(sn), lags, options),
  freeze: (sn: string, online: 0 | 1) => freeze(ofKit(sn), online, options.kitTime()),
  changeShape: (sn: string, shape: QuotaShape) => {
    ofKit(sn).shape = shape
  },
  duplicate: (sn: string, share: number) => put(ofKit(sn), 'duplicated', share),
  reorder: (sn: string, share: number) => put(ofKit(sn), 'reordered', share),
  quirk: (sn: string, quirk: Quirk, { times = Number.POSITIVE_INFINITY, operateType = '' } = {}) =>
    bringQuirk(ofKit(sn), quirk, operateType, times),
  switchOn: (sn: string) => options.switchOn(ofKit(sn)),
})

const sessionFaults = (ofName: Find<Account>, gate: Gate) => ({
  silence: (name: string) => gate.silence(ofName(name)),
  cut: (name: string) => gate.cut(ofName(name)),
  rotate: (name: string) => {
    const account = ofName(name)
    account.password = rotatedPassword(account)
    gate.cut(account)
  },
  lockOut: (name: string) => gate.lockOut(ofName(name)),
  rival: (name: string, rival: Rival) => gate.setRival(ofName(name), rival),
})

/** Targets that there are not are a RangeError. */
export const createFaults = (options: FaultOptions): Faults => {
  const { accounts, gate, condition } = options
  const ofName: Find<Account> = (name) =>
    found(
      accounts.find((account) => account.name === name),
      `account ${name}`,
    )
  const ownerOf: Find<Account | undefined> = (sn) => accounts.find(({ kits }) => kits.has(sn))
  const ofKit: Find<CloudKit> = (sn) => found(ownerOf(sn)?.kits.get(sn), `kit ${sn}`)
  return {
    ...kitFaults(ofKit, options),
    ...sessionFaults(ofName, gate),
    http: (target, trouble, { times = Number.POSITIVE_INFINITY, path = '' } = {}) => {
      const owner = ownerOf(target)
      const kitSn = owner === undefined ? undefined : target
      return bringTrouble(owner ?? ofName(target), { trouble, kitSn, path, left: times })
    },
    wrongRegion: (name) => put(ofName(name), 'isElsewhere', true),
    skewClock: (ms) => put(condition, 'skewMs', ms),
    unreachable: (only) => closeFronts(options, only),
  }
}
