/** Opens the unpacked files of the embedded store, and holds what is in them against what the backup counted. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CollectorError } from '../errors.ts'
import type { Inventory } from '../store/embedded/inventory.ts'
import { openStore } from '../store/open-store.ts'
import type { ShellParts } from './backup.ts'
import type { Manifest } from './manifest.ts'

const inventoryOf = async (dataDir: string, { settings, log, now }: ShellParts): Promise<Inventory | undefined> => {
  const { INFLUX_URL: _, ...embedded } = settings
  const { store, inventory } = await openStore({ ...embedded, DATA_DIR: dataDir, INFLUX_URL: undefined }, log, now)
  return inventory().finally(() => store.close())
}

/**
 * Throws CollectorError `restore_store_unreadable` where this machine's engine cannot read the files, `archive_damaged`
 * where they hold something else than was counted.
 */
export const checkStore = async (dataDir: string, { store }: Manifest, parts: ShellParts): Promise<void> => {
  if (!existsSync(join(dataDir, 'store', 'history.duckdb'))) return
  const found = await inventoryOf(dataDir, parts).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CollectorError(
      'restore_store_unreadable',
      `The store in the archive was written by ${store.engine ?? 'another engine'} and cannot be read here: ${why}`,
      { cause },
    )
  })
  await rm(join(dataDir, 'store', 'spill'), { recursive: true, force: true })
  const counted = JSON.stringify(store.tables)
  if (found !== undefined && counted !== JSON.stringify(found.tables))
    throw new CollectorError('archive_damaged', 'The store in the archive holds other rows than were counted.')
  if (found !== undefined && store.engine !== undefined && found.engine !== store.engine)
    parts.print(`The store was written by ${store.engine}; ${found.engine} here reads it as well.`)
}
