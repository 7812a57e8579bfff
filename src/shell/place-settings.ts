/**
 * Puts the settings of a backup where they were: never over a file that is there, and outside of the working directory
 * not at all. Says what is to be brought by hand.
 */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { parseEnv } from 'node:util'
import type { ShellParts } from './backup.ts'
import { type Manifest, SETTINGS } from './manifest.ts'

const isInside = (path: string): boolean =>
  !isAbsolute(path) && !/^[A-Za-z]:|\\/.test(path) && path.split('/').every((part) => part !== '..' && part !== '')

const isSame = async (a: string, b: string): Promise<boolean> => (await readFile(a)).equals(await readFile(b))

/** Copied and not moved: the working directory may be another disk. */
const place = async (from: string, path: string, { cwd, settings, print }: ShellParts): Promise<void> => {
  if (!isInside(path)) {
    const kept = join(settings.DATA_DIR, 'settings-to-place', from.split(/[/\\]/).at(-1)!)
    await mkdir(dirname(kept), { recursive: true, mode: 0o700 })
    await rename(from, kept)
    print(`Put ${kept} where it was before, at ${path}, or where the settings here look for it.`)
    return
  }
  const target = join(cwd, path)
  await mkdir(dirname(target), { recursive: true })
  if (!existsSync(target)) {
    await copyFile(from, target)
    print(`Settings restored: ${path}.`)
  } else if (!(await isSame(from, target))) {
    await copyFile(from, `${target}.restored`)
    print(`${path} is there already and was left; that of the backup is in ${path}.restored.`)
  }
}

const warnOfDataDir = async (from: string, { settings, print }: ShellParts): Promise<void> => {
  const { DATA_DIR } = parseEnv(await readFile(from, 'utf8'))
  if (DATA_DIR === undefined || DATA_DIR === settings.DATA_DIR) return
  print(
    `ATTENTION: the .env of the backup has DATA_DIR=${DATA_DIR}, and it was restored to ${settings.DATA_DIR}: correct ` +
      'the .env before you start.',
  )
}

/** Of an unpacked archive in `staging`. */
export const placeSettings = async ({ settings }: Manifest, staging: string, parts: ShellParts): Promise<void> => {
  for (const { path, name } of settings.files) {
    if (name === undefined) continue
    const from = join(staging, SETTINGS, name.slice(SETTINGS.length))
    if (path === '.env') await warnOfDataDir(from, parts)
    await place(from, path, parts)
  }
  const left = settings.files.filter(({ name }) => name === undefined).map(({ path }) => path)
  if (left.length > 0) parts.print(`Bring by hand, since they were left out: ${left.join(', ')}.`)
  if (settings.names.length > 0 && (left.length > 0 || settings.files.length === 0))
    parts.print(`Settings that were set there: ${settings.names.join(', ')}.`)
}
