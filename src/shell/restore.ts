/**
 * The command `restore`: a whole installation from a backup's archive. Everything is unpacked and held against its check
 * sums beside what is there, the store opened and counted, and only then moved into place. Nothing is ever deleted: what
 * was there before is moved aside where that is asked for.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeDataDir } from '../data-dir.ts'
import { CollectorError } from '../errors.ts'
import { lockDataDir } from '../lock.ts'
import { nodeFiles } from '../store/files.ts'
import { openStore } from '../store/open-store.ts'
import type { ShellParts } from './backup.ts'
import { checkStore } from './check-store.ts'
import { DATA } from './manifest.ts'
import { placeSettings } from './place-settings.ts'
import { restoreServerRows } from './server-rows.ts'
import { type Unpacked, unpack } from './unpack.ts'

/** In the data directory itself, which may be a disk of its own. */
const STAGING = '.restoring'
const ASIDE = 'replaced-'
/** A demonstration is no installation. */
const NOT_AN_INSTALLATION = new Set(['collector.sock', 'demo', STAGING])

const occupants = async (dataDir: string): Promise<string[]> =>
  (await readdir(dataDir)).filter((name) => !NOT_AN_INSTALLATION.has(name) && !name.startsWith(ASIDE)).sort()

const refuseOccupied = (dataDir: string, names: readonly string[], isForced: boolean): void => {
  if (names.length === 0 || isForced) return
  throw new CollectorError(
    'restore_over_another',
    `${resolve(dataDir)} is not empty: it holds ${names.slice(0, 3).join(', ')}.`,
  )
}

/** The store last but one and the spool last: a collector never finds a spool without the store it belongs to. */
const ORDER = [
  'accounts',
  'mqtt-client-id',
  'alerts.json',
  'rejected-lines.ndjson',
  'rejected-lines.ndjson.1',
  'store',
  'spool',
]

/** Moves the unpacked files in; where that fails everything goes back as it was. */
const moveIn = async (dataDir: string, staging: string, old: readonly string[], at: number): Promise<string> => {
  const aside = join(dataDir, `${ASIDE}${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}`)
  const moved: [from: string, to: string][] = []
  const move = async (from: string, to: string): Promise<void> => {
    await rename(from, to)
    moved.push([from, to])
  }
  try {
    if (old.length > 0) await mkdir(aside, { mode: 0o700 })
    for (const name of old) await move(join(dataDir, name), join(aside, name))
    for (const name of ORDER) {
      const from = join(staging, DATA, name)
      if (existsSync(from)) await move(from, join(dataDir, name))
    }
    await nodeFiles.syncDirectory(dataDir)
  } catch (cause) {
    for (const [from, to] of moved.reverse()) await rename(to, from).catch(() => undefined)
    if (old.length > 0) await rmdir(aside).catch(() => undefined)
    throw new CollectorError('restore_unwritable', `The files cannot be moved into ${dataDir}: ${cause}`, { cause })
  }
  return old.length > 0 ? aside : ''
}

const refuseRowsWithoutServer = ({ manifest }: Unpacked, { settings }: ShellParts): void => {
  const { isServer, isIncluded, place } = manifest.store
  if (!isServer || !isIncluded || settings.INFLUX_URL) return
  throw new CollectorError(
    'restore_store_away',
    `The archive holds the rows of ${place}, and no server is named here.`,
    {
      help: 'Set INFLUX_URL and its token in .env first, so that the rows find their server; then restore again.',
    },
  )
}

const bringRows = async ({ settings, log, now, print }: ShellParts, dir: string): Promise<void> => {
  if (!existsSync(dir)) return
  const opened = await openStore(settings, log, now)
  try {
    const { rows, rejected } = await restoreServerRows(dir, opened.store)
    print(`Rows brought to ${opened.place}: ${rows - rejected.length}.`)
    if (rejected.length > 0) print(`The store refused ${rejected.length} rows: ${rejected[0]?.reason}`)
  } finally {
    await opened.store.close()
  }
}

const tell = (
  { head, manifest }: Unpacked,
  aside: string,
  { settings, print, platform, version }: ShellParts,
): void => {
  const { store, createdAt } = manifest
  print(`Restored to ${resolve(settings.DATA_DIR)} from the backup of ${createdAt}, ${manifest.files.length} files.`)
  if (aside !== '') print(`What was there before is in ${aside}.`)
  for (const { bucket, measurement, rows, fromAt, toAt } of store.tables)
    print(
      `  ${bucket.padEnd(8)} ${measurement.padEnd(18)} ${String(rows).padStart(10)} rows  ` +
        `${new Date(fromAt).toISOString().slice(0, 16)} to ${new Date(toAt).toISOString().slice(0, 16)}`,
    )
  if (manifest.platform !== platform || head.version !== version)
    print(`It was made by powerkits ${head.version} on ${manifest.platform}; here is ${version} on ${platform}.`)
  if (store.isServer && !store.isIncluded) print(`The stored values are not in it: they are in ${store.place}.`)
  if (!store.isServer && settings.INFLUX_URL)
    print('ATTENTION: the stored values are in the embedded store, and INFLUX_URL here leads past it.')
  print(
    'Start it with npm start; it goes on where the backup was made. The client id came along: stop the collector on ' +
      'the old machine first. The vendor keeps one session per account, so that two would end each other’s.',
  )
}

const restoreInto = async (path: string, isForced: boolean, parts: ShellParts): Promise<void> => {
  const { DATA_DIR } = parts.settings
  const staging = join(DATA_DIR, STAGING)
  const old = await occupants(DATA_DIR)
  refuseOccupied(DATA_DIR, old, isForced)
  try {
    await rm(staging, { recursive: true, force: true })
    const unpacked = await unpack(path, staging, {
      version: parts.version,
      onProgress: (done, total) => parts.progress.at(done, total, path),
      signal: parts.signal,
    })
    parts.progress.end()
    refuseRowsWithoutServer(unpacked, parts)
    await checkStore(join(staging, DATA), unpacked.manifest, parts)
    parts.signal.throwIfAborted()
    await bringRows(parts, join(staging, 'server'))
    const aside = await moveIn(DATA_DIR, staging, old, parts.now())
    tell(unpacked, aside, parts)
    await placeSettings(unpacked.manifest, staging, parts)
  } finally {
    parts.progress.end()
    await rm(staging, { recursive: true, force: true })
  }
}

/** Restores the archive. Throws CollectorError where it cannot; then what was in the data directory is as before. */
export const restore = async (path: string, isForced: boolean, parts: ShellParts): Promise<void> => {
  const { DATA_DIR } = parts.settings
  const isNew = !existsSync(DATA_DIR)
  await makeDataDir(DATA_DIR)
  const unlock = await lockDataDir(DATA_DIR)
  let isRestored = false
  try {
    await restoreInto(path, isForced, parts)
    isRestored = true
  } finally {
    await unlock()
    if (isNew && !isRestored) await rmdir(DATA_DIR).catch(() => undefined)
  }
}
