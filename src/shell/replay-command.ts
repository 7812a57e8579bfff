/** The command `replay` as it is typed: files brought in, or without files the recorded past made anew. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CollectorError } from '../errors.ts'
import { renormalise } from '../renormalise.ts'
import { type ReplayParts, replay } from '../replay.ts'

export interface ReplayOptions {
  readonly kit?: string
  readonly at?: number
  readonly from?: number
  readonly to?: number
  readonly dryRun?: true
}

interface ReplayShell extends ReplayParts {
  /** Epoch ms. */
  readonly now: number
  readonly signal: AbortSignal
}

/** Messages of a list are stamped 1 ms apart, which may take them past this moment. */
const LATER_MS = 60_000

const iso = (at: number): string => new Date(at).toISOString()

/** The recorded past once more, after the catalogue was fixed. */
const replayPast = async (fromAt: number, toAt: number, shell: ReplayShell): Promise<void> => {
  const { settings, log, print, signal, progress } = shell
  const range = { fromAt, toAt }
  const done = await renormalise(range, settings, log, signal, (read, of) =>
    progress.at(read, of, `${read} of ${of} records`),
  ).finally(progress.end)
  const since = done.fromAt === 0 ? 'the beginning of the recording' : iso(done.fromAt)
  print(`Read ${done.records} records; ${done.lines} rows from ${since} to ${iso(done.toAt)} were made anew.`)
  for (const { line, reason } of done.rejected.slice(0, 10)) print(`The store refused ${line}: ${reason}`)
}

/** Throws CollectorError `replay_of_nothing` where files and a range are given, or neither. */
export const replayAsTyped = async (files: string[], options: ReplayOptions, shell: ReplayShell): Promise<void> => {
  const { settings, now, print } = shell
  if (options.from !== undefined && files.length === 0) return replayPast(options.from, options.to ?? now, shell)
  if (options.from !== undefined || options.to !== undefined || files.length === 0)
    throw new CollectorError('replay_of_nothing', 'Either files are replayed, or the recorded past with --from.')
  const origin = { kitSn: options.kit, at: options.at ?? now, latestAt: now + LATER_MS }
  if (!options.dryRun) return replay(files, origin, shell)
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'powerkits-dry-run-'))
  try {
    await replay(files, origin, { ...shell, settings: { ...settings, DATA_DIR, INFLUX_URL: undefined } })
    print('This was a dry run: the store above is gone again, and yours was not touched.')
  } finally {
    rmSync(DATA_DIR, { recursive: true, force: true })
  }
}
