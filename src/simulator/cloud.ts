/**
 * The stand-in for the vendor's cloud without a socket: accounts and kits that live and report, the rules of HTTP and
 * MQTT, the faults, and transports within the process. All time is of the given timers, so a day can pass in seconds.
 */
import type { OpenLink } from '../cloud/link.ts'
import type { Timers } from '../timers.ts'
import { dealAccounts, type Region, type SimulatedAccount } from './account.ts'
import { newCloudKit } from './cloud-kit.ts'
import type { CommandLog } from './command-log.ts'
import { createControl } from './control.ts'
import { type Condition, createFaults, type Faults } from './faults.ts'
import { createGate, type Gate } from './gate.ts'
import { type ApiReply, type ApiRequest, type MqttPlace, replyTo } from './http-api.ts'
import { createFetch } from './http-fetch.ts'
import type { Kit } from './kit-model.ts'
import { createOpenLink } from './memory-link.ts'
import type { QuotaShape } from './quota-all.ts'
import type { ReportForm } from './report-text.ts'
import { createKits } from './reporter.ts'
import { startVoices } from './voices.ts'

export interface CloudOptions {
  readonly kits: number
  /** 1 when left out. */
  readonly accounts?: number
  readonly seed: number
  /** Its `now` is the cloud's clock while that is not skewed. */
  readonly timers: Timers
  /** Data centre of all accounts; `eu` when left out. */
  readonly region?: Region
  /** Simulated seconds per second of the timers; 1 when left out. */
  readonly speed?: number
  /** Shape of quota answers; today's (C) when left out. */
  readonly shape?: QuotaShape
  readonly form?: ReportForm
  /** Name of the first kit. */
  readonly name?: string
  /** Distinct client ids an account may use a UTC day; 10 when left out. */
  readonly idsPerDay?: number
  /** What becomes of an account's second session; refused when left out. */
  readonly secondSession?: 'refused' | 'replaces'
  /** Where the certification sends accounts to; a place that is not there when left out. */
  readonly mqttPlace?: () => MqttPlace
}

export interface Cloud {
  readonly accounts: readonly SimulatedAccount[]
  /** The kits themselves, with their truth. */
  readonly kits: readonly Kit[]
  /** The kits' own time, epoch ms: it runs `speed` times as fast as the timers' clock. */
  readonly kitTime: () => number
  readonly faults: Faults
  /** What really became of set commands. */
  readonly commands: CommandLog
  /** The HTTP API without a socket; any host will do, but of the vendor's own only the region's knows the keys. */
  readonly fetch: typeof fetch
  /** The broker without a socket. */
  readonly openLink: OpenLink
  /** The rules behind both, for other fronts. */
  readonly gate: Gate
  readonly replyTo: (request: ApiRequest) => ApiReply
  readonly isHttpReachable: () => boolean
  readonly isMqttReachable: () => boolean
  /** The kits fall silent for good. */
  readonly stop: () => void
}

// src: tolwi/hassio-ecoflow-cloud #306
const IDS_PER_DAY = 10
/** Begins to live at once. */
export const createCloud = (options: CloudOptions): Cloud => {
  const { timers, seed, speed = 1, shape = 'C', form = 'open' } = options
  const { idsPerDay = IDS_PER_DAY, secondSession = 'refused' } = options
  const startAt = timers.now()
  const kitTime = (): number => Math.floor(startAt + (timers.now() - startAt) * speed)
  const condition: Condition = { skewMs: 0, isHttpReachable: true, isMqttReachable: true }
  const now = (): number => timers.now() + condition.skewMs
  const kits = createKits(options.kits, seed, kitTime(), options.name)
  const cloudKits = kits.map((kit) => newCloudKit(kit, shape))
  const accounts = dealAccounts(options.accounts ?? 1, seed, options.region ?? 'eu', cloudKits)
  const { after } = timers
  const control = createControl({
    accounts,
    kitTime,
    after,
    publish: (...message) => gate.publish(...message),
    cut: (account) => gate.cut(account),
  })
  const gate = createGate({ accounts, now, after, idsPerDay, secondSession, onSet: control.onSet })
  const mqttPlace = options.mqttPlace ?? (() => ({ host: 'mqtt.invalid', port: 8883, protocol: 'mqtts' }) as const)
  const answer = (request: ApiRequest): ApiReply =>
    replyTo(request, { accounts, mqttPlace, now, kitTime, onSet: control.take })
  const isHttpReachable = (): boolean => condition.isHttpReachable
  const isMqttReachable = (): boolean => condition.isMqttReachable
  const faults = createFaults({ ...control, accounts, gate, condition, kitTime, after })
  const stop = startVoices(accounts, kitTime, { seed, form, speed, timers }, (account, { topic, bytes }) =>
    gate.publish(account, topic, bytes),
  )
  return {
    accounts,
    kits,
    kitTime,
    faults,
    commands: control.log,
    fetch: createFetch({ replyTo: answer, isReachable: isHttpReachable, timers }),
    openLink: createOpenLink({ gate, isReachable: isMqttReachable, timers }),
    gate,
    replyTo: answer,
    isHttpReachable,
    isMqttReachable,
    stop,
  }
}
