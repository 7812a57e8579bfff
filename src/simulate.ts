/** The command `simulate`: only the simulated cloud, on real sockets, and how to collect from it. */
import type { SimulatedAccount } from './simulator/account.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'

type Print = (line: string) => void

/** As of the simulator; `speed` is simulated seconds a second. */
export interface SimulateOptions {
  readonly kits: number
  readonly accounts: number
  readonly seed: number
  readonly mqttPort: number
  readonly httpPort: number
  readonly speed: number
}

/** How to collect from one account of the simulated cloud. */
const printAccount = (account: SimulatedAccount, { httpUrl, mqttUrl }: Simulator, print: Print): void => {
  print(`\n${account.name}, by its keys:`)
  print(`ECOFLOW_URL=${httpUrl}`)
  print(`ECOFLOW_ACCESS_KEY=${account.accessKey}`)
  print(`ECOFLOW_SECRET_KEY=${account.secretKey}`)
  print('or by MQTT alone:')
  print(`MQTT_URL=${mqttUrl}`)
  print(`MQTT_USERNAME=${account.account}`)
  print(`MQTT_PASSWORD=${account.password}`)
  print(`ECOFLOW_ACCOUNT=${account.account}`)
  print(`KITS=${account.kitSns.join(',')}`)
}

/** Runs until `signal`. */
export const simulate = async (options: SimulateOptions, print: Print, signal: AbortSignal): Promise<void> => {
  const simulator = await startSimulator({ ...options, host: '127.0.0.1', now: Date.now })
  print(
    `Simulated cloud with ${simulator.kitSns.length} kits. To collect from it, start powerkits with the settings of`,
  )
  for (const account of simulator.accounts) printAccount(account, simulator, print)
  print('\n(All of these are made up; they open nothing but this simulator.) Stop with Ctrl-C.')
  await new Promise((done) => signal.addEventListener('abort', done))
  await simulator.stop()
}
