/**
 * The command `backup`: a whole installation as one archive, beside a running collector or without one. The store's
 * files, the state of the line and the segments are read while no batch reaches the store, so that they belong together;
 * what comes meanwhile waits in the spool and is in the next backup.
 */
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Settings } from '../config.ts'
import { CollectorError } from '../errors.ts'
import type { Log } from '../log.ts'
import { openStore } from '../store/open-store.ts'
import type { Answers } from '../store/store.ts'
import { type Entry, writeArchive } from './archive-writer.ts'
import { bytesOf, namesOfRest, namesOfState, openEntry } from './installation.ts'
import { DATA, FORMAT, HEAD_NAME, MANIFEST_NAME, type Manifest, SETTINGS } from './manifest.ts'
import type { Progress } from './progress.ts'
import { serverEntries } from './server-rows.ts'
import { openSource, type Source } from './source.ts'

export interface BackupOptions {
  /** Files that settings and secrets were read from. */
  readonly settingFiles: readonly string[]
  /** Settings that are not left at their defaults. */
  readonly settingNames: readonly string[]
  readonly withSecrets: boolean
  readonly withServerData: boolean
}

/** What a command of a person has around it. */
export interface ShellParts {
  readonly settings: Settings
  readonly log: Log
  readonly version: string
  /** Such as linux-x64. */
  readonly platform: string
  /** Where the person stands; settings are found from here. */
  readonly cwd: string
  /** Epoch ms. */
  readonly now: () => number
  readonly print: (line: string) => void
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Rows may be stamped a little ahead of this machine's clock. */
const DAY_MS = 86_400_000

/** As in the manifest; a path inside the working directory is written from there, with slashes. */
const settingFiles = ({ settingFiles: paths, withSecrets }: BackupOptions, cwd: string) =>
  paths.map((path, index) => {
    const inside = relative(cwd, resolve(cwd, path))
    const isOutside = inside.startsWith('..') || isAbsolute(inside)
    return {
      path: isOutside ? resolve(cwd, path) : inside.replaceAll('\\', '/'),
      ...(withSecrets && { name: `${SETTINGS}${index}` }),
    }
  })

/** One file, where it is there; whether it was. */
async function* fileOf(path: string, name: string, length?: number): AsyncGenerator<Entry, boolean> {
  const entry = await openEntry(path, name, length)
  if (entry === undefined) return false
  try {
    yield entry
  } finally {
    await entry.close()
  }
  return true
}

async function* filesOf(dataDir: string, names: readonly string[], source: Source): AsyncGenerator<Entry> {
  for (const name of names) {
    const isThere = yield* fileOf(join(dataDir, name), `${DATA}${name}`, source.lengthOf(name))
    if (!isThere && name.startsWith('store/'))
      throw new CollectorError('backup_unreadable', `${name} of the store went while it was copied.`)
  }
}

async function* entriesOf(
  options: BackupOptions,
  { settings, cwd, now }: ShellParts,
  source: Source,
  server: Answers | undefined,
): AsyncGenerator<Entry> {
  const { DATA_DIR } = settings
  yield* filesOf(DATA_DIR, await namesOfState(DATA_DIR), source)
  await source.letGo()
  yield* filesOf(DATA_DIR, await namesOfRest(DATA_DIR), source)
  for (const { path, name } of settingFiles(options, cwd))
    if (name !== undefined) yield* fileOf(resolve(cwd, path), name)
  if (server !== undefined) yield* serverEntries(server, now() + DAY_MS)
}

const placeOf = ({ INFLUX_URL, INFLUX_BUCKET, INFLUX_HISTORY_BUCKET, DATA_DIR }: Settings): string =>
  INFLUX_URL
    ? `InfluxDB at ${new URL(INFLUX_URL).host}, buckets ${INFLUX_BUCKET} and ${INFLUX_HISTORY_BUCKET}`
    : join(DATA_DIR, 'store')

const manifestOf = (
  options: BackupOptions,
  { settings, platform, now, cwd }: ShellParts,
  { inventory }: Source,
): Omit<Manifest, 'files'> => {
  const isServer = Boolean(settings.INFLUX_URL)
  return {
    createdAt: new Date(now()).toISOString(),
    platform,
    dataDir: settings.DATA_DIR,
    store: {
      place: placeOf(settings),
      isServer,
      isIncluded: !isServer || options.withServerData,
      ...(inventory && { engine: inventory.engine }),
      tables: [...(inventory?.tables ?? [])],
    },
    settings: { names: [...options.settingNames], files: settingFiles(options, cwd) },
  }
}

const size = (bytes: number): string =>
  bytes < 10_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1e6)} MB`

const tell = (
  path: string,
  files: Manifest['files'],
  manifest: Omit<Manifest, 'files'>,
  print: ShellParts['print'],
) => {
  const { store, settings } = manifest
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  print(`Written to ${path}: ${files.length} files, ${size(bytes)} before they were packed. Only you can read it.`)
  if (store.isServer && !store.isIncluded)
    print(
      `The stored values are not in it: they stay in ${store.place}. Back that server up by its own means, or add ` +
        '--with-server-data.',
    )
  const left = settings.files.filter(({ name }) => name === undefined)
  if (left.length > 0)
    print(
      `Left out, since they may hold secrets: ${left.map((file) => file.path).join(', ')}. Keep them by other means, or ` +
        'add --with-secrets.',
    )
  else if (settings.files.length > 0)
    print('It holds your settings and their secrets: keep it where nobody else reads.')
}

/** Writes the archive to `path`. Throws CollectorError where none came about; then nothing is left of it. */
export const backup = async (path: string, options: BackupOptions, parts: ShellParts): Promise<void> => {
  const { settings, log, version, now, progress, print, signal } = parts
  const source = await openSource(settings, log)
  const isFromServer = Boolean(settings.INFLUX_URL) && options.withServerData
  const server = isFromServer ? await openStore(settings, log, now) : undefined
  try {
    const names = [...(await namesOfState(settings.DATA_DIR)), ...(await namesOfRest(settings.DATA_DIR))]
    const total = await bytesOf(settings.DATA_DIR, names)
    const manifest = manifestOf(options, parts, source)
    let done = 0
    let written: Manifest['files'] = []
    await writeArchive(path, {
      first: { name: HEAD_NAME, text: `${JSON.stringify({ is: 'a backup of powerkits', format: FORMAT, version })}\n` },
      entries: entriesOf(options, parts, source, server?.store),
      last: (files) => {
        written = [...files]
        return { name: MANIFEST_NAME, text: `${JSON.stringify({ ...manifest, files: written }, null, 1)}\n` }
      },
      at: now(),
      onBytes: (bytes) => {
        done += bytes
        progress.at(done, Math.max(done, total), path)
      },
      signal: AbortSignal.any([signal, source.lost]),
    })
    progress.end()
    tell(path, written, manifest, print)
  } finally {
    progress.end()
    await server?.store.close()
    await source.close()
  }
}
