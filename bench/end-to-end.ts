/** Real messages through a real broker into the real collector, acknowledged when they are durable, and to a store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMosquitto } from '../test/servers/mosquitto.ts'
import { countValues, startVictoriaMetrics } from '../test/servers/victoria-metrics.ts'
import { type Child, startChild } from './fixture/child.ts'
import type { Figures } from './fixture/collector-child.ts'
import { machine } from './fixture/measure.ts'
import { startNullStore } from './fixture/null-store.ts'
import { type OnDisk, readBack } from './fixture/on-disk.ts'

export const title = 'end to end: QoS 1, acknowledged after fdatasync, mosquitto to collector to store'

const WARM_UP_S = 4
const STEADY = { rate: 5_000, seconds: 15, mostCores: 0.5 }
const PEAK = { rate: 20_000, seconds: 8 }
/** In every message of the bench, and in nothing but packs' rows. */
const MEASUREMENT = 'battery'
const FIELD = 'voltage_v'

interface Target {
  readonly name: string
  readonly url: string
  rows(): Promise<number>
  close(): Promise<void>
}

const victoriaMetrics = async (): Promise<Target> => {
  const server = await startVictoriaMetrics()
  const name = `${MEASUREMENT}_${FIELD}`
  const rows = async (): Promise<number> => (await countValues(server.url, `{__name__="${name}"}`)).get(name) ?? 0
  return { name: 'VictoriaMetrics', url: server.url, rows, close: () => server.close() }
}

const nullStore = async (): Promise<Target> => {
  const store = await startNullStore(MEASUREMENT, FIELD)
  return { name: 'null store', url: store.url, rows: async () => store.rows(), close: async () => store.close() }
}

interface Outcome {
  readonly sent: number
  /** While messages were offered, after the warm-up. */
  readonly during: Figures
  /** When everything had arrived, was durable and answered by the store. */
  readonly after: Figures
  readonly offeredPerS: number
  readonly receivedPerS: number
  readonly cpuUs: number
  readonly onDisk: OnDisk
  readonly rows: number
}

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 6_000; tries++) {
    if (await isSo()) return
    await sleep(20)
  }
  throw new Error(`waited two minutes for ${what}`)
}

/** Receives for a while unmeasured, then measured; ends when all that was sent has come to rest. */
const load = async (collector: Child, publisher: Child, rate: number, seconds: number) => {
  const arrived = async (sent: number): Promise<boolean> => (await collector.ask<Figures>('read')).received >= sent
  await until('the subscription', () => collector.ask<boolean>('isListening'))
  const warm = await publisher.ask<{ sent: number }>('publish', { rate, count: rate * WARM_UP_S })
  await until('the warm-up to arrive', () => arrived(warm.sent))
  const before = await collector.ask<Figures>('read')
  await collector.ask('begin')
  const { sent, wallMs } = await publisher.ask<{ sent: number; wallMs: number }>('publish', {
    rate,
    count: rate * seconds,
  })
  const during = await collector.ask<Figures>('read')
  await publisher.ask('acknowledged')
  await until('every message to arrive', () => arrived(sent))
  const arrivedIn = (await collector.ask<Figures>('read')).wallMs
  await collector.ask('settle')
  const after = await collector.ask<Figures>('read')
  const count = sent - before.received
  return {
    sent,
    during,
    after,
    offeredPerS: (count / wallMs) * 1000,
    receivedPerS: (count / arrivedIn) * 1000,
    cpuUs: (after.cpuMs * 1000) / count,
  }
}

const measure = async (target: Target, rate: number, seconds: number): Promise<Outcome> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-bench-'))
  const broker = await startMosquitto({ settings: ['max_inflight_messages 1000'] })
  const collector = startChild('collector', {
    DATA_DIR: dataDir,
    MQTT_URL: broker.url,
    MQTT_VERSION: '5',
    MQTT_TOPICS: '/open/open-bench/+/quota',
    INFLUX_URL: target.url,
    HTTP_PORT: '0',
    LOG_LEVEL: 'error',
  })
  const publisher = startChild('publisher', { MQTT_URL: broker.url })
  const loaded = await load(collector, publisher, rate, seconds)
  await publisher.end()
  await collector.end()
  await broker.close()
  const outcome = { ...loaded, onDisk: await readBack(dataDir, MEASUREMENT), rows: await target.rows() }
  await target.close()
  rmSync(dataDir, { recursive: true })
  return outcome
}

const wholeNumber = (value: number): string => Math.round(value).toLocaleString('en')

const isLossFree = ({ sent, after, onDisk, rows }: Outcome): boolean =>
  after.received === sent &&
  after.rejected === 0 &&
  onDisk.records === sent &&
  onDisk.messages === sent &&
  after.drained === after.durable &&
  rows === onDisk.rows

const print = (name: string, outcome: Outcome): void => {
  const { sent, during, after, onDisk, rows } = outcome
  const { p50, p99, max } = during.lagMs
  console.log(`${name}`)
  console.log(
    `  offered ${wholeNumber(outcome.offeredPerS)}/s, received ${wholeNumber(outcome.receivedPerS)}/s; ` +
      `the collector used ${((100 * during.cpuMs) / during.wallMs).toFixed(0)} % of a core, ${outcome.cpuUs.toFixed(1)} µs a message; ` +
      `event loop late by ${p50.toFixed(1)} ms (p50), ${p99.toFixed(1)} ms (p99), ${max.toFixed(0)} ms (most)`,
  )
  console.log(
    `  sent ${wholeNumber(sent)}, received ${wholeNumber(after.received)}, on disk ${wholeNumber(onDisk.messages)}; ` +
      `rows on disk ${wholeNumber(onDisk.rows)}, stored ${wholeNumber(rows)}: ${isLossFree(outcome) ? 'none lost, none double' : 'NOT EQUAL'}`,
  )
}

export const run = async (): Promise<boolean> => {
  machine()
  console.log('publisher, broker, collector and store share this machine;')
  console.log('a snapshot every 5 s, where in use it is one in 5 minutes, so that segments are zipped within the run\n')
  let isGood = true
  for (const open of [victoriaMetrics, nullStore]) {
    const target = await open()
    const outcome = await measure(target, STEADY.rate, STEADY.seconds)
    print(
      `${wholeNumber(STEADY.rate)} a second to ${target.name}, at most ${100 * STEADY.mostCores} % of a core`,
      outcome,
    )
    const isSteady = outcome.offeredPerS > 0.98 * STEADY.rate && outcome.receivedPerS > 0.95 * STEADY.rate
    isGood &&= isSteady && outcome.during.cpuMs / outcome.during.wallMs < STEADY.mostCores && isLossFree(outcome)
  }
  for (const open of [victoriaMetrics, nullStore]) {
    const target = await open()
    const outcome = await measure(target, PEAK.rate, PEAK.seconds)
    print(`${wholeNumber(PEAK.rate)} a second to ${target.name}, without loss`, outcome)
    isGood &&= isLossFree(outcome)
  }
  return isGood
}
