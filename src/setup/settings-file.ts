/**
 * The file of settings on disk. Promises: it is replaced whole or not at all, durable when that resolves, readable by its
 * owner only. What is wrong with it is an answer, in words that go into `cannot be written (…)`.
 */
import { access, chown, constants, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf, nodeFiles, readWhole, replaceFile } from '../store/files.ts'
import { withSettings } from './settings-text.ts'

/** What became of writing: how to take it back, or why it was not done. */
export type Written = { readonly takeBack: () => Promise<void> } | { readonly refusal: string }

/** Where it really stands: replacing a link would leave the file it names behind. */
const placeOf = (path: string): Promise<string> => realpath(path).catch(() => path)

const reasonOf = (error: unknown): string => codeOf(error) || 'unknown'

/** Why it cannot be written here, as far as that can be told without trying; undefined where it can. */
export const refusalToWrite = async (path: string): Promise<string | undefined> => {
  try {
    const place = await placeOf(path)
    await access(dirname(place), constants.W_OK | constants.X_OK)
    await readWhole(nodeFiles, place)
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}

/** One who edits it under another account goes on doing so. */
const keepOwner = async (place: string, before: { uid: number; gid: number } | undefined): Promise<void> => {
  if (before) await chown(place, before.uid, before.gid).catch(() => undefined)
}

/** Puts the settings into the file; all else in it stays. */
export const writeSettings = async (path: string, settings: Readonly<Record<string, string>>): Promise<Written> => {
  try {
    const place = await placeOf(path)
    const before = await stat(place).catch(() => undefined)
    const old = await readWhole(nodeFiles, place)
    const text = withSettings(old?.toString() ?? '', settings)
    if (text === undefined) return { refusal: 'these values cannot be told from what stands there' }
    const replace = async (bytes: Buffer): Promise<void> => {
      // One that was left over would keep its own mode.
      await nodeFiles.remove(`${place}.tmp`)
      await replaceFile(nodeFiles, place, bytes)
      await keepOwner(place, before)
    }
    await replace(Buffer.from(text))
    return { takeBack: () => (old === undefined ? nodeFiles.remove(place) : replace(old)) }
  } catch (error) {
    return { refusal: reasonOf(error) }
  }
}
