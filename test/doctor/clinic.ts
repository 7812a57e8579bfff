/** A doctor with a patient: a simulated cloud on real sockets, a data directory of its own, and what can be wrong. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../src/config.ts'
import { type DoctorOptions, runDoctor } from '../../src/doctor/run-doctor.ts'
import { secretsOf } from '../../src/known-secrets.ts'
import { createLog } from '../../src/log.ts'
import { readFleet } from '../../src/read-fleet.ts'
import { createSecrets } from '../../src/redact.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { MACHINE, type World } from '../../src/world.ts'

type Lookup = NonNullable<DoctorOptions['lookup']>

export interface Visit {
  readonly env?: Readonly<Record<string, string>>
  /** Of powerkits.yaml. */
  readonly fleet?: string
  readonly world?: Partial<World>
  readonly lookup?: Lookup
  readonly freeBytes?: DoctorOptions['freeBytes']
  readonly exposed?: readonly string[]
  readonly bundle?: string
}

export interface Clinic {
  readonly simulator: Simulator
  readonly dataDir: string
  /** Settings of an account that lives in the simulated cloud. */
  readonly keys: Readonly<Record<string, string>>
  look(visit?: Visit): Promise<{ readonly lines: string[]; readonly isWell: boolean }>
  close(): Promise<void>
}

/** Free of what this machine's disk happens to hold. */
const PLENTY = async (): Promise<number> => 50 * 1024 ** 3

const nothingThere = (): never => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
}

export const openClinic = async (seed = 5): Promise<Clinic> => {
  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  const simulator = await startSimulator({ ...sockets, kits: 2, seed, name: 'Van' })
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-clinic-'))
  const { accessKey, secretKey, httpUrl } = simulator
  const keys = { ECOFLOW_ACCESS_KEY: accessKey, ECOFLOW_SECRET_KEY: secretKey, ECOFLOW_URL: httpUrl }
  const look: Clinic['look'] = async ({ env = {}, fleet, world, freeBytes = PLENTY, exposed = [], ...rest } = {}) => {
    const settings = readSettings({ DATA_DIR: dataDir, HTTP_PORT: '0', ...keys, ...env })
    const sources = readFleet(settings, () => fleet ?? nothingThere())
    const secrets = createSecrets(secretsOf(settings, sources))
    const lines: string[] = []
    const print = (line: string): void => void lines.push(line)
    const log = createLog('silent', 'json')
    const parts = { settings, fleet: sources, secrets, log, version: '0.0.0', exposed, print, freeBytes, ...rest }
    const isWell = await runDoctor({ ...parts, world: { ...MACHINE, ...world } })
    return { lines, isWell }
  }
  const close = async (): Promise<void> => {
    await simulator.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { simulator, dataDir, keys, look, close }
}

/** Leads requests for the vendor's hosts to these addresses: `{ 'https://api-e.ecoflow.com': 'http://127.0.0.1:…' }`. */
export const leadTo =
  (places: Readonly<Record<string, string>>): typeof fetch =>
  (input, init) => {
    const url = String(input)
    const host = Object.keys(places).find((each) => url.startsWith(each))
    return fetch(host === undefined ? url : url.replace(host, places[host]!), init)
  }
