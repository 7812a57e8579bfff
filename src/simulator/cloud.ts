/**
 * The stand-in for the vendor's cloud without a socket: accounts and kits that live and report, the rules of HTTP and
 * MQTT, the faults, and transports within the process. All time is of the given timers, so a day can pass in seconds.
 */
import type { OpenLink } from '../cloud/link.ts'
import type { Timers } from '../timers.ts'
import { type Account, dealAccounts, type Region, type SimulatedAccount } from './account.ts'
import { type CloudKit, isAway, loseTouch, newCloudKit } from './cloud-kit.ts'
import { type Condition, createFaults, type Faults } from './faults.ts'
import { createGate, type Gate } from './gate.ts'
import { type ApiReply, type ApiRequest, type MqttPlace, replyTo } from './http-api.ts'
import { createFetch } from './http-fetch.ts'
import type { Kit } from './kit-model.ts'
import type { Message } from './kit-voice.ts'
import { createOpenLink } from './memory-link.ts'
import { chance, derive } from './noise.ts'
import { createOutlet } from './outlet.ts'
import type { QuotaShape } from './quota-all.ts'
import { type ReportForm, statusText } from './report-text.ts'
import { createKits, createReporter, type Reporter } from './reporter.ts'
import { carryOut, readSetCommand, type SetCommand } from './set-command.ts'

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
// Who slept longer than this (a suspended machine) goes on from now.
const CATCH_UP_MS = 60_000
// What falls due together goes out together; and never sleep long over a clock that may be set.
const SHORTEST_SLEEP_MS = 20
const LONGEST_SLEEP_MS = 1_000

type Say = (account: Account, message: Message) => void

/** Lets an account's kits speak until stopped. */
const speak = (reporter: Reporter, kitTime: () => number, speed: number, timers: Timers, say: (m: Message) => void) => {
  let cancel: () => void
  const turn = (): void => {
    const at = kitTime()
    while (reporter.nextAt() <= at) {
      const message = reporter.take(at - reporter.nextAt() > CATCH_UP_MS * speed ? at : reporter.nextAt())
      if (message !== undefined) say(message)
    }
    const sleepMs = (reporter.nextAt() - at) / speed
    cancel = timers.after(Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, sleepMs)), turn)
  }
  turn()
  return () => cancel()
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

/** Reporters and outlets of all accounts; returns what silences them. */
const startVoices = (accounts: readonly Account[], kitTime: () => number, options: CloudOptions, say: Say) => {
  const { form = 'open', speed = 1, timers, seed } = options
  const silences = accounts.map((account) => {
    const kits = [...account.kits.values()]
    const outlets = new Map(
      kits.map((cloudKit) => {
        let count = 0
        const own = derive(seed, cloudKit.sn)
        const send = (message: Message): void => say(account, message)
        return [cloudKit.sn, createOutlet(cloudKit, () => chance(own, ++count), send)]
      }),
    )
    const reporter = createReporter(
      kits.map(({ kit }) => kit),
      {
        account: account.account,
        form,
        from: kitTime(),
        paceOf: (sn) => account.kits.get(sn)!.pace,
        isAway: (sn) => isAway(account.kits.get(sn)!),
      },
    )
    return speak(reporter, kitTime, speed, timers, (message) => outlets.get(message.kitSn)!(message))
  })
  return () => {
    for (const silence of silences) silence()
  }
}

/** Obeys set commands of both fronts, and lets kits and cloud say what follows. */
const createControl = (accounts: readonly Account[], kitTime: () => number, gate: () => Gate) => {
  const accountOf = (sn: string): Account => accounts.find(({ kits }) => kits.has(sn))!
  const say = ({ sn }: CloudKit, channel: 'set_reply' | 'status', text: string): void => {
    const account = accountOf(sn)
    gate().publish(account, `/open/${account.account}/${sn}/${channel}`, Buffer.from(text))
  }
  const sayStatus = (cloudKit: CloudKit, isOnline: boolean): void =>
    say(cloudKit, 'status', statusText(kitTime(), 1, isOnline))
  const obey = (cloudKit: CloudKit, command: SetCommand): void => {
    const reply = carryOut(cloudKit.kit, command, kitTime())
    if (reply === undefined) return
    say(cloudKit, 'set_reply', JSON.stringify(reply))
    if (!cloudKit.kit.settings.isOff) return
    loseTouch(cloudKit, kitTime())
    cloudKit.online = 0
    sayStatus(cloudKit, false)
  }
  const onSet = (sn: string, bytes: Uint8Array): void => {
    const [cloudKit, command] = [accountOf(sn).kits.get(sn)!, readSetCommand(parse(bytes))]
    if (command !== undefined && !isAway(cloudKit)) obey(cloudKit, command)
  }
  return { obey, onSet, sayStatus }
}

/** Begins to live at once. */
export const createCloud = (options: CloudOptions): Cloud => {
  const { timers, seed, speed = 1, shape = 'C', idsPerDay = IDS_PER_DAY, secondSession = 'refused' } = options
  const startAt = timers.now()
  const kitTime = (): number => Math.floor(startAt + (timers.now() - startAt) * speed)
  const condition: Condition = { skewMs: 0, isHttpReachable: true, isMqttReachable: true }
  const now = (): number => timers.now() + condition.skewMs
  const kits = createKits(options.kits, seed, kitTime(), options.name)
  const cloudKits = kits.map((kit) => newCloudKit(kit, shape))
  const accounts = dealAccounts(options.accounts ?? 1, seed, options.region ?? 'eu', cloudKits)
  const control = createControl(accounts, kitTime, () => gate)
  const { after } = timers
  const gate = createGate({ accounts, now, after, idsPerDay, secondSession, onSet: control.onSet })
  const mqttPlace = options.mqttPlace ?? (() => ({ host: 'mqtt.invalid', port: 8883, protocol: 'mqtts' }) as const)
  const answer = (request: ApiRequest): ApiReply =>
    replyTo(request, { accounts, mqttPlace, now, kitTime, onSet: control.obey })
  const isHttpReachable = (): boolean => condition.isHttpReachable
  const isMqttReachable = (): boolean => condition.isMqttReachable
  const faults = createFaults({ accounts, gate, condition, kitTime, after, sayStatus: control.sayStatus })
  const stop = startVoices(accounts, kitTime, options, (account, { topic, bytes }) =>
    gate.publish(account, topic, bytes),
  )
  return {
    accounts,
    kits,
    kitTime,
    faults,
    fetch: createFetch({ replyTo: answer, isReachable: isHttpReachable, timers }),
    openLink: createOpenLink({ gate, isReachable: isMqttReachable, timers }),
    gate,
    replyTo: answer,
    isHttpReachable,
    isMqttReachable,
    stop,
  }
}
