/** Resident memory of the collector: a fleet with a server as its store, and a few kits with the embedded store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMosquitto } from '../test/servers/mosquitto.ts'
import { type Child, startChild } from './fixture/child.ts'
import type { Memory } from './fixture/collector-child.ts'
import { machine } from './fixture/measure.ts'
import { startNullStore } from './fixture/null-store.ts'

export const title = 'resident memory: 1,000 kits with a server as store; a few kits with the embedded store'

const KITS = 1_000
const ROUNDS = 4
const ROUND_S = 12
const MOST_MB = 220
const EMBEDDED_MB = [128, 256, 512] as const
/** Rows of ten packs, one in ten seconds: 17 days. */
const FILL_ROWS = 1_500_000
const QUESTIONS = 12

const settings = (dataDir: string, mqttUrl: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  MQTT_URL: mqttUrl,
  MQTT_VERSION: '5',
  MQTT_TOPICS: '/open/open-bench/+/quota,/open/open-bench/+/status',
  HTTP_PORT: '0',
  LOG_LEVEL: 'error',
})

const row = (...columns: readonly (string | number)[]): void =>
  console.log(
    columns
      .map((one, i) =>
        (typeof one === 'number' ? one.toFixed(0) : one)[i === 0 ? 'padEnd' : 'padStart'](i === 0 ? 44 : 10),
      )
      .join(''),
  )

const untilListening = async (collector: Child): Promise<void> => {
  while (!(await collector.ask<boolean>('isListening'))) await sleep(20)
}

/** Pushes in real time, and after each round a whole minute, a poll of every kit and a snapshot. */
const liveThrough = async (collector: Child, kits: Child): Promise<Memory> => {
  const urls = await kits.ask<string[]>('pollUrls')
  for (let round = 0; round < ROUNDS; round++) {
    await kits.ask('speak', ROUND_S)
    await collector.ask('minute')
    for (const url of urls) await collector.ask('poll', url)
    await collector.ask('snapshot')
  }
  return collector.ask<Memory>('memory')
}

const fleet = async (): Promise<boolean> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-bench-'))
  const broker = await startMosquitto({ settings: ['max_inflight_messages 1000'] })
  const store = await startNullStore('battery', 'voltage_v')
  const collector = startChild('collector', { ...settings(dataDir, broker.url), INFLUX_URL: store.url })
  const kits = startChild('kits', { MQTT_URL: broker.url, BENCH_KITS: String(KITS) })
  await untilListening(collector)
  await collector.ask('settle')
  const empty = await collector.ask<Memory>('memory', true)
  const asItIs = await liveThrough(collector, kits)
  await collector.ask('settle')
  const collected = await collector.ask<Memory>('memory', true)
  await kits.end()
  await collector.end()
  await broker.close()
  store.close()
  rmSync(dataDir, { recursive: true })
  const perKitKb = ((collected.heapMb + collected.outsideMb - empty.heapMb - empty.outsideMb) * 1024) / collected.kits
  row('a server as store', 'RSS MB', 'heap MB', 'outside')
  row('  before the first message', empty.rssMb, empty.heapMb, empty.outsideMb)
  row(`  ${collected.kits} kits, ${collected.modules} modules, as it is`, asItIs.rssMb, asItIs.heapMb, asItIs.outsideMb)
  row('  the highest it was', asItIs.mostMb)
  row('  after a garbage collection', collected.rssMb, collected.heapMb, collected.outsideMb)
  console.log(`  state of a kit: ${perKitKb.toFixed(0)} KiB\n`)
  return collected.kits === KITS && asItIs.rssMb <= MOST_MB
}

const embedded = async (dataDir: string, limitMb: number): Promise<void> => {
  const broker = await startMosquitto({ settings: ['max_inflight_messages 1000'] })
  const collector = startChild('collector', { ...settings(dataDir, broker.url), EMBEDDED_MEMORY_MB: String(limitMb) })
  const publisher = startChild('publisher', { MQTT_URL: broker.url })
  await untilListening(collector)
  const idle = await collector.ask<Memory>('memory')
  await publisher.ask('publish', { rate: 1_000, count: 8_000 })
  await collector.ask('settle')
  const appending = await collector.ask<Memory>('memory')
  const ms = await collector.ask<number>('question', QUESTIONS)
  const asked = await collector.ask<Memory>('memory')
  const after = await collector.ask<Memory>('memory', true)
  row(`  ${limitMb}`, idle.rssMb, appending.mostMb, asked.mostMb, after.rssMb, ms)
  await publisher.end()
  await collector.end()
  await broker.close()
}

/** In a process of its own, that the memory it takes is not that of what is measured. */
const fill = async (dataDir: string): Promise<void> => {
  const broker = await startMosquitto()
  const filler = startChild('collector', settings(dataDir, broker.url))
  await filler.ask('fill', FILL_ROWS)
  await filler.end()
  await broker.close()
}

export const run = async (): Promise<boolean> => {
  machine()
  const isSmall = await fleet()
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-bench-'))
  await fill(dataDir)
  row('the embedded store, EMBEDDED_MEMORY_MB', 'idle', 'append', 'question', 'after gc', 'ms each')
  for (const limitMb of EMBEDDED_MB) await embedded(dataDir, limitMb)
  console.log(
    `  RSS in MB; ${FILL_ROWS.toLocaleString('en')} rows of ten packs in it, 1,000 messages a second, two questions at once`,
  )
  rmSync(dataDir, { recursive: true })
  return isSmall
}
