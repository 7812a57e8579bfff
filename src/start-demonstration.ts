/** The demonstration: a simulated cloud on this machine, and what leads a collector to it. */
import type { Settings } from './config.ts'
import { demonstrationSettings } from './demonstration.ts'
import type { Fleet } from './fleet.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'

const SEED = 7

export interface Demonstration {
  readonly simulator: Simulator
  /** Its values go nowhere that real ones go. */
  readonly settings: Settings
  readonly fleet: Fleet
}

export const startDemonstration = async (settings: Settings): Promise<Demonstration> => {
  const simulator = await startSimulator({
    kits: 1,
    seed: SEED,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    name: 'Demo van',
    now: Date.now,
  })
  const { accessKey, secretKey, httpUrl } = simulator
  return {
    simulator,
    settings: demonstrationSettings(settings),
    fleet: {
      accounts: [{ name: 'demo', accessKey, secretKey, region: 'auto', url: httpUrl, kits: {}, onlyNamed: false }],
      brokers: [],
    },
  }
}
