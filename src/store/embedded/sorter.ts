/**
 * Months that are over are sorted, one at a time, in the background. A sorted copy is written beside the file and takes
 * its name once nobody writes, asks, or has written meanwhile; a crash before that leaves the file, after it the copy.
 */
import { statSync } from 'node:fs'
import { CollectorError } from '../../errors.ts'
import { asideOf, removeAside } from './aside.ts'
import type { Connection } from './engine.ts'
import type { Files } from './files.ts'
import type { Readers } from './readers.ts'
import { copySorted, isSorted, type Turn } from './sort-file.ts'

/** A month that was sorted, and what its file took before and takes now. */
export interface SortedMonth {
  readonly name: string
  readonly bytesBefore: number
  readonly bytesAfter: number
}

export interface Sorter {
  /** Sorts the oldest month that ended by then and is not; undefined if there is none, or it was stopped. Throws CollectorError. */
  sort(endedByMs: number): Promise<SortedMonth | undefined>
  /** Resolves when nothing is being sorted any more. */
  stop(): Promise<void>
}

interface SorterParts {
  readonly connect: () => Promise<Connection>
  readonly files: Files
  readonly readers: Readers
  /** Runs `work` while nobody writes. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** Sorts one month; undefined where it is sorted already, or was written to meanwhile. */
const sortMonth = async (
  { files, alone }: SorterParts,
  connection: Connection,
  name: string,
  turn: Turn,
): Promise<SortedMonth | undefined> => {
  const writes = files.writesTo(name)
  const path = files.pathOf(name)
  const isCopied = await files.use(name, false, async (file) => {
    if (await turn(() => isSorted(connection, file))) return false
    removeAside(path)
    await copySorted(connection, file, asideOf(path), turn)
    return true
  })
  if (!isCopied) return undefined
  const bytesBefore = statSync(path).size
  const isReplaced = await alone(() => files.replace(name, writes))
  return isReplaced ? { name, bytesBefore, bytesAfter: statSync(path).size } : undefined
}

export const createSorter = (parts: SorterParts): Sorter => {
  const { connect, files, readers } = parts
  /** By month: how often it had been written to when it was looked at. */
  const seen = new Map<string, number>()
  let running: Promise<SortedMonth | undefined> = Promise.resolve(undefined)
  let isStopping = false

  // counts as a question: more than two at once would keep the spool from the disk
  const turn: Turn = (work) =>
    readers.ask(async () => {
      if (isStopping) throw new Error('stopped')
      return work()
    })
  const sortOldest = async (connection: Connection, endedByMs: number): Promise<SortedMonth | undefined> => {
    for (const name of files.names('raw')) {
      const writes = files.writesTo(name)
      if (files.spanOf(name).to > endedByMs) break
      if (seen.get(name) === writes) continue
      // also one that cannot be sorted: the others have their turn the next time
      const month = await sortMonth(parts, connection, name, turn).finally(() => seen.set(name, writes))
      if (month !== undefined) return month
    }
    return undefined
  }
  const sort = async (endedByMs: number): Promise<SortedMonth | undefined> => {
    const connection = await connect()
    try {
      return await sortOldest(connection, endedByMs)
    } catch (error) {
      if (isStopping) return undefined
      const reason = error instanceof Error ? error.message : String(error)
      throw new CollectorError('store_disk', `A month of raw values could not be sorted, and stays as it is: ${reason}`)
    } finally {
      connection.closeSync()
    }
  }
  return {
    sort: (endedByMs) => {
      running = running.catch(() => undefined).then(() => sort(endedByMs))
      return running
    },
    stop: async () => {
      isStopping = true
      await running.catch(() => undefined)
    },
  }
}
