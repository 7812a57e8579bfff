/** The command `run`: the collector with what a person sees of it; without credentials, around a simulated kit. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Collector, type CollectorParts, startCollector } from './collector.ts'
import type { Settings } from './config.ts'
import { total } from './counters.ts'
import { demonstrationSettings } from './demonstration.ts'
import type { Fleet } from './fleet.ts'
import { keepHeapSmall } from './heap.ts'
import { type Simulator, startSimulator } from './simulator/simulator.ts'
import { overview, span } from './track/overview.ts'

type Print = (line: string) => void

const STATUS_MS = 10_000
const FIRST_STATUS_MS = 3_000
const MOST_KITS_SHOWN = 10
const DEMO_SEED = 7
/** Where the build puts the console, beside this file. */
const CONSOLE_DIR = fileURLToPath(new URL('../dist/console/', import.meta.url))

const clockTime = (at: number): string => new Date(at).toTimeString().slice(0, 8)

/** What is not as it should be, in one line; empty when all is well. */
const trouble = (collector: Collector, refusedBefore: number): string => {
  const { drain, spool, counters } = collector.line
  const { problem } = drain.status()
  const { accounts } = collector.status()
  const refused = total(counters, 'spool_refused') - refusedBefore
  return [
    refused > 0 ? `the spool is full: ${refused} messages were refused since the last line` : '',
    problem ? `the store takes nothing, ${spool.stats().records} records wait: ${problem.message}` : '',
    ...accounts.map(({ name, session }) => {
      if (session.isConnected) return ''
      const whose = accounts.length > 1 ? ` of ${name}` : ''
      return `no connection to the broker${whose}${session.problem ? ` (${session.problem})` : ''}`
    }),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** One line per kit, or one for all of a fleet that is too large to read, and one for what is wrong. */
const printStatus = (collector: Collector, refusedBefore: number, print: Print): void => {
  const { intake, counters, clock } = collector.line
  const at = clock.now()
  const kits = [...intake.track.state.kits.values()]
  const wrong = trouble(collector, refusedBefore)
  if (kits.length === 0) print(`${clockTime(at)}  no kit heard yet`)
  if (kits.length > MOST_KITS_SHOWN)
    print(`${clockTime(at)}  ${kits.length} kits  ${total(counters, 'messages_received')} messages`)
  else for (const kit of kits) print(`${clockTime(at)}  ${overview(kit, at)}`)
  if (wrong !== '') print(`${clockTime(at)}  ATTENTION: ${wrong}`)
}

/** What to collect from; in a demonstration from a simulated cloud, whatever the fleet. */
export interface RunParts extends Omit<CollectorParts, 'world'> {
  readonly isDemonstration: boolean
  readonly print: Print
}

interface Demonstration {
  readonly simulator: Simulator
  readonly settings: Settings
  readonly fleet: Fleet
}

/** A simulated cloud on this machine, and settings that lead to it; its values go nowhere that real ones go. */
const demonstration = async (settings: Settings): Promise<Demonstration> => {
  const simulator = await startSimulator({
    kits: 1,
    seed: DEMO_SEED,
    host: '127.0.0.1',
    mqttPort: 0,
    httpPort: 0,
    name: 'Demo van',
    now: Date.now,
  })
  const { accessKey, secretKey, httpUrl } = simulator
  return {
    simulator,
    settings: demonstrationSettings(settings),
    fleet: {
      accounts: [{ name: 'demo', accessKey, secretKey, region: 'auto', url: httpUrl, kits: {}, onlyNamed: false }],
      brokers: [],
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
  print(`Console          ${url}/`)
  print(`Values go to     ${line.opened.place}`)
  print(`Read API         ${url}/api/v1/kits   (OpenAPI document: ${url}/api/v1/openapi.json)`)
  if (line.folded > 0) print(`Recalled         ${line.folded} records since the last snapshot`)
  print('Stop with Ctrl-C; nothing is lost however it is stopped.')
  print('')
}

const printRoom = (collector: Collector, print: Print): void => {
  const { hoursLeft } = collector.line.spool.stats()
  if (hoursLeft !== undefined && !collector.line.drain.status().problem)
    print(`Should the store go away, the spool holds about ${span(hoursLeft * 3600)} of values at this rate.`)
}

/** Runs until `signal`; resolves when everything is closed. */
export const run = async (parts: RunParts, signal: AbortSignal): Promise<void> => {
  const { isDemonstration, print } = parts
  keepHeapSmall()
  print(`powerkits ${parts.version} starts.`)
  const demo = isDemonstration ? await demonstration(parts.settings) : undefined
  const collector = await startCollector({ consoleDir: CONSOLE_DIR, ...parts, ...demo }).catch(async (error: unknown) => {
    await demo?.simulator.stop()
    throw error
  })
  printStart(collector, isDemonstration, print)
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  await pause(FIRST_STATUS_MS)
  let refused = 0
  for (let turn = 0; !signal.aborted; turn++) {
    printStatus(collector, refused, print)
    refused = total(collector.line.counters, 'spool_refused')
    if (turn === 12) printRoom(collector, print)
    await pause(STATUS_MS)
  }
  print('Stopping …')
  await collector.stop()
  await demo?.simulator.stop()
  const waiting = collector.line.spool.lastSeq - collector.line.spool.cursor
  print(
    waiting > 0
      ? `Stopped. ${waiting} records wait in the spool for the store.`
      : 'Stopped. Everything is in the store.',
  )
}
