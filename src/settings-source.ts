/**
 * Where the settings come from: the environment, and beneath it the file `.env`. Promises: what the environment gives
 * wins; files are read anew each time; which of them lie open to others is remembered.
 */
import { readFileSync, statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { ReadText } from './config.ts'
import type { Log } from './log.ts'
import { type SecretFiles, watchSecretFiles } from './secret-files.ts'
import { type Settled, settle } from './settled.ts'
import { codeOf } from './store/files.ts'

export interface SettingsSource extends SecretFiles {
  /** Path of the file. */
  readonly file: string
  /** Names that the environment itself has. */
  readonly given: readonly string[]
  /** Throws CollectorError `config_invalid`. */
  settle(readsFleet: boolean): Settled
  /** Files with secrets that others can read, told in the log. */
  tellExposed(log: Log): void
}

const readEnv = (file: string, readText: ReadText): Readonly<Record<string, string | undefined>> => {
  try {
    return parseEnv(readText(file))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {}
    throw error
  }
}

/** What the file adds is put into `env` too: the time zone of this process is among it. */
export const openSettingsSource = (env: NodeJS.ProcessEnv, file: string): SettingsSource => {
  const given = Object.keys(env)
  const secretFiles = watchSecretFiles(
    (path) => readFileSync(path, 'utf8'),
    (path) => (process.platform === 'win32' ? undefined : statSync(path).mode),
  )
  const { readText } = secretFiles
  return {
    ...secretFiles,
    file,
    given,
    settle: (readsFleet) => {
      const fromFile = readEnv(file, readText)
      for (const [name, value] of Object.entries(fromFile)) if (!given.includes(name)) env[name] = value
      return settle({ env, names: Object.keys(fromFile), readText, readsFleet })
    },
    tellExposed: (log) => {
      for (const path of secretFiles.exposed())
        log.warn(`Others on this machine can read ${path}, which holds secrets: chmod 600 ${path}`)
    },
  }
}
