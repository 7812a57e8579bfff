/** A set-up at a simulated cloud, in a folder of its own, with the code ABCD-EFGH. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../src/config.ts'
import { createSecrets } from '../../src/redact.ts'
import type { Settled } from '../../src/settled.ts'
import { createGate } from '../../src/setup/code.ts'
import type { Keys } from '../../src/setup/contract.ts'
import { type OpenSetup, openSetup, type SetupParts } from '../../src/setup/setup.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { MACHINE } from '../../src/world.ts'

export const CODE = 'ABCD-EFGH'

export interface Counter {
  readonly simulator: Simulator
  readonly dir: string
  readonly file: string
  /** Those of the simulated account. */
  readonly keys: Keys
  /** What was saved, each time. */
  readonly saved: Settled[]
  open(changes?: Partial<SetupParts>, env?: Readonly<Record<string, string>>): OpenSetup
  close(): Promise<void>
}

const noFile = (): never => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
}

export const openCounter = async (): Promise<Counter> => {
  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  const simulator = await startSimulator({ ...sockets, kits: 2, seed: 5, name: 'Van' })
  const dir = mkdtempSync(join(tmpdir(), 'powerkits-counter-'))
  const file = join(dir, '.env')
  const saved: Settled[] = []
  const open: Counter['open'] = (changes = {}, env = {}) =>
    openSetup({
      settings: readSettings({ DATA_DIR: join(dir, 'data'), ECOFLOW_URL: simulator.httpUrl, ...env }),
      readText: noFile,
      secrets: createSecrets(),
      world: MACHINE,
      gate: createGate(CODE),
      file,
      given: [],
      settleAnew: () => ({}) as Settled,
      onSaved: (settled) => void saved.push(settled),
      ...changes,
    })
  const close = async (): Promise<void> => {
    await simulator.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  const { accessKey, secretKey } = simulator
  return { simulator, dir, file, keys: { accessKey, secretKey, region: 'auto' }, saved, open, close }
}
