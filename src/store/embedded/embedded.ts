/**
 * The store without a server: DuckDB files in the data directory, for one collector on one machine.
 * Writes go one at a time on a connection of their own; two questions at once. After kill -9 it holds exactly the
 * batches it had accepted. Which rows to write, and when to try again, is left to the drain.
 */
import type { Bucket } from '../../catalogue/measurements.ts'
import { CollectorError } from '../../errors.ts'
import type { Batch, Store, WriteAnswer } from '../store.ts'
import * as answers from './answers.ts'
import { removeAllAside } from './aside.ts'
import { type Connection, type EngineOptions, startEngine } from './engine.ts'
import { readMark } from './file.ts'
import { type Files, openFiles } from './files.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import { createReaders } from './readers.ts'
import { type Replacement, replaceRange } from './replace.ts'
import { createSorter, type SortedMonth } from './sorter.ts'
import { createTurns } from './turns.ts'
import { createWriter } from './write.ts'

export interface EmbeddedOptions extends EngineOptions {
  /** How long a question may take. */
  readonly timeoutMs: number
  /** Epoch ms, or any clock that only goes forward: it tells idle files. */
  readonly now: () => number
}

export interface EmbeddedStore extends Store {
  readonly name: 'embedded'
  /** Removes raw rows older than this by whole UTC months; the names of the files that went. */
  expire(beforeMs: number): Promise<string[]>
  /**
   * Sorts the oldest raw month that had ended by then and is not sorted yet, while questions and writes go on; undefined
   * where there is none, or it was written to meanwhile. Throws CollectorError.
   */
  sort(endedByMs: number): Promise<SortedMonth | undefined>
  /** Brings everything written so far into the files themselves, and says what they hold. */
  inventory(): Promise<Inventory>
  /** Puts the rows of another directory's store in the place of all that this one holds of a range; how many. */
  replace(bucket: Bucket, replacement: Replacement): Promise<number>
}

const QUESTIONS_AT_ONCE = 2

const newestMark = async (
  connection: Connection,
  files: Files,
  spoolId: string,
  bucket: Bucket,
): Promise<number | undefined> => {
  let mark: number | undefined
  for (const name of files.names(bucket)) {
    const held = await files.use(name, false, (file) => readMark(connection, file, spoolId, bucket))
    if (held !== undefined) mark = Math.max(mark ?? held, held)
  }
  return mark
}

/** Throws `store_engine_missing`, `data_dir_in_use` or `store_disk`. */
export const openEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedStore> => {
  const { duckdb, instance } = await startEngine(options)
  const [attaching, writing] = [await instance.connect(), await instance.connect()]
  const asking = await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, () => instance.connect()))
  const files = openFiles(options.dir, attaching, options.now)
  const readers = createReaders(asking, options.timeoutMs)
  const write = createWriter(writing, duckdb, files)
  const inTurn = createTurns()
  const alone = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => readers.alone(work))
  const sorter = createSorter({ connect: () => instance.connect(), files, readers, alone })
  const shut = async (): Promise<void> => {
    await files.detachAll()
    for (const connection of [attaching, writing, ...asking]) connection.closeSync()
    instance.closeSync()
  }
  // attached at once: a data directory that another process holds is told at the start
  await files
    .use('history', true, async () => undefined)
    .catch(async (error: unknown) => {
      await shut()
      throw error instanceof CollectorError ? error : new CollectorError('store_disk', String(error), { cause: error })
    })
  removeAllAside(options.dir)

  return {
    name: 'embedded',
    write: (batch: Batch): Promise<WriteAnswer> => inTurn(() => write(batch)),
    committed: (spoolId, bucket) =>
      inTurn(() => readers.ask((connection) => newestMark(connection, files, spoolId, bucket))),
    last: (question) => readers.ask((connection) => answers.last(connection, files, question)),
    rows: (question) => readers.ask((connection) => answers.rows(connection, files, question)),
    steps: (question) => readers.ask((connection) => answers.steps(connection, files, question)),
    sums: (question) => readers.ask((connection) => answers.sums(connection, files, question)),
    expire: (beforeMs) => alone(() => files.expire(beforeMs)),
    sort: sorter.sort,
    inventory: () => inTurn(() => takeInventory(writing, files)),
    replace: (bucket, replacement) => alone(() => replaceRange(writing, files, bucket, replacement)),
    close: async () => {
      await sorter.stop()
      await alone(shut)
    },
  }
}
