/**
 * The machine's own files with a will to fail: a disk that fills, syncs and reads that fail, short writes, and a loss
 * of power that forgets what was not synced. Everything else is the real file system.
 */
import { truncate } from 'node:fs/promises'
import { type Files, nodeFiles, type OpenFile } from '../../src/store/files.ts'

export interface FaultyFiles extends Files {
  /** Bytes the disk still takes. */
  space: number
  /** So many of the next syncs fail with EIO. */
  failSyncs: number
  /** A read that touches one of these (path end, offset) fails with EIO. */
  readonly badSectors: { readonly path: string; readonly offset: number }[]
  /** From now on nothing reaches the disk; each file keeps what was synced and `part` (0 to 1) of what was not. */
  losePower(part: number): Promise<void>
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: by the test's will`), { code })

export const createFaultyFiles = (): FaultyFiles => {
  const lengths = new Map<string, { written: number; synced: number }>()
  let isDead = false
  const live = (): void => {
    if (isDead) throw failure('EPWR')
  }

  const faulty = (path: string, file: OpenFile): OpenFile => ({
    read: async (into, position) => {
      const isBad = files.badSectors.some(
        (bad) => path.endsWith(bad.path) && bad.offset >= position && bad.offset < position + into.length,
      )
      if (isBad) throw failure('EIO')
      return file.read(into, position)
    },
    write: async (bytes, position) => {
      live()
      const taken = Math.min(bytes.length, Math.max(0, files.space), 700)
      if (taken === 0) throw failure('ENOSPC')
      files.space -= taken
      const length = lengths.get(path)
      if (length) length.written = Math.max(length.written, position + taken)
      return file.write(bytes.subarray(0, taken), position)
    },
    datasync: async () => {
      live()
      if (files.failSyncs > 0) {
        files.failSyncs--
        throw failure('EIO')
      }
      const length = lengths.get(path)
      if (length) length.synced = length.written
    },
    truncate: async (to) => {
      live()
      const length = lengths.get(path)
      if (length) Object.assign(length, { written: to, synced: Math.min(to, length.synced) })
      return file.truncate(to)
    },
    close: () => file.close(),
  })

  const files: FaultyFiles = {
    ...nodeFiles,
    space: Number.POSITIVE_INFINITY,
    failSyncs: 0,
    badSectors: [],
    open: async (path, flags) => {
      if (flags !== 'r') live()
      const size = flags === 'r+' ? await nodeFiles.size(path) : 0
      const file = await nodeFiles.open(path, flags)
      if (flags !== 'r') lengths.set(path, { written: size, synced: size })
      return faulty(path, file)
    },
    rename: async (from, to) => {
      live()
      const length = lengths.get(from)
      if (length) lengths.set(to, length)
      lengths.delete(from)
      await nodeFiles.rename(from, to)
    },
    remove: async (path) => {
      live()
      lengths.delete(path)
      await nodeFiles.remove(path)
    },
    losePower: async (part) => {
      isDead = true
      for (const [path, { written, synced }] of lengths)
        if (written > synced) await truncate(path, synced + Math.floor((written - synced) * part)).catch(() => {})
    },
  }
  return files
}
