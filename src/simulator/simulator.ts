/**
 * The stand-in for the vendor's cloud, running: kits that live and report, the MQTT broker, the HTTP API, on real
 * sockets. Small enough to share a process with the collector. Owns the only timer; the clock is an argument.
 */
import { createServer } from 'node:http'
import { type Broker, startBroker } from './broker.ts'
import { httpApi } from './http-api.ts'
import type { Kit } from './kit-model.ts'
import { closed, listen } from './listen.ts'
import { derive, mix } from './noise.ts'
import type { QuotaShape } from './quota-all.ts'
import { type ReportForm, statusText } from './report-text.ts'
import { createKits, createReporter, type Reporter } from './reporter.ts'
import { carryOut, readSetCommand, type SetCommand } from './set-command.ts'

export interface SimulatorOptions {
  readonly kits: number
  readonly seed: number
  readonly host: string
  /** 0 = a free one. */
  readonly mqttPort: number
  readonly httpPort: number
  /** Simulated seconds per real second; 1 when left out. */
  readonly speed?: number
  /** Shape of quota answers; today's (C) when left out. */
  readonly shape?: QuotaShape
  readonly form?: ReportForm
  /** Name of the first kit. */
  readonly name?: string
  /** Epoch ms. */
  readonly now: () => number
}

export interface Simulator {
  readonly mqttUrl: string
  readonly httpUrl: string
  readonly account: string
  readonly password: string
  readonly accessKey: string
  readonly secretKey: string
  readonly kitSns: readonly string[]
  /** The kits themselves, with their truth. */
  readonly kits: readonly Kit[]
  /** The kits' own time, epoch ms: it runs `speed` times as fast as the clock. */
  readonly kitTime: () => number
  readonly stop: () => Promise<void>
}

const secret = (seed: number, name: string, words: number): string =>
  Array.from({ length: words }, (_, index) => mix(derive(seed, name), index).toString(36).padStart(7, '0')).join('')

/** Credentials in the vendor's patterns, made up by seed: they open nothing but this simulator. */
const credentialsOf = (seed: number) => ({
  account: `open-${secret(seed, 'account', 4)}`,
  password: secret(seed, 'password', 4),
  accessKey: secret(seed, 'access key', 4),
  secretKey: secret(seed, 'secret key', 4),
})

// Who slept longer than this (a suspended machine) goes on from now.
const CATCH_UP_MS = 60_000

/** Lets the reporter speak in real time until stopped. */
const speak = (reporter: Reporter, kitTime: () => number, speed: number, publish: Broker['publish']): (() => void) => {
  let timer: NodeJS.Timeout
  const turn = (): void => {
    const at = kitTime()
    while (reporter.nextAt() <= at) {
      const message = reporter.take(at - reporter.nextAt() > CATCH_UP_MS * speed ? at : reporter.nextAt())
      if (message !== undefined) publish(message)
    }
    // Not more often than 50 times a second: what falls due together goes out together.
    timer = setTimeout(turn, Math.min(1_000, Math.max(20, (reporter.nextAt() - at) / speed)))
  }
  turn()
  return () => clearTimeout(timer)
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return undefined
  }
}

/** Brings set commands to their kits and what the kits say to the broker. */
const startKits = async (options: SimulatorOptions, account: string, password: string, kitTime: () => number) => {
  const fleet = createKits(options.kits, options.seed, kitTime(), options.name)
  const kits = new Map(fleet.map((kit) => [kit.plan.hubSn, kit]))
  const say = (kit: Kit, channel: 'set_reply' | 'status', text: string): void =>
    broker.publish({ topic: `/open/${account}/${kit.plan.hubSn}/${channel}`, bytes: Buffer.from(text) })
  const obey = (kit: Kit, command: SetCommand): Record<string, unknown> | undefined => {
    const reply = carryOut(kit, command, kitTime())
    if (reply !== undefined && kit.settings.isOff) say(kit, 'status', statusText(kitTime(), 1, false))
    return reply
  }
  const onSet = (kitSn: string, bytes: Uint8Array): void => {
    const [kit, command] = [kits.get(kitSn)!, readSetCommand(parse(bytes))]
    const reply = command === undefined ? undefined : obey(kit, command)
    if (reply !== undefined) say(kit, 'set_reply', JSON.stringify(reply))
  }
  const { host, mqttPort: port } = options
  const broker = await startBroker({ host, port, account, password, kitSns: [...kits.keys()], onSet })
  return { fleet, kits, broker, obey }
}

/** Starts all of it; resolves when both ports listen. Throws `simulator_port_taken`. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { host, seed, now, speed = 1, shape = 'C', form = 'open' } = options
  const credentials = credentialsOf(seed)
  const startAt = now()
  const kitTime = (): number => Math.floor(startAt + (now() - startAt) * speed)
  const { fleet, kits, broker, obey } = await startKits(options, credentials.account, credentials.password, kitTime)
  const refresh = (kit: Kit): void => kit.advance(kitTime())
  const server = createServer(
    httpApi({ ...credentials, kits, shape, now, mqttHost: host, mqttPort: broker.port, refresh, onSet: obey }),
  )
  const httpPort = await listen(server, host, options.httpPort).catch(async (error: unknown) => {
    await broker.stop()
    throw error
  })
  const silence = speak(
    createReporter(fleet, { ...credentials, form, from: kitTime() }),
    kitTime,
    speed,
    broker.publish,
  )
  return {
    ...credentials,
    mqttUrl: `mqtt://${host}:${broker.port}`,
    httpUrl: `http://${host}:${httpPort}`,
    kitSns: [...kits.keys()],
    kits: fleet,
    kitTime,
    stop: async () => {
      silence()
      server.closeAllConnections()
      await Promise.all([broker.stop(), closed(server)])
    },
  }
}
