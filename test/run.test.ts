import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { run } from '../src/run.ts'
import { openSettingsSource } from '../src/settings-source.ts'
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts'

let simulator: Simulator
let dir = ''
let lines: string[] = []
let stop = new AbortController()
let running = Promise.resolve()

beforeEach(async () => {
  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  simulator = await startSimulator({ ...sockets, kits: 1, seed: 5, name: 'Own van' })
  dir = mkdtempSync(join(tmpdir(), 'powerkits-run-'))
})
afterEach(async () => {
  stop.abort()
  await running
  await simulator.stop()
  rmSync(dir, { recursive: true, force: true })
})

const start = (changes: NodeJS.ProcessEnv = {}): void => {
  lines = []
  stop = new AbortController()
  const env: NodeJS.ProcessEnv = {
    DATA_DIR: join(dir, 'data'),
    HTTP_PORT: '0',
    ECOFLOW_URL: simulator.httpUrl,
    FLEET_FILE: undefined,
    LOG_LEVEL: 'silent',
    ...changes,
  }
  const source = openSettingsSource(env, join(dir, '.env'))
  const { settings, fleet, secrets, log } = source.settle(false)
  const print = (line: string): void => void lines.push(line)
  const parts = { settings, fleet, secrets, log, version: '0.0.0', source, print }
  running = run({ ...parts, isDemonstration: true }, stop.signal)
}

const said = async (pattern: RegExp): Promise<string> => {
  for (;;) {
    const found = lines.map((line) => pattern.exec(line)?.[1]).find((one) => one !== undefined)
    if (found !== undefined) return found
    await Promise.race([sleep(20), running])
  }
}

/** Of everything below the folder. */
const filesWith = (text: string): string[] =>
  readdirSync(dir, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(dir, name)).isFile() && readFileSync(join(dir, name)).includes(text))

interface Kits {
  readonly is_demonstration: boolean
  readonly kits: readonly { readonly label: string }[]
}

const ask = async <T>(url: string, path: string): Promise<T> =>
  (await (await fetch(`${url}/api/v1/${path}`)).json()) as T

const save = async (url: string, code: string): Promise<object> => {
  const { accessKey, secretKey } = simulator
  const body = JSON.stringify({ code, access_key: accessKey, secret_key: secretKey })
  const headers = { 'content-type': 'application/json' }
  return (await (await fetch(`${url}/api/v1/setup`, { method: 'POST', headers, body })).json()) as object
}

/** The list of kits once it is as wished; the collector may not answer meanwhile. */
const kitsOnce = async (url: string, isWished: (kits: Kits) => boolean): Promise<Kits> => {
  for (;;) {
    const kits = await ask<Kits>(url, 'kits').catch(() => undefined)
    if (kits && isWished(kits)) return kits
    await sleep(20)
  }
}

it('goes from the demonstration to the kits of an account, at the same address and in one process', async () => {
  writeFileSync(join(dir, '.env'), '# of mine\nTIME_ZONE=UTC\n', { mode: 0o644 })
  start()
  const code = await said(/enter the code (\S+)$/)
  const url = await said(/open (\S+)\/#\/set-up/)
  await kitsOnce(url, ({ is_demonstration, kits }) => is_demonstration && kits.length === 1)
  expect(await save(url, code)).toMatchObject({ is_saved: true, kits: [{ kit_sn: simulator.kitSns[0] }] })
  const { kits } = await kitsOnce(url, (one) => !one.is_demonstration && one.kits.length > 0)
  expect(kits.map(({ label }) => label)).toEqual([expect.stringContaining(simulator.kitSns[0]!)])
  expect(await ask(url, 'setup')).toMatchObject({ is_open: false })
  const file = join(dir, '.env')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toMatch(/^# of mine\nTIME_ZONE=UTC\nECOFLOW_ACCESS_KEY=/)
  expect(existsSync(join(dir, 'data', 'demo', 'spool'))).toBe(true)
  expect(existsSync(join(dir, 'data', 'spool'))).toBe(true)
  stop.abort()
  await running
  expect(lines.at(-1)).toMatch(/^Stopped\./)
  for (const secret of [simulator.accessKey, simulator.secretKey]) {
    expect(lines.join()).not.toContain(secret)
    expect(filesWith(secret)).toEqual(['.env'])
  }
})

it('goes on with the demonstration when collecting does not start, and says why', async () => {
  mkdirSync(join(dir, 'data'))
  writeFileSync(join(dir, 'data', 'spool'), 'a file where the spool should be')
  start()
  const code = await said(/enter the code (\S+)$/)
  const url = await said(/open (\S+)\/#\/set-up/)
  expect(await save(url, code)).toMatchObject({ is_saved: true })
  await said(/(The demonstration goes on)/)
  await kitsOnce(url, ({ is_demonstration, kits }) => is_demonstration && kits.length === 1)
  expect(await ask(url, 'setup')).toMatchObject({ is_open: true, is_saved: false, problem: expect.stringMatching(/./) })
  rmSync(join(dir, 'data', 'spool'))
  expect(await save(url, code)).toMatchObject({ is_saved: true })
  await kitsOnce(url, ({ is_demonstration, kits }) => !is_demonstration && kits.length === 1)
})

it('says at the start where keys go when they cannot be saved', async () => {
  start({ ECOFLOW_ACCESS_KEY: '', ECOFLOW_REGION: 'eu' })
  expect(await said(/not save them: (.*)/)).toContain('sets ECOFLOW_ACCESS_KEY and ECOFLOW_REGION')
})
