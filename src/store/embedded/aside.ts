/**
 * A file made beside the one that it is to replace. Promises that a crash leaves one or the other under the name: the
 * new one is whole and durable before it is renamed, and what a crash left aside is removed at the next start.
 */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ASIDE = /\.aside(\.wal)?$/

/** Where the file is made that is to replace this one. */
export const asideOf = (path: string): string => path.replace(/\.duckdb$/, '.aside')

/** Removes what stands aside of a file, with the log beside it. */
export const removeAside = (path: string): void => {
  for (const each of [asideOf(path), `${asideOf(path)}.wal`]) rmSync(each, { force: true })
}

/** Removes what stands aside of any file in the directory. */
export const removeAllAside = (dir: string): void => {
  for (const entry of readdirSync(dir)) if (ASIDE.test(entry)) rmSync(join(dir, entry), { force: true })
}

/** Puts what stands aside in the place of the file, which nobody has open; false where a log beside it still belongs to it. */
export const putInPlace = (path: string): boolean => {
  if (existsSync(`${path}.wal`)) return false
  renameSync(asideOf(path), path)
  const dir = openSync(dirname(path), 'r')
  try {
    fsyncSync(dir)
  } finally {
    closeSync(dir)
  }
  return true
}
