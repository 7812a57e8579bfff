/**
 * From POST to acknowledged: set commands over HTTP to the collector, by MQTT to kits that reply at once, and back, while
 * thousands of reports a second arrive from a broker.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMosquitto } from '../test/servers/mosquitto.ts'
import { type Child, startChild } from './fixture/child.ts'
import type { CloudFleet } from './fixture/cloud-child.ts'
import type { Figures } from './fixture/collector-child.ts'
import { machine } from './fixture/measure.ts'
import { startNullStore } from './fixture/null-store.ts'

export const title = 'round trip: from POST to acknowledged, idle and under 5,000 reports a second'

const RATE = 5_000
const SECONDS = 25
const EVERY_MS = 100
const COMMANDS = 200
const KITS = 40
const MOST_MS = { median: 250, p99: 1_000 }
const TOKEN = 'a-token-of-this-bench-alone'

/** No two of them have an operateType in common, so that none waits for another of its kit. */
const ASKED: readonly ((n: number) => { command: string; params: Record<string, unknown> })[] = [
  (n) => ({ command: 'battery.charge-limit', params: { percent: 60 + (n % 40) } }),
  (n) => ({ command: 'battery.screen-off', params: { seconds: n % 600 } }),
  (n) => ({ command: 'hub.scene', params: { scene: n % 200 } }),
  (n) => ({ command: 'dc-input.charging', params: { paused: false, amperes: 1 + (n % 70) } }),
  (n) => ({ command: 'battery.discharge-limit', params: { percent: 12 + (n % 20) } }),
]

interface Trip {
  readonly ms: number
  /** The command stands as acknowledged. */
  readonly isGood: boolean
  readonly text: string
}

const post = async (url: string, sn: string, body: object): Promise<Trip> => {
  const startedAt = performance.now()
  const response = await fetch(`${url}/api/v1/kits/${sn}/commands?wait=acknowledged`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const { command } = JSON.parse(text) as { command?: { is_acknowledged: boolean } }
  return { ms: performance.now() - startedAt, isGood: command?.is_acknowledged === true, text }
}

/** One command every so often, whether or not those before it have come back. */
const trips = async (url: string, kits: readonly string[]): Promise<Trip[]> => {
  const all: Promise<Trip>[] = []
  for (let n = 0; n < COMMANDS; n++) {
    const kind = Math.floor(n / kits.length) % ASKED.length
    all.push(post(url, kits[n % kits.length]!, ASKED[kind]!(n)))
    await sleep(EVERY_MS)
  }
  return Promise.all(all)
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!

/** Prints the line of the table; whether all came back, and soon. */
const tell = (name: string, all: readonly Trip[]): boolean => {
  const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b)
  const [median, p99] = [quantile(sorted, 0.5), quantile(sorted, 0.99)]
  const bad = all.filter(({ isGood }) => !isGood)
  console.log(
    `${name.padEnd(24)} ${all.length} commands: median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ` +
      `most ${sorted.at(-1)!.toFixed(0)} ms; not acknowledged ${bad.length}`,
  )
  for (const { text } of bad.slice(0, 3)) console.log(`  ${text.slice(0, 300)}`)
  return bad.length === 0 && median < MOST_MS.median && p99 < MOST_MS.p99
}

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 600; tries++) {
    if (await isSo()) return
    await sleep(200)
  }
  throw new Error(`waited two minutes for ${what}`)
}

interface Stage {
  readonly cloud: Child
  readonly collector: Child
  readonly publisher: Child
  readonly url: string
  readonly kits: readonly string[]
}

const measure = async ({ cloud, collector, publisher, url, kits }: Stage): Promise<boolean> => {
  const idle = tell('idle', await trips(url, kits))
  const before = await collector.ask<Figures>('read')
  await collector.ask('begin')
  const publishing = publisher.ask<{ sent: number; wallMs: number }>('publish', { rate: RATE, count: RATE * SECONDS })
  const busy = tell(`under ${RATE.toLocaleString('en')} a second`, await trips(url, kits))
  const during = await collector.ask<Figures>('read')
  const { sent, wallMs } = await publishing
  await until('every report to arrive', async () => (await collector.ask<Figures>('read')).received >= sent)
  const { count, byMqtt } = await cloud.ask<{ count: number; byMqtt: number }>('commands')
  const received = ((during.received - before.received) / during.wallMs) * 1000
  console.log(
    `  offered ${((sent / wallMs) * 1000).toFixed(0)} reports/s, received ${received.toFixed(0)}/s, the collector used ` +
      `${((100 * during.cpuMs) / during.wallMs).toFixed(0)} % of a core; commands at the cloud ${count}, by MQTT ${byMqtt}`,
  )
  return idle && busy && received > 0.95 * RATE && count === 2 * COMMANDS && byMqtt === count
}

export const run = async (): Promise<boolean> => {
  machine()
  console.log('publisher, broker, cloud, collector and store share this machine\n')
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-bench-'))
  const [broker, store] = [
    await startMosquitto({ settings: ['max_inflight_messages 1000'] }),
    await startNullStore('battery', 'voltage_v'),
  ]
  const cloud = startChild('cloud', { CLOUD_KITS: String(KITS), CLOUD_ACCOUNTS: '4' })
  const fleet = await cloud.ask<CloudFleet>('fleet')
  await cloud.ask('replyAtOnce')
  const collector = startChild('collector', {
    DATA_DIR: dataDir,
    FLEET_TEXT: fleet.file,
    MQTT_URL: broker.url,
    MQTT_VERSION: '5',
    MQTT_TOPICS: '/open/open-bench/+/quota',
    INFLUX_URL: store.url,
    CONTROL_TOKENS: `name=bench scope=control token=${TOKEN}`,
    CONTROL_COMMANDS_PER_MINUTE: '100000',
  })
  const publisher = startChild('publisher', { MQTT_URL: broker.url })
  const url = await collector.ask<string>('url')
  const kits = Object.values(fleet.kits).flat()
  await until('the kits', () => collector.ask<boolean>('isListening'))
  await until('their modules', () => collector.ask<boolean>('knows', kits))
  const isGood = await measure({ cloud, collector, publisher, url, kits })
  for (const child of [publisher, collector, cloud]) await child.end()
  await broker.close()
  store.close()
  rmSync(dataDir, { recursive: true })
  return isGood
}
