/**
 * A collector with every secret set, led through what could make it say one, in virtual time. Its log goes to standard
 * error; its answers, metrics and data directory are left in the directory of the first argument; the secrets of the
 * simulated cloud, the later passwords too, go to standard output.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLog } from '../../src/log.ts'
import type { World } from '../../src/world.ts'
import { createVirtualCollector } from '../virtual-collector.ts'
import { gatewayText, startLeakyStore } from './leaky-world.ts'
import type { NamedSecrets } from './secret-search.ts'

const MINUTE_MS = 60_000
const CODES = ['1000', '1006', '1008', '6012', '8512', '8513', '8521', '9999']

const [out, text] = process.argv.slice(2) as [string, string]
const given = JSON.parse(text) as NamedSecrets
const store = await startLeakyStore()
const learnt: Record<string, string> = {}
let isGatewayIn = false
let turn = 0

const withGateway = (world: World): World => ({
  ...world,
  fetch: async (input, init) => {
    const headers = new Headers(init?.headers)
    if (!isGatewayIn || headers.get('accessKey') !== virtual.cloud.accounts[3]!.accessKey)
      return world.fetch(input, init)
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const answer = gatewayText(pathname, turn++, JSON.stringify([...headers]), given.unlearnt!)
    return new Response(answer.text, { headers: { 'content-type': answer.type } })
  },
})

const virtual = createVirtualCollector({
  startAt: Date.UTC(2026, 5, 1, 6),
  kits: 4,
  accounts: 4,
  seed: 23,
  between: withGateway,
  env: {
    ECOFLOW_ACCESS_KEY: given.accessKey!,
    ECOFLOW_SECRET_KEY: given.secretKey!,
    MQTT_URL: `mqtt://bridge:${encodeURIComponent(given.brokerUrl!)}@broker.invalid:1883`,
    MQTT_USERNAME: 'bridge',
    MQTT_PASSWORD: given.broker!,
    MQTT_TOPICS: '/open/+/+/quota',
    INFLUX_URL: store.url.replace('://', `://writer:${encodeURIComponent(given.influxUrl!)}@`),
    INFLUX_TOKEN: given.influxToken!,
    INFLUX_USERNAME: 'writer',
    INFLUX_PASSWORD: given.influx!,
    HTTP_TOKEN: given.http!,
    POLL_SECONDS: '10',
  },
  log: (redact) => createLog('debug', 'json', redact),
})

const note = (): void => {
  for (const { name, accessKey, secretKey, password } of virtual.cloud.accounts)
    Object.assign(learnt, {
      [`${name} access key`]: accessKey,
      [`${name} secret key`]: secretKey,
      [`${name} password ${password.slice(0, 3)}`]: password,
    })
}

const PATHS = [
  '/metrics',
  '/healthz',
  '/readyz',
  '/api/v1/collector',
  '/api/v1/kits',
  '/api/v1/openapi.json',
  '/api/v1/kits/none',
  `/api/v1/kits?token=${encodeURIComponent(given.http!)}`,
  `/nowhere?access_token=${encodeURIComponent(given.http!)}`,
]

/** Every answer, to whoever asks. */
const ask = async (when: string): Promise<void> => {
  const folder = join(out, 'http')
  mkdirSync(folder, { recursive: true })
  const callers = { known: `Bearer ${given.http}`, other: 'Bearer of-somebody-else', nobody: '' }
  for (const [who, authorization] of Object.entries(callers))
    for (const [index, path] of PATHS.entries()) {
      const headers = authorization === '' ? undefined : { authorization }
      const response = await fetch(virtual.collector().url + path, headers && { headers })
      const head = JSON.stringify([...response.headers])
      writeFileSync(join(folder, `${when}-${who}-${index}.txt`), `${response.status} ${head}\n${await response.text()}`)
    }
}

note()
await virtual.start()
await virtual.advance(2 * MINUTE_MS)
await ask('well')
const { faults, accounts } = virtual.cloud
faults.wrongRegion(accounts[1]!.name)
isGatewayIn = true
const html = faults.http(accounts[2]!.name, { kind: 'html', status: 502 })
faults.rotate(accounts[0]!.name)
note()
await virtual.advance(8 * MINUTE_MS)
await ask('failing')
html()
for (const code of CODES) {
  const end = faults.http(accounts[2]!.name, { kind: 'code', code })
  faults.cut(accounts[2]!.name)
  await virtual.advance(2 * MINUTE_MS)
  end()
}
faults.rotate(accounts[0]!.name)
note()
faults.lockOut(accounts[2]!.name)
const back = faults.unreachable()
await virtual.advance(3 * MINUTE_MS)
await ask('away')
back()
await virtual.advance(8 * MINUTE_MS)
await virtual.stop()
cpSync(virtual.dataDir(), join(out, 'data'), { recursive: true, filter: (path) => !path.endsWith('.sock') })
await virtual.end()
await store.close()
process.stdout.write(JSON.stringify({ learnt, refusedByStore: store.asked.length, gatewayAnswers: turn }))
process.exit()
