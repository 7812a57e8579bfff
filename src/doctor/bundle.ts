/**
 * The archive that a person can send to the maintainers: what the doctor found, the settings, the fleet, what the
 * collector says of itself, answers that were not understood. Promises: no secret is in it; serial numbers and names of
 * kits are.
 */
import { join } from 'node:path'
import type { Settings } from '../config.ts'
import { DIAGNOSTICS_DIR } from '../diagnostics.ts'
import type { Fleet } from '../fleet.ts'
import type { Secrets } from '../redact.ts'
import type { Setting } from '../setting-kinds.ts'
import { SETTINGS } from '../settings.ts'
import { type Files, readWhole } from '../store/files.ts'
import { type Finding, findingLine } from './finding.ts'
import type { Running } from './running.ts'
import { type Entry, tarGz } from './tar.ts'

export interface Bundled {
  readonly settings: Settings
  readonly fleet: Fleet
  readonly findings: readonly Finding[]
  readonly running: Running | undefined
  /** Of this program and what it runs on. */
  readonly versions: Readonly<Record<string, string>>
}

const MOST_FILES = 30
const HIDDEN = '[secret]'
const SECRET_KEYS = new Set(['accessKey', 'secretKey', 'password'])

/** Known to be set, not what it is. */
const shownSettings = (settings: Settings): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([name, setting]) => {
      const value = settings[name as keyof Settings]
      return [name, setting.secret && value !== undefined ? HIDDEN : value]
    }),
  )

const json = (value: unknown): string =>
  `${JSON.stringify(value, (key, inner: unknown) => (SECRET_KEYS.has(key) ? HIDDEN : inner), 2)}\n`

/** Those of the data directory, bounded. */
const diagnosticsIn = async (dataDir: string, files: Files): Promise<Entry[]> => {
  const dir = join(dataDir, DIAGNOSTICS_DIR)
  const names = (await files.list(dir).catch(() => [])).filter((name) => name.endsWith('.txt')).sort()
  const entries: Entry[] = []
  for (const name of names.slice(0, MOST_FILES)) {
    const bytes = await readWhole(files, join(dir, name)).catch(() => undefined)
    if (bytes !== undefined) entries.push({ name: `${DIAGNOSTICS_DIR}/${name}`, text: bytes.toString() })
  }
  return entries
}

/** The bytes of the archive. `at` is epoch ms. */
export const bundleOf = async (bundled: Bundled, secrets: Secrets, files: Files, at: number): Promise<Buffer> => {
  const { settings, fleet, findings, running, versions } = bundled
  const entries: Entry[] = [
    { name: 'findings.txt', text: `${findings.map(findingLine).join('\n')}\n` },
    { name: 'versions.json', text: json(versions) },
    { name: 'settings.json', text: json(shownSettings(settings)) },
    { name: 'fleet.json', text: json(fleet) },
    ...(running === undefined ? [] : [{ name: 'collector.json', text: json(running.view ?? running.problem) }]),
    ...(await diagnosticsIn(settings.DATA_DIR, files)),
  ]
  // Whatever was hidden above: these texts come from many places.
  return tarGz(
    entries.map(({ name, text }) => ({ name, text: secrets.redact(text) })),
    at,
  )
}
