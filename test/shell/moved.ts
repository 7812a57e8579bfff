/** An installation that is backed up and restored, for tests and shows: the real commands on real files. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSettings } from '../../src/config.ts'
import { openLine } from '../../src/line.ts'
import { createLog } from '../../src/log.ts'
import { type BackupOptions, backup, type ShellParts } from '../../src/shell/backup.ts'
import { restore } from '../../src/shell/restore.ts'
import { compareDumps, dumpStore } from '../faults/kills.ts'

export const newDir = (): string => mkdtempSync(join(tmpdir(), 'powerkits-backup-'))

const nothing = (): void => undefined
const log = createLog('silent', 'json')

export interface Around {
  readonly env?: Readonly<Record<string, string>>
  readonly version?: string
  readonly cwd?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

const partsOf = (dataDir: string, around: Around, lines: string[]): ShellParts => ({
  settings: readSettings({ DATA_DIR: dataDir, ...around.env }),
  log,
  version: around.version ?? '1.2.3',
  platform: 'here-x64',
  cwd: around.cwd ?? tmpdir(),
  now: () => Date.UTC(2026, 5, 20),
  print: (line) => void lines.push(line),
  progress: { at: around.onProgress ?? nothing, end: nothing },
  signal: around.signal ?? new AbortController().signal,
})

const WITHOUT: BackupOptions = { settingFiles: [], settingNames: [], withSecrets: false, withServerData: false }

/** Writes an archive of the directory; what was said. */
export const backUp = async (
  dataDir: string,
  path: string,
  options: Partial<BackupOptions> = {},
  around: Around = {},
): Promise<string> => {
  const lines: string[] = []
  await backup(path, { ...WITHOUT, ...options }, partsOf(dataDir, around, lines))
  return lines.join('\n')
}

/** Restores an archive to the directory; what was said. */
export const bringBack = async (
  path: string,
  dataDir: string,
  isForced = false,
  around: Around = {},
): Promise<string> => {
  const lines: string[] = []
  await restore(path, isForced, partsOf(dataDir, around, lines))
  return lines.join('\n')
}

/** Check sums of the files below a directory, by their names from there; without sockets. */
export const filesIn = (dir: string): Map<string, string> => {
  const names = existsSync(dir) ? readdirSync(dir, { recursive: true }).map(String).sort() : []
  const files = names.filter((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.isFile())
  return new Map(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(dir, name)))
        .digest('hex'),
    ]),
  )
}

/** Brings to the store what the spool still holds, as the start of a collector does. */
export const settle = async (dataDir: string): Promise<{ id: string; lastSeq: number; cursor: number }> => {
  const line = await openLine(readSettings({ DATA_DIR: dataDir }), log)
  await line.drain.idle()
  const { id, lastSeq, cursor } = line.spool
  await line.close(10_000)
  return { id, lastSeq, cursor }
}

/** How the rows of two directories differ, once both have brought everything to their stores. */
export const differences = async (expected: string, actual: string) => {
  const spools = [await settle(expected), await settle(actual)] as const
  const dump = await dumpStore(expected)
  return { ...compareDumps(dump, await dumpStore(actual)), rows: dump.size, spools }
}
