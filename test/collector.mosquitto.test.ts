/** The whole collector against a real broker: what was published is stored once, through stops and kills of either. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Collector, startCollector } from '../src/collector.ts'
import { total } from '../src/counters.ts'
import { simulateMessages } from '../src/simulator/reporter.ts'
import { collectorParts } from './collector-parts.ts'
import { tally } from './faults/stored-twice.ts'
import { startMosquitto } from './servers/mosquitto.ts'

let broker: Awaited<ReturnType<typeof startMosquitto>>
beforeAll(async () => {
  broker = await startMosquitto({ persistent: true })
})
afterAll(() => broker.close())

const from = Date.UTC(2026, 5, 14, 9)
const messages = [...simulateMessages({ kits: 1, seed: 9, from, until: from + 240_000, account: 'open-account' })]

const start = (dataDir: string): Promise<Collector> =>
  startCollector(collectorParts({ DATA_DIR: dataDir, MQTT_URL: broker.url, ECOFLOW_ACCOUNT: 'open-account' }))

const connected = (collector: Collector): Promise<void> =>
  vi.waitFor(() => expect(collector.status().accounts[0]?.session.granted.size).toBe(3), { timeout: 10_000 })

const received = (collector: Collector): number => total(collector.line.counters, 'messages_received')

it('stores every message once, though it is stopped and the broker restarts in between', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-collector-'))
  const publisher = await connectAsync(broker.url, { reconnectPeriod: 200 })
  const publish = async (some: typeof messages): Promise<void> => {
    for (const { topic, bytes } of some) await publisher.publishAsync(topic, Buffer.from(bytes), { qos: 1 })
  }
  const third = Math.floor(messages.length / 3)

  const first = await start(dataDir)
  await connected(first)
  await publish(messages.slice(0, third))
  await vi.waitFor(() => expect(received(first)).toBe(third), { timeout: 10_000 })
  await broker.restart()
  await vi.waitFor(() => expect(publisher.connected).toBe(true), { timeout: 10_000 })
  await first.stop()

  await publish(messages.slice(third, 2 * third)) // nobody listens; the broker keeps them for the session
  const second = await start(dataDir)
  await connected(second)
  await vi.waitFor(() => expect(received(second)).toBeGreaterThanOrEqual(third), { timeout: 10_000 })
  await publish(messages.slice(2 * third))
  const rest = messages.length - third
  await vi.waitFor(() => expect(received(second)).toBeGreaterThanOrEqual(rest), { timeout: 10_000 })
  const kits = (await (await fetch(`${second.url}/api/v1/kits`)).json()) as { kits: { verdict: string }[] }
  expect(kits.kits.map(({ verdict }) => verdict)).toEqual(['live'])
  await second.stop()
  await publisher.endAsync()

  const found = await tally(dataDir)
  expect(found.expected).toBeGreaterThan(messages.length)
  expect(found).toMatchObject({ lost: [], invented: [] })
  const twice = second.line.counters.get('rejected{duplicate}') ?? 0
  expect(received(first) + received(second) - twice - (first.line.counters.get('rejected{duplicate}') ?? 0)).toBe(
    messages.length,
  )
}, 60_000)

it('refuses a second collector in the same directory, and says so', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-collector-'))
  const collector = await start(dataDir)
  await expect(start(dataDir)).rejects.toMatchObject({ code: 'data_dir_in_use' })
  await collector.stop()
})
