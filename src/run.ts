/**
 * The command `run`: the collector with what a person sees of it. Without credentials it is one around a simulated kit,
 * until a person saves keys by the set-up: then it goes on with the kits of their account, at the same address.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Collector, type CollectorParts, startCollector } from './collector.ts'
import { total } from './counters.ts'
import { CollectorError } from './errors.ts'
import { keepHeapSmall } from './heap.ts'
import { explain } from './log.ts'
import type { SettingsSource } from './settings-source.ts'
import type { Settled } from './settled.ts'
import type { Setup } from './setup/contract.ts'
import { type ExpectedKeys, expectKeys } from './setup/expect-keys.ts'
import { ownFleet } from './shard.ts'
import { type Demonstration, startDemonstration } from './start-demonstration.ts'
import { type Print, printRoom, printStart, printStatus } from './status-lines.ts'
import { MACHINE } from './world.ts'

const STATUS_MS = 10_000
const FIRST_STATUS_MS = 3_000
/** Where the build puts the console, beside this file. */
const CONSOLE_DIR = fileURLToPath(new URL('../dist/console/', import.meta.url))

/** What to collect from; in a demonstration from a simulated cloud, whatever the fleet. */
export interface RunParts extends Omit<CollectorParts, 'world' | 'setup' | 'isDemonstration'> {
  readonly isDemonstration: boolean
  /** Where these settings come from, and new ones go. */
  readonly source: SettingsSource
  readonly print: Print
}

interface Running {
  readonly collector: Collector
  readonly stop: () => Promise<void>
}

const start = async (parts: RunParts, setup?: Setup): Promise<Running> => {
  const demo: Demonstration | undefined = parts.isDemonstration ? await startDemonstration(parts.settings) : undefined
  const stopDemo = async (): Promise<void> => demo?.simulator.stop()
  try {
    const collector = await startCollector({
      consoleDir: CONSOLE_DIR,
      ...parts,
      exposed: parts.source.exposed,
      ...demo,
      setup,
    })
    return { collector, stop: () => collector.stop().then(stopDemo) }
  } catch (error) {
    await stopDemo()
    throw error
  }
}

const tellStart = async ({ collector }: Running, keys: ExpectedKeys | undefined, print: Print): Promise<void> => {
  printStart(collector, print)
  if (keys !== undefined) {
    const { elsewhere } = await keys.setup.status()
    print('This is a DEMONSTRATION: a simulated kit, no real values.')
    print(`To connect your kit: open ${collector.url}/#/set-up and enter the code ${keys.code}`)
    if (elsewhere !== undefined) print(`It can check your keys there, but not save them: ${elsewhere}`)
  }
  print('Stop with Ctrl-C; nothing is lost however it is stopped.')
  print('')
}

/** Status lines until the signal. */
const watch = async (collector: Collector, print: Print, signal: AbortSignal): Promise<void> => {
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined)
  await pause(FIRST_STATUS_MS)
  let refused = 0
  for (let turn = 0; !signal.aborted; turn++) {
    printStatus(collector, refused, print)
    refused = total(collector.line.counters, 'spool_refused')
    if (turn === 12) printRoom(collector, print)
    await pause(STATUS_MS)
  }
}

/** Who asked at this port goes on asking there. */
const atSamePort = <P extends Pick<RunParts, 'settings'>>(parts: P, { collector }: Running): P => ({
  ...parts,
  settings: { ...parts.settings, HTTP_PORT: Number(new URL(collector.url).port) },
})

const tellFailure = (error: unknown, { setup }: ExpectedKeys, { secrets }: Settled, print: Print): void => {
  print(secrets.redact(`The keys are saved, but collecting with them could not start. ${explain(error)}`))
  print('The demonstration goes on; the keys are tried again at the next start.')
  const { message, help } = error instanceof CollectorError ? error : { message: String(error), help: '' }
  setup.failed(secrets.redact(`${message} ${help}`.trim()))
}

/** From the demonstration to what was saved; `keys` are undefined once real kits are collected. */
const changeOver = async (parts: RunParts, shown: Running, keys: ExpectedKeys, settled: Settled) => {
  const { print } = parts
  print('The keys are saved: the demonstration ends, and the kits of the account are collected.')
  await shown.stop()
  const fleet = ownFleet(settled.fleet, settled.settings.SHARD)
  const real: RunParts = atSamePort({ ...parts, ...settled, fleet, isDemonstration: false }, shown)
  try {
    const running = await start(real)
    await tellStart(running, undefined, print)
    return { running, keys: undefined }
  } catch (error) {
    tellFailure(error, keys, settled, print)
    return { running: await start(atSamePort(parts, shown), keys.setup), keys }
  }
}

const expectThem = ({ source, ...parts }: RunParts): ExpectedKeys =>
  expectKeys({ ...parts, ...source, settleAnew: () => source.settle(true), world: MACHINE })

const stopAndTell = async ({ collector, stop }: Running, print: Print): Promise<void> => {
  print('Stopping …')
  await stop()
  const waiting = collector.line.spool.lastSeq - collector.line.spool.cursor
  print(
    waiting > 0
      ? `Stopped. ${waiting} records wait in the spool for the store.`
      : 'Stopped. Everything is in the store.',
  )
}

/** Runs until `signal`; resolves when everything is closed. */
export const run = async (parts: RunParts, signal: AbortSignal): Promise<void> => {
  const { print } = parts
  keepHeapSmall()
  print(`powerkits ${parts.version} starts.`)
  let keys = parts.isDemonstration ? expectThem(parts) : undefined
  let running = await start(parts, keys?.setup)
  await tellStart(running, keys, print)
  while (!signal.aborted) {
    await watch(running.collector, print, keys ? AbortSignal.any([signal, keys.arrival()]) : signal)
    const settled = signal.aborted ? undefined : keys?.take()
    if (keys && settled) ({ running, keys } = await changeOver(parts, running, keys, settled))
  }
  await stopAndTell(running, print)
}
