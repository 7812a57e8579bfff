/**
 * Opens the spool: what its owner chose, the defaults, and the parts put together over what recovery found.
 * What is promised stands in spool.ts.
 */
import { type Counters, count } from '../counters.ts'
import type { ErrorCode } from '../errors.ts'
import { type Files, nodeFiles, withFile } from './files.ts'
import { openRecordings } from './recordings.ts'
import { openSnapshots } from './snapshot-file.ts'
import { type DamageLog, openDamageLog } from './spool-damage.ts'
import { createReader, createSharedRoom } from './spool-reader.ts'
import { type Directories, makeDirectories, type Recovered, recover } from './spool-recovery.ts'
import { bytesOf, type Loss } from './spool-room.ts'
import { onDurable, onFailure, release, type Settings, type State } from './spool-state.ts'
import { type After, createWriter, type Writer, type WriterOptions } from './spool-writer.ts'

export interface SpoolOptions {
  readonly dir: string
  /** Bound of segments and of what is on its way to them, in bytes; recordings may take half of it besides. */
  readonly maxBytes: number
  readonly whenFull: 'refuse' | 'drop-oldest'
  /** How long recordings are kept; 0: not at all. */
  readonly recordDays: number
  /** At most an eighth of `maxBytes`. */
  readonly segmentBytes?: number
  readonly lingerMs?: number
  /** Part of `maxBytes` that vital records alone may use: at most a tenth of it, 8 MiB. */
  readonly headroomBytes?: number
  /** Bound of what is on its way to the disk, in bytes. */
  readonly memoryBytes?: number
  /** How long after a failed commit the next attempt comes. */
  readonly retryMs?: number
  readonly now: () => number
  readonly after?: After
  readonly counters: Counters
  readonly files?: Files
  /** The highest number that the store knows of this spool; 0 when it keeps no such mark. */
  readonly knownSeq?: (spoolId: string) => Promise<number>
  readonly onDropped?: (loss: Loss) => void
  /** Told once when it begins. */
  readonly onProblem?: (code: ErrorCode, message: string) => void
}

type WriterEvents = Pick<WriterOptions, 'onDurable' | 'onFailure'>

const MIB = 1024 * 1024

const realAfter: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

const settingsOf = (options: SpoolOptions): Settings => ({
  files: options.files ?? nodeFiles,
  maxBytes: options.maxBytes,
  headroomBytes: options.headroomBytes ?? Math.min(8 * MIB, options.maxBytes / 10),
  memoryBytes: options.memoryBytes ?? Math.min(32 * MIB, options.maxBytes / 4),
  whenFull: options.whenFull,
  now: options.now,
  after: options.after ?? realAfter,
  counters: options.counters,
  onDropped: options.onDropped ?? (() => {}),
  onProblem: options.onProblem ?? (() => {}),
})

/** Begins a new segment where the old one is torn, and only then cuts it: the skipped numbers must outlive a crash. */
const repairTail = async (state: State, found: Recovered, firstSeq: number): Promise<void> => {
  if (found.tornSeqs === 0) return
  try {
    await state.writer.openSegment(firstSeq, found.lastSeq)
    if (found.tail === undefined) return
    const { segment, bytes } = found.tail
    await state.damage.noteTail(segment, bytes)
    await withFile(state.settings.files, segment.path, 'r+', async (file) => {
      await file.truncate(segment.bytes)
      await file.datasync()
    })
  } catch (error) {
    await onFailure(state, error)
  }
}

const openWriter = (options: SpoolOptions, settings: Settings, found: Recovered, events: WriterEvents): Writer =>
  createWriter({
    files: settings.files,
    dir: options.dir,
    spoolId: found.spoolId,
    segments: found.segments,
    segmentBytes: Math.min(options.segmentBytes ?? 64 * MIB, options.maxBytes / 8),
    lingerMs: options.lingerMs ?? 5,
    retryMs: options.retryMs ?? 1000,
    now: settings.now,
    after: settings.after,
    ...events,
  })

const openKept = async (
  options: SpoolOptions,
  settings: Settings,
  directories: Directories,
  damage: DamageLog,
  spoolId: string,
) => {
  const { files, now, counters, onProblem } = settings
  const { recordDays } = options
  const snapshots = await openSnapshots({
    files,
    dir: directories.snapshots,
    spoolId,
    recordDays,
    now,
    onDamaged: damage.noteSnapshot,
  })
  const recordings = await openRecordings({
    files,
    dir: directories.recordings,
    recordDays,
    maxBytes: options.maxBytes / 2,
    now,
    onShortened: () => count(counters, 'recordings_shortened'),
    onFailure: (error) => onProblem('recording_unsealed', `a segment could not be made a recording: ${error}`),
  })
  return { snapshots, recordings }
}

/** Nothing appended yet; numbers go on above `lastSeq`. */
const restingAt = (found: Recovered, lastSeq: number) => ({
  lastSeq,
  durableSeq: lastSeq,
  cursor: Math.max(found.cursor ?? 0, (found.segments[0]?.firstSeq ?? lastSeq + 1) - 1),
  savedCursor: found.cursor ?? -1,
  heldBytes: bytesOf(found.segments),
  rate: { total: 0, marks: [] },
  listeners: [],
  cancelSave: undefined,
  saving: Promise.resolve(),
  isFull: false,
  isFailing: false,
  isClosed: false,
})

/** Rejects with the disk's error when the directory cannot be read or made; never for what is in it. */
export const openState = async (options: SpoolOptions): Promise<State> => {
  const settings = settingsOf(options)
  const { files, counters, onProblem } = settings
  const directories = await makeDirectories(files, options.dir)
  const damage = await openDamageLog({ files, dir: directories.damaged, counters, onProblem })
  const found = await recover(files, directories, damage.note)
  const { spoolId, segments } = found
  const { snapshots, recordings } = await openKept(options, settings, directories, damage, spoolId)
  const known = (await options.knownSeq?.(spoolId)) ?? 0
  const lastSeq = Math.max(found.lastSeq + found.tornSeqs, found.cursor ?? 0, snapshots.newestSeq(), known)
  const writer = openWriter(options, settings, found, {
    onDurable: (seq, records, bytes) => onDurable(state, seq, records, bytes),
    onFailure: (error) => onFailure(state, error),
  })
  const state: State = {
    ...{ settings, directories, spoolId, segments, writer, snapshots, recordings, damage },
    reader: createReader(files, segments, damage.note, createSharedRoom()),
    ...restingAt(found, lastSeq),
  }
  await repairTail(state, found, lastSeq + 1)
  await recordings.expire()
  release(state)
  return state
}
