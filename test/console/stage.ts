/**
 * What the console is tried on: a simulated cloud whose kits have sun, and the collector as people start it, with some
 * days behind it where they are wanted. The faults of the cloud are at hand.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKits } from '../../src/simulator/reporter.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { afternoonAt, type Place } from './local-noon.ts'
import { layPast } from './past.ts'
import { type RunningCollector, startCollectorIn } from './running-collector.ts'

/** Made up, as all of this. */
export const TOKENS = {
  owner: 'owner-token-of-the-tests',
  guest: 'guest-token-of-the-tests',
  elsewhere: 'token-for-another-kit-only',
  expired: 'token-whose-time-is-over',
} as const

export interface Stage {
  readonly url: string
  readonly collector: RunningCollector
  readonly simulator: Simulator
  readonly place: Place
  /** Of the first kit. */
  readonly sn: string
  close(): Promise<void>
}

export interface StageOptions {
  readonly kits?: number
  /** Behind the first kit. */
  readonly days?: number
  /** How many times slower than a real kit it spoke then. */
  readonly pace?: number
  readonly env?: Readonly<Record<string, string>>
}

const SEED = 7
const NAME = 'Wanderer'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What the owner calls the circuits: what hangs on them, and nothing for those that are spare. */
const circuitNames = () => {
  const { dcCircuits, acCircuits } = createKits(1, SEED, 0)[0]!.plan
  const named = (circuits: typeof dcCircuits) =>
    Object.fromEntries(
      circuits.flatMap(({ name }, index) => (name === 'spare' ? [] : [[index + 1, capital(name)] as const])),
    )
  return { ac: named(acCircuits), dc: named(dcCircuits) }
}

/** JSON is YAML. */
const fleetFile = ({ accounts, httpUrl, kitSns }: Simulator, place: Place): string =>
  JSON.stringify({
    accounts: accounts.map(({ name, accessKey, secretKey }) => ({
      name,
      access_key: accessKey,
      secret_key: secretKey,
      url: httpUrl,
      kits: {
        [kitSns[0]!]: { name: NAME, time_zone: place.timeZone, circuits: circuitNames(), panels: { 1: 420, 2: 220 } },
      },
    })),
  })

const tokenLines = (kitSn: string): string =>
  [
    `name=owner scope=dangerous token=${TOKENS.owner}`,
    `name=guest scope=read token=${TOKENS.guest}`,
    `name=elsewhere scope=control kits=M109ZEB4ZE7B0009 token=${TOKENS.elsewhere}`,
    `name=old scope=control kits=${kitSn} until=2026-01-31 token=${TOKENS.expired}`,
  ].join('\n')

const startSunnyCloud = async (kits: number, place: Place): Promise<Simulator> => {
  const now = () => Date.now() + place.offsetMs
  const simulator = await startSimulator({
    kits,
    seed: SEED,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    name: NAME,
    now,
  })
  // The kits live by their sun; the cloud's own clock is right.
  simulator.faults.skewClock(-place.offsetMs)
  return simulator
}

export const openStage = async ({ kits = 1, days = 0, pace = 15, env = {} }: StageOptions = {}): Promise<Stage> => {
  const place = afternoonAt(Date.now())
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-console-'))
  const dataDir = join(dir, 'data')
  const simulator = await startSunnyCloud(kits, place)
  const sn = simulator.kitSns[0]!
  const { timeZone, offsetMs } = place
  const fleet = { [sn]: { name: NAME, timeZone, circuits: circuitNames(), site: { panelsW: { 1: 420, 2: 220 } } } }
  if (days > 0) await layPast({ dataDir, seed: SEED, days, pace, until: Date.now(), timeZone, offsetMs, fleet })
  writeFileSync(join(dir, 'powerkits.yaml'), fleetFile(simulator, place), { mode: 0o600 })
  const collector = await startCollectorIn(dir, {
    DATA_DIR: dataDir,
    TIME_ZONE: timeZone,
    POLL_SECONDS: '10',
    CONTROL_TOKENS: tokenLines(sn),
    ...env,
  })
  return {
    url: collector.url,
    collector,
    simulator,
    place,
    sn,
    close: async () => {
      await collector.close()
      await simulator.stop()
    },
  }
}
