/**
 * Every fault of the cloud over real sockets and in real time: each on an account of its own, all at the same moment,
 * then those of the cloud as a whole. Polls go every ten seconds, so that a gap needs less than half a minute.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Collector, startCollector } from '../../src/collector.ts'
import type { End } from '../../src/simulator/faults.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import type { Row } from '../../src/store/store.ts'
import { collectorParts } from '../collector-parts.ts'
import type { Done, Expected } from './cloud-day.ts'
import type { CloudFault } from './cloud-faults.ts'

export interface AtOnce {
  readonly done: readonly Done[]
  readonly expected: readonly Expected[]
  readonly gaps: readonly Row[]
  readonly messages: number
}

const ENV = { POLL_SECONDS: '10', SILENT_SECONDS: '5', FROZEN_SECONDS: '25', TIME_ZONE: 'UTC', LOG_LEVEL: 'silent' }

const WARM_UP_MS = 40_000
const LASTS_MS = 70_000
/** A session that lost its broker for as long as a fault lasts tries again within a minute. */
const REST_MS = 75_000

const fleetOf = ({ accounts, httpUrl }: Simulator): string =>
  JSON.stringify({
    accounts: accounts.map(({ name, accessKey, secretKey }) => ({
      name,
      access_key: accessKey,
      secret_key: secretKey,
      url: httpUrl,
    })),
  })

/** What happens to one kit of an account must not touch the other. */
const KITS_EACH = 2

/** Those that concern the cloud as a whole would drown all others. */
const isOfAll = ({ misses, name }: CloudFault): boolean => misses === 'all kits' || /^(?:HTTP|MQTT) away/.test(name)

interface Stage {
  readonly simulator: Simulator
  readonly collector: Collector
  readonly done: Done[]
  readonly expected: Expected[]
}

const kitsOf = ({ simulator }: Stage): string[] => simulator.accounts.map(({ kitSns }) => kitSns[0]!)

const allKitsOf = ({ simulator }: Stage): string[] => simulator.accounts.flatMap(({ kitSns }) => [...kitSns])

const runTogether = async (stage: Stage, faults: readonly CloudFault[]): Promise<void> => {
  const { simulator, collector, done, expected } = stage
  const { now } = collector.line.clock
  const fromAt = now()
  const ends = faults.map((fault, i): End | undefined => {
    const account = simulator.accounts[i % simulator.accounts.length]!
    return fault.begin(simulator, account, account.kitSns[0]!)
  })
  await sleep(LASTS_MS)
  const toAt = now()
  for (const end of ends) end?.()
  faults.forEach(({ name, misses, cause = '' }, i) => {
    done.push({ fault: name, fromAt, toAt })
    const kits = misses === 'nobody' ? [] : misses === 'all kits' ? allKitsOf(stage) : [kitsOf(stage)[i]!]
    expected.push(...kits.map((kitSn) => ({ fault: name, kitSn, cause, fromAt, toAt })))
  })
  await sleep(REST_MS)
}

/** Takes about seven minutes. */
export const runAtOnce = async (faults: readonly CloudFault[]): Promise<AtOnce> => {
  const own = faults.filter((fault) => !isOfAll(fault))
  const dataDir = mkdtempSync(join(tmpdir(), 'powerkits-sockets-'))
  const simulator = await startSimulator({
    kits: own.length * KITS_EACH,
    accounts: own.length,
    seed: 11,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    now: Date.now,
  })
  const collector = await startCollector(
    collectorParts({ ...ENV, DATA_DIR: dataDir }, { fleetFile: fleetOf(simulator) }),
  )
  const stage: Stage = { simulator, collector, done: [], expected: [] }
  await sleep(WARM_UP_MS)
  // First: a session that was refused waits for minutes, and its kit would miss more than the fault.
  for (const fault of faults.filter(isOfAll)) await runTogether(stage, [fault])
  await runTogether(stage, own)
  const { line } = collector
  await line.spool.flush()
  await line.drain.idle()
  const gaps = await line.opened.store.rows({ bucket: 'history', measurement: 'gap', from: 0, to: 1e14 })
  const messages = line.spool.lastSeq
  await collector.stop()
  await simulator.stop()
  rmSync(dataDir, { recursive: true })
  return { done: stage.done, expected: stage.expected, gaps, messages }
}
