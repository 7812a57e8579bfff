/**
 * The directory that an export appears in: made aside and renamed in the end, so that it is there whole or not at all.
 * What stands there already is replaced only when it is told so, and only where it is an export itself.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { CollectorError } from '../errors.ts'
import { codeOf } from '../store/files.ts'

/** What an export says of itself, in its directory. */
export const LABEL = 'powerkits-export.json'

export interface Target {
  /** Where to write. */
  readonly aside: string
  /** Puts all that was written in place. */
  place(label: object): Promise<void>
  /** Takes away what was written and not placed. */
  clear(): Promise<void>
}

const exists = (dir: string, why: string): CollectorError =>
  new CollectorError('export_exists', `${dir} is there already${why}.`)

const namesIn = async (dir: string): Promise<string[] | undefined> => {
  try {
    return await readdir(dir)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    if (codeOf(error) === 'ENOTDIR') throw exists(dir, ', and is no directory')
    throw error
  }
}

const isExport = async (dir: string): Promise<boolean> => {
  try {
    return 'powerkits' in (JSON.parse(await readFile(join(dir, LABEL), 'utf8')) as object)
  } catch {
    return false
  }
}

/** Throws CollectorError `export_exists`. */
export const openTarget = async (given: string, isForced: boolean): Promise<Target> => {
  const dir = resolve(given)
  const aside = `${dir}.part`
  const names = await namesIn(dir)
  const isFull = names !== undefined && names.length > 0
  if (isFull && !isForced) throw exists(dir, '')
  if (isFull && !(await isExport(dir))) throw exists(dir, ', and it is no export, so that --force does not touch it')
  const clear = (): Promise<void> => rm(aside, { recursive: true, force: true })
  await clear()
  await mkdir(dirname(dir), { recursive: true })
  await mkdir(aside)
  const place = async (label: object): Promise<void> => {
    await writeFile(join(aside, LABEL), `${JSON.stringify(label, undefined, 2)}\n`)
    const old = `${dir}.old`
    await rm(old, { recursive: true, force: true })
    if (names !== undefined) await rename(dir, old)
    await rename(aside, dir)
    await rm(old, { recursive: true, force: true })
  }
  return { aside, place, clear }
}
