/**
 * Answers that were not understood, kept for people to look at: `diagnostics/` in the data directory has one file for
 * each kind and kit with the newest such answer, without secrets, bounded in size and number. The log tells of each once.
 * Promises: whatever is handed in or the disk does, nothing is thrown and nothing else waits for it.
 */
import { join } from 'node:path'
import { isSerialNumber } from './catalogue/serial-numbers.ts'
import type { Log } from './log.ts'
import type { Secrets } from './redact.ts'
import { codeOf, type Files, nodeFiles, replaceFile } from './store/files.ts'

export interface DiagnosticsOptions {
  readonly dataDir: string
  readonly secrets: Pick<Secrets, 'redact'>
  readonly log: Pick<Log, 'warn'>
  /** Epoch ms. */
  readonly now: () => number
  readonly files?: Files
}

export interface Diagnostics {
  /** `kitSn` is empty where it concerns an account as a whole. */
  keepStrange(kind: string, kitSn: string, text: string): void
  /** Resolves when what was handed in is on disk, or known not to get there. */
  idle(): Promise<void>
}

const MAX_CHARACTERS = 64 * 1024
const MAX_FILES = 100
/** An oddity that comes with every answer must not wear the disk out. */
const EVERY_MS = 60_000

interface Kept {
  keptAt: number
  times: number
}

/** A name that is safe in any file system. */
const nameOf = (kind: string, kitSn: string): string => {
  const what = kind.replace(/[^\w-]/g, '_').slice(0, 40)
  if (kitSn === '') return `${what}.txt`
  return `${what}-${isSerialNumber(kitSn) ? kitSn : 'unknown'}.txt`
}

const sentence = (kind: string, kitSn: string): string => {
  const who = kitSn === '' ? 'An answer of the cloud' : `An answer of the cloud about kit ${kitSn}`
  return `${who} was not understood (${kind}): nothing of it became a value; other kits are not concerned.`
}

export const DIAGNOSTICS_DIR = 'diagnostics'

/** Before one more is written: those of earlier starts go first, then the one that was kept longest ago. */
const makeRoom = async (files: Files, dir: string, kept: Map<string, Kept>, coming: string): Promise<void> => {
  const there = (await files.list(dir)).filter((name) => name !== coming)
  const order = [...there.filter((name) => !kept.has(name)), ...[...kept.keys()].filter((name) => there.includes(name))]
  for (const name of order.slice(0, Math.max(0, there.length - MAX_FILES + 1))) {
    kept.delete(name)
    await files.remove(join(dir, name))
  }
}

/** Keeps nothing in memory but what was kept when. */
export const createDiagnostics = (options: DiagnosticsOptions): Diagnostics => {
  const { dataDir, secrets, log, now, files = nodeFiles } = options
  const dir = join(dataDir, DIAGNOSTICS_DIR)
  const kept = new Map<string, Kept>()
  let last = Promise.resolve()

  const write = async (name: string, text: string, times: number): Promise<void> => {
    const head = `${new Date(now()).toISOString()}, ${times} since the start; the newest stands here, without secrets.\n\n`
    await files.makeDirectory(dir)
    await makeRoom(files, dir, kept, name)
    await replaceFile(files, join(dir, name), Buffer.from(`${head}${secrets.redact(text)}\n`))
  }
  return {
    keepStrange: (kind, kitSn, text) => {
      const name = nameOf(kind, kitSn)
      const before = kept.get(name)
      const entry = { keptAt: now(), times: (before?.times ?? 0) + 1 }
      if (before !== undefined && entry.keptAt - before.keptAt < EVERY_MS) return void before.times++
      kept.delete(name)
      kept.set(name, entry)
      const say = (what: string): void => log.warn(`${sentence(kind, kitSn)} ${what}`)
      const told =
        before === undefined
          ? () => say(`It is kept in ${join(dir, name)}, without secrets; told once.`)
          : () => undefined
      const failed = (error: unknown): void =>
        say(`It could not be kept in ${join(dir, name)} (${codeOf(error) || 'unknown'}).`)
      last = last.then(() => write(name, text.slice(0, MAX_CHARACTERS), entry.times)).then(told, failed)
    },
    idle: () => last,
  }
}
