/**
 * Everything that leaves a collector and its commands while all goes wrong that could make them say a secret, gathered
 * for a search: logs, errors, answers of the read API, metrics, diagnostics, the data directory, the doctor's archive.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readSettings } from '../../src/config.ts'
import { explain } from '../../src/log.ts'
import { readFleet } from '../../src/read-fleet.ts'
import { startSimulator } from '../../src/simulator/simulator.ts'
import { startGateway, startLeakyStore } from './leaky-world.ts'
import type { NamedSecrets } from './secret-search.ts'

export interface Harvest {
  /** Text by where it was found. */
  readonly texts: ReadonlyMap<string, Buffer>
  readonly secrets: NamedSecrets
}

/** Made up, each with signs that some way of writing must change; `shortHttp` is too short to be taken. */
const SECRETS: NamedSecrets = JSON.parse(readFileSync('test/secrets.json', 'utf8'))

const RUN_MS = 7_000
const BAD_YAML: Readonly<Record<string, (secret: string) => string>> = {
  'powerkits.yaml with bad indentation': (secret) =>
    `accounts:\n  - name: a\n   secret_key: ${secret}\n access_key: ${secret}\n`,
  'powerkits.yaml with no blank after a colon': (secret) =>
    `accounts:\n  - name: a\n    access_key: b\n    secret_key:${secret}\n`,
  'powerkits.yaml with no blank, and one level too deep': (secret) =>
    `accounts:\n  - name: a\n      secret_key:${secret}\n    region: eu\n`,
  'powerkits.yaml with a key for the kits': (secret) => `accounts:\n  - name: a\n    kits: ${secret}\n`,
  'powerkits.yaml with an unknown name': (secret) =>
    `accounts:\n  - name: a\n    acces_key: ${secret}\n    secret_key: ${secret}\n`,
  'powerkits.yaml with a list for a key': (secret) =>
    `accounts:\n  - name: a\n    access_key: [${secret}]\n    secret_key: { ${secret}: 1 }\n`,
  'powerkits.yaml with a key for a name': (secret) => `accounts:\n  - ${secret}\nbrokers: ${secret}\n`,
  'powerkits.yaml with a broker with a password in no address': (secret) =>
    `brokers:\n  - name: b\n    url: farm:${secret}@host\n`,
}

interface Ended {
  readonly code: number | null
  readonly said: Buffer
}

/** Runs a command to its end, or stops it after so long. */
const runCommand = async (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  stopAfterMs?: number,
): Promise<Ended> => {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, args, { cwd, env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGTERM'), stopAfterMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(stopping)
  return { code, said: Buffer.concat(said) }
}

const gather = (folder: string, texts: Map<string, Buffer>): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) texts.set(relative(folder, path), readFileSync(path))
  }
}

/** A collector in virtual time, through every fault of its cloud. */
export const leaksOfCollector = async (): Promise<Harvest> => {
  const out = mkdtempSync(join(tmpdir(), 'powerkits-leaks-'))
  const child = spawn(process.execPath, ['dist-dev/test/faults/leak-child.js', out, JSON.stringify(SECRETS)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, log]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the collector ended with ${code}: ${Buffer.concat(log).toString().slice(-2_000)}`)
  const { learnt } = JSON.parse(Buffer.concat(said).toString()) as { learnt: NamedSecrets }
  const texts = new Map([['log', Buffer.concat(log)]])
  gather(out, texts)
  rmSync(out, { recursive: true })
  return { texts, secrets: { ...SECRETS, ...learnt } }
}

/** What a person reads of a fleet's file that cannot be used. */
const refusalOf = (text: string): Buffer => {
  try {
    readFleet(readSettings({}), () => text)
    return Buffer.from('')
  } catch (error) {
    return Buffer.from(explain(error))
  }
}

const COMMAND = resolve('bin/powerkits.cjs')

const fleetText = (cloudUrl: string, gatewayUrl: string, [own, other]: readonly NamedSecrets[]): string =>
  JSON.stringify({
    accounts: [
      { name: 'well', access_key: own!.accessKey, secret_key: own!.secretKey, url: cloudUrl },
      { name: 'elsewhere', access_key: other!.accessKey, secret_key: other!.secretKey, url: cloudUrl },
      { name: 'behind', access_key: `${SECRETS.accessKey}2`, secret_key: `${SECRETS.secretKey}2`, url: gatewayUrl },
    ],
  })

/** The commands as a person starts them: with files that cannot be read, a collector for seconds, the doctor. */
export const leaksOfCommands = async (): Promise<Harvest> => {
  const root = mkdtempSync(join(tmpdir(), 'powerkits-leaks-'))
  const texts = new Map<string, Buffer>()
  for (const [name, textOf] of Object.entries(BAD_YAML)) texts.set(name, refusalOf(textOf(SECRETS.secretKey!)))
  const bad = {
    MQTT_URL: `farm:${SECRETS.brokerUrl}@host`,
    INFLUX_URL: `http//me:${SECRETS.influxUrl}@x`,
    HTTP_TOKEN: SECRETS.shortHttp!,
  }
  texts.set('settings that are none', (await runCommand([COMMAND, 'run'], root, bad)).said)

  const sockets = { host: '127.0.0.1', mqttPort: 0, httpPort: 0, now: Date.now }
  const [simulator, gateway, store] = await Promise.all([
    startSimulator({ ...sockets, kits: 2, accounts: 2, seed: 29 }),
    startGateway(SECRETS.unlearnt!),
    startLeakyStore(),
  ])
  const keys: NamedSecrets[] = simulator.accounts.map(({ accessKey, secretKey, password }) => ({
    accessKey,
    secretKey,
    password,
  }))
  simulator.faults.wrongRegion('account-2')
  writeFileSync(join(root, 'powerkits.yaml'), fleetText(simulator.httpUrl, gateway.url, keys))
  const env = {
    DATA_DIR: 'data',
    HTTP_PORT: '0',
    HTTP_TOKEN: SECRETS.http!,
    LOG_LEVEL: 'debug',
    INFLUX_URL: store.url.replace('://', `://writer:${encodeURIComponent(SECRETS.influxUrl!)}@`),
    INFLUX_TOKEN: SECRETS.influxToken!,
    MQTT_URL: simulator.mqttUrl.replace('://', `://bridge:${encodeURIComponent(SECRETS.brokerUrl!)}@`),
    MQTT_TOPICS: '/open/+/+/quota',
  }
  const running = runCommand([COMMAND, 'run'], root, env, RUN_MS)
  await sleep(RUN_MS / 2)
  simulator.faults.rotate('account-1')
  texts.set('powerkits run', (await running).said)
  const doctor = await runCommand([COMMAND, 'doctor', '--bundle', 'bundle.tar.gz'], root, env)
  texts.set('powerkits doctor', doctor.said)
  await Promise.all([simulator.stop(), gateway.close(), store.close()])
  rmSync(join(root, 'powerkits.yaml'))
  gather(root, texts)
  rmSync(root, { recursive: true })
  const learnt = keys.flatMap((each, index) =>
    Object.entries(each).map(([name, secret]) => [`account-${index + 1} ${name}`, secret]),
  )
  const rotated = ['account-1 later password', simulator.accounts[0]!.password]
  return { texts, secrets: { ...SECRETS, ...Object.fromEntries([...learnt, rotated]) } }
}
