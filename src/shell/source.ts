/**
 * The installation that a backup reads: held still by the collector that runs in it, or locked as a collector locks it
 * where none runs.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Settings } from '../config.ts'
import { CollectorError } from '../errors.ts'
import { askCollector } from '../local/client.ts'
import type { Holding } from '../local/hold.ts'
import { lockDataDir } from '../lock.ts'
import type { Log } from '../log.ts'
import type { Inventory } from '../store/embedded/inventory.ts'
import { openStore } from '../store/open-store.ts'

export interface Source {
  /** Of the embedded store. */
  readonly inventory?: Inventory
  /** How much of a file belongs to the backup; undefined: all of it. Names as in the data directory. */
  lengthOf(name: string): number | undefined
  /** Aborts when the collector goes on, though it was not let go. */
  readonly lost: AbortSignal
  /** The store and the state of the line are read. */
  letGo(): Promise<void>
  /** Everything is read, or nothing more will be. */
  close(): Promise<void>
}

const nobody: AbortSignal = new AbortController().signal

/** A held store goes on half a second after it was let go, when it has asked for the last time. */
const sourceOf = ({ segments, inventory }: Holding, rest: AsyncGenerator<unknown[]>): Source => {
  const lengths = new Map(segments.map(({ name, bytes }) => [`spool/${name}`, bytes]))
  const lost = new AbortController()
  let isLetGo = false
  const following = (async () => {
    for await (const _ of rest) if (isLetGo) return
    throw new CollectorError('collector_no_answer', 'The collector stopped while its files were copied.')
  })().catch((error: unknown) => {
    if (!isLetGo) lost.abort(error)
  })
  const letGo = async (): Promise<void> => {
    isLetGo = true
    await following
  }
  return {
    ...(inventory && { inventory }),
    lengthOf: (name) => lengths.get(name),
    lost: lost.signal,
    letGo,
    close: letGo,
  }
}

const stoppedInventory = async (settings: Settings, log: Log): Promise<Inventory | undefined> => {
  if (settings.INFLUX_URL || !existsSync(join(settings.DATA_DIR, 'store', 'history.duckdb'))) return undefined
  const { store, inventory } = await openStore(settings, log, () => 0)
  return inventory().finally(() => store.close())
}

/** Holds still what is in the data directory. Throws CollectorError `backup_of_nothing`, or why it cannot. */
export const openSource = async (settings: Settings, log: Log): Promise<Source> => {
  const { DATA_DIR } = settings
  if (!existsSync(join(DATA_DIR, 'spool', 'spool.json')))
    throw new CollectorError('backup_of_nothing', `No collector has ever run in ${resolve(DATA_DIR)}.`)
  const batches = await askCollector(DATA_DIR, 'hold')
  if (batches !== undefined) {
    const { value } = await batches.next()
    return sourceOf((value as [Holding])[0], batches)
  }
  const unlock = await lockDataDir(DATA_DIR)
  try {
    const inventory = await stoppedInventory(settings, log)
    const letGo = async (): Promise<void> => undefined
    return { ...(inventory && { inventory }), lengthOf: () => undefined, lost: nobody, letGo, close: unlock }
  } catch (error) {
    await unlock()
    throw error
  }
}
