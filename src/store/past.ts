/**
 * The past of a spool that nobody writes: its recordings and the segments that are still held, as one row of records
 * from an early snapshot on, to fold them once more. Promises that no record is missing between the first and the last
 * one given: a hole is an error, since what it told of would vanish from the store.
 */
import { join } from 'node:path'
import { CollectorError } from '../errors.ts'
import { nodeFiles } from './files.ts'
import type { SpoolRecord } from './record.ts'
import { readHeader, readRecording } from './recording-reader.ts'
import { type Snapshot, snapshotBefore } from './snapshot-file.ts'

/** The first number stands first in the names of segments and recordings. */
const NAME = /^(\d{16})(-[\dTZ]+)?\.spool(\.gz)?$/

const namesIn = async (dir: string): Promise<string[]> =>
  (await nodeFiles.list(dir).catch(() => [])).filter((name) => NAME.test(name)).sort()

const pathsOf = async (dir: string): Promise<string[]> => {
  const recordings = (await namesIn(join(dir, 'recordings'))).map((name) => join(dir, 'recordings', name))
  return [...recordings, ...(await namesIn(dir)).map((name) => join(dir, name))]
}

const firstSeqOf = (path: string): number => Number(NAME.exec(path.split(/[/\\]/).at(-1) ?? '')?.[1])

const hole = (after: SpoolRecord | undefined, found: number): CollectorError => {
  const where = after === undefined ? 'at its beginning' : `behind ${new Date(after.input.at).toISOString()}`
  return new CollectorError('recording_incomplete', `Records are missing in the recording ${where}, before ${found}.`)
}

/** All records behind `afterSeq`, in order. Throws CollectorError `recording_incomplete` or `recording_unreadable`. */
export async function* pastRecords(dir: string, afterSeq: number): AsyncGenerator<SpoolRecord> {
  const paths = await pathsOf(dir)
  let last: SpoolRecord | undefined
  let seq = afterSeq
  for (const [index, path] of paths.entries()) {
    const next = paths[index + 1]
    if (next !== undefined && firstSeqOf(next) <= seq + 1) continue
    const header = await readHeader(path)
    // Numbers are skipped on purpose behind a torn end; nobody was told of what stood there.
    if (header !== undefined && header.previousSeq <= seq) seq = Math.max(seq, header.firstSeq - 1)
    for await (const record of readRecording(path)) {
      if (record.seq <= seq) continue
      if (record.seq > seq + 1) throw hole(last, record.seq)
      last = record
      seq = record.seq
      yield record
    }
  }
}

/** The state to fold from, saved at or before `at` (epoch ms); undefined where no snapshot reaches back so far. */
export const pastSnapshot = (dir: string, spoolId: string, at: number): Promise<Snapshot | undefined> =>
  snapshotBefore(nodeFiles, join(dir, 'snapshots'), spoolId, at)
