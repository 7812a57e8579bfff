/**
 * Makes the data directory, for this user alone: it tells where the kits were. One level at a time: some file systems
 * answer a recursive request without an end.
 */
import { access, constants, mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CollectorError } from './errors.ts'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

const makeLevel = async (path: string, mayDescend: boolean): Promise<void> => {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (codeOf(error) !== 'ENOENT' || !mayDescend || dirname(path) === path) throw error
    await makeLevel(dirname(path), true)
    await makeLevel(path, false)
  }
}

/** Makes the directory and what is missing above it. Throws CollectorError `data_dir_unusable`. */
export const makeDataDir = async (dir: string): Promise<void> => {
  const path = resolve(dir)
  try {
    await makeLevel(path, true)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new CollectorError(
      'data_dir_unusable',
      `The data directory ${path} cannot be made or written (${codeOf(cause)}).`,
      {
        cause,
      },
    )
  }
}
