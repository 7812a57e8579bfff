/**
 * The stand-in for the vendor's cloud on real sockets: the MQTT broker and the HTTP API around a cloud. Small enough to
 * share a process with the collector.
 */
import { machineTimers } from '../timers.ts'
import type { SimulatedAccount } from './account.ts'
import { type Broker, startBroker } from './broker.ts'
import { type Cloud, type CloudOptions, createCloud } from './cloud.ts'
import { createApiServer } from './http-server.ts'
import { closed, listen } from './listen.ts'

export interface SimulatorOptions extends Omit<CloudOptions, 'timers' | 'mqttPlace'> {
  readonly host: string
  /** 0 = a free one. */
  readonly mqttPort: number
  readonly httpPort: number
  /** Epoch ms. */
  readonly now: () => number
}

/** Credentials at the top are those the first account began with; `accounts` has the present ones. Serial numbers and kits are of all. */
export interface Simulator
  extends Pick<Cloud, 'accounts' | 'kits' | 'kitTime' | 'faults' | 'commands'>,
    Pick<SimulatedAccount, 'account' | 'password' | 'accessKey' | 'secretKey' | 'kitSns'> {
  readonly mqttUrl: string
  readonly httpUrl: string
  readonly stop: () => Promise<void>
}

const openFronts = async (cloud: Cloud, options: SimulatorOptions, onBroker: (broker: Broker) => void) => {
  const { host, mqttPort, httpPort } = options
  const timers = machineTimers(options.now)
  const broker = await startBroker({ host, port: mqttPort, gate: cloud.gate, isReachable: cloud.isMqttReachable })
  onBroker(broker)
  const server = createApiServer({ replyTo: cloud.replyTo, isReachable: cloud.isHttpReachable, timers })
  const port = await listen(server, host, httpPort).catch(async (error: unknown) => {
    await broker.stop()
    throw error
  })
  const stop = async (): Promise<void> => {
    const done = closed(server)
    server.closeAllConnections()
    await Promise.all([broker.stop(), done])
  }
  return { mqttUrl: `mqtt://${host}:${broker.port}`, httpUrl: `http://${host}:${port}`, stop }
}

/** Starts all of it; resolves when both ports listen. Throws `simulator_port_taken`. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { host } = options
  let port = 0
  const cloud = createCloud({
    ...options,
    timers: machineTimers(options.now),
    mqttPlace: () => ({ host, port, protocol: 'mqtt' }),
  })
  const fronts = await openFronts(cloud, options, (broker) => {
    port = broker.port
  }).catch((error: unknown) => {
    cloud.stop()
    throw error
  })
  const { account, password, accessKey, secretKey } = cloud.accounts[0]!
  return {
    account,
    password,
    accessKey,
    secretKey,
    accounts: cloud.accounts,
    kits: cloud.kits,
    kitSns: cloud.kits.map(({ plan }) => plan.hubSn),
    kitTime: cloud.kitTime,
    faults: cloud.faults,
    commands: cloud.commands,
    mqttUrl: fronts.mqttUrl,
    httpUrl: fronts.httpUrl,
    stop: async () => {
      cloud.stop()
      await fronts.stop()
    },
  }
}
