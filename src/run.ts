/** The command `run`: the collector with what a person sees of it; without credentials, around a simulated kit. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Collector, startCollector } from './collector.ts'
import type { Settings } from './config.ts'
import { total } from './counters.ts'
import type { Log } from './log.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'
import { overview } from './track/overview.ts'

type Print = (line: string) => void

const STATUS_MS = 10_000
const FIRST_STATUS_MS = 3_000
const MOST_KITS_SHOWN = 10
const DEMO_SEED = 7

const clockTime = (at: number): string => new Date(at).toTimeString().slice(0, 8)

/** One line per kit, or one for all of a fleet that is too large to read. */
const printStatus = (collector: Collector, print: Print): void => {
  const { intake, counters, clock, drain, spool } = collector.line
  const at = clock.now()
  const kits = [...intake.track.state.kits.values()]
  const { problem } = drain.status()
  const waiting = problem ? `  ${spool.stats().records} records wait: ${problem.message}` : ''
  if (kits.length === 0) print(`${clockTime(at)}  no kit heard yet${waiting}`)
  if (kits.length > MOST_KITS_SHOWN)
    return print(`${clockTime(at)}  ${kits.length} kits  ${total(counters, 'messages_received')} messages${waiting}`)
  for (const kit of kits) print(`${clockTime(at)}  ${overview(kit, at)}${waiting}`)
}

const demonstration = async (settings: Settings): Promise<{ simulator: Simulator; settings: Settings }> => {
  const simulator = await startSimulator({
    kits: 1,
    seed: DEMO_SEED,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    name: 'Demo van',
    now: Date.now,
  })
  return {
    simulator,
    settings: {
      ...settings,
      DATA_DIR: join(settings.DATA_DIR, 'demo'),
      INFLUX_BUCKET: `${settings.INFLUX_BUCKET}_demo`,
      INFLUX_HISTORY_BUCKET: `${settings.INFLUX_HISTORY_BUCKET}_demo`,
      MQTT_URL: simulator.mqttUrl,
      MQTT_USERNAME: simulator.account,
      MQTT_PASSWORD: simulator.password,
      MQTT_VERSION: '4',
      MQTT_TOPICS: [],
      ECOFLOW_ACCOUNT: simulator.account,
      KITS: Object.fromEntries(simulator.kitSns.map((sn) => [sn, 'Demo van'])),
    },
  }
}

const printStart = (collector: Collector, isDemonstration: boolean, print: Print): void => {
  const { line, url } = collector
  if (isDemonstration) {
    print(
      'This is a DEMONSTRATION: a simulated kit, no real values. To connect your own, see README.md, "Connect a kit".',
    )
  }
  print(`Values go to     ${line.opened.place}`)
  print(`Read API         ${url}/api/v1/kits   (OpenAPI document: ${url}/api/v1/openapi.json)`)
  if (line.folded > 0) print(`Recalled         ${line.folded} records since the last snapshot`)
  print('Stop with Ctrl-C; nothing is lost however it is stopped.')
  print('')
}

const printRoom = (collector: Collector, print: Print): void => {
  const { hoursLeft } = collector.line.spool.stats()
  if (hoursLeft !== undefined)
    print(`At this rate the spool holds ${Math.round(hoursLeft)} hours of values while the store is down.`)
}

/** Runs until `signal`; resolves when everything is closed. */
export const run = async (
  given: Settings,
  log: Log,
  version: string,
  print: Print,
  signal: AbortSignal,
): Promise<void> => {
  const isDemonstration = given.MQTT_URL === undefined
  print(`powerkits ${version} starts.`)
  const demo = isDemonstration ? await demonstration(given) : undefined
  const collector = await startCollector(demo?.settings ?? given, log, version).catch(async (error: unknown) => {
    await demo?.simulator.stop()
    throw error
  })
  printStart(collector, isDemonstration, print)
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  await pause(FIRST_STATUS_MS)
  for (let turn = 0; !signal.aborted; turn++) {
    printStatus(collector, print)
    if (turn === 12) printRoom(collector, print)
    await pause(STATUS_MS)
  }
  print('Stopping …')
  await collector.stop()
  await demo?.simulator.stop()
}
