/** The data directory: whether it can be written, whether its disk has room, whether secrets lie open. */
import { join } from 'node:path'
import { makeDataDir } from '../data-dir.ts'
import { CollectorError } from '../errors.ts'
import { codeOf } from '../store/files.ts'
import { fail, pass, warn } from './finding.ts'
import type { DoctorParts } from './parts.ts'

const MB = 1024 * 1024
const FULL_BYTES = 100 * MB
const SCARCE_BYTES = 1024 * MB
const SCARCE_HOURS = 24

const size = (bytes: number): string =>
  bytes < 1024 * MB ? `${Math.floor(bytes / MB)} MB` : `${(bytes / 1024 / MB).toFixed(1)} GB`

/** Writes and removes a file in the directory and in each folder that is there. */
const tryWriting = async ({ settings, files, random }: DoctorParts): Promise<string> => {
  const folders = ['', 'spool', 'store', 'accounts', 'diagnostics'].map((name) => join(settings.DATA_DIR, name))
  for (const folder of folders) {
    const path = join(folder, `doctor-${Math.floor(random() * 1e9)}.tmp`)
    try {
      const file = await files.open(path, 'w')
      await file.write(Buffer.from('written by powerkits doctor\n'), 0).finally(() => file.close())
      await files.remove(path)
    } catch (error) {
      await files.remove(path).catch(() => undefined)
      if (codeOf(error) !== 'ENOENT' || folder === folders[0]) return `${folder} (${codeOf(error) || 'unknown'})`
    }
  }
  return ''
}

/** Whether the directory can be used. */
export const checkDataDir = async (parts: DoctorParts): Promise<boolean> => {
  const { settings, report } = parts
  const what = 'data directory'
  try {
    await makeDataDir(settings.DATA_DIR)
  } catch (error) {
    const help = error instanceof CollectorError ? error.help : ''
    report(fail(what, (error as Error).message, help))
    return false
  }
  const refused = await tryWriting(parts)
  if (refused.includes('ENOSPC')) report(fail(what, `no room to write in ${refused}`, 'Free space on its disk.'))
  else if (refused !== '')
    report(fail(what, `cannot write in ${refused}`, 'Give it to the user that the collector runs as.'))
  else report(pass(what, `${settings.DATA_DIR} can be written`))
  return refused === ''
}

/** What the spool may take: the setting, or a fifth of what is free. */
const spoolRoom = ({ settings }: DoctorParts, free: number): string =>
  settings.SPOOL_MAX_BYTES === undefined
    ? `the spool takes up to a fifth of it`
    : `the spool takes up to ${size(Math.min(settings.SPOOL_MAX_BYTES, free))}`

export const checkDisk = async (parts: DoctorParts): Promise<void> => {
  const { settings, report, running, freeBytes } = parts
  const free = await freeBytes(settings.DATA_DIR).catch(() => undefined)
  const what = 'disk'
  if (free === undefined) return report(warn(what, 'how much is free is not told by this system', 'Look yourself.'))
  const hours = running?.view?.spool.hours_left
  const text = `${size(free)} free, ${spoolRoom(parts, free)}${hours === undefined ? '' : `, enough for ${Math.floor(hours)} h without the store`}`
  const todo = 'Free space on the disk that holds DATA_DIR, or lower RECORD_DAYS.'
  if (free < FULL_BYTES)
    report(fail(what, `${text}: soon nothing more can be recorded, and new messages are refused`, todo))
  else if (free < SCARCE_BYTES || (hours !== undefined && hours < SCARCE_HOURS)) report(warn(what, text, todo))
  else report(pass(what, text))
}

export const checkExposed = ({ exposed, report }: DoctorParts): void => {
  for (const path of exposed) report(warn('secrets', `others on this machine can read ${path}`, `chmod 600 ${path}`))
}
