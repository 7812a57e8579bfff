/**
 * The spool: every input that reached the collector and what came of it, on disk, before anybody is told that it
 * arrived. The drain reads it towards the store; a restart folds `track` from the newest snapshot over it.
 *
 * Files of its directory, which belongs to one collector (the lock is kept elsewhere):
 *   spool.json            the spool's identity, made once
 *   <first seq>.spool     segments, written one after the other (segment-format.ts); the newest is written on
 *   cursor.json           up to where the store has answered; at most a second behind
 *   snapshots/            states of `track` (snapshot-file.ts)
 *   recordings/           sealed segments, gzipped (recordings.ts), with a share of disk of half of `maxBytes` beside it
 *   damaged/              bytes that were no records (spool-damage.ts)
 *
 * Invariants
 *   1. A number is reported durable only after a write and an fdatasync of all records up to it succeeded.
 *   2. Numbers rise and are never given twice, also when all segments are gone or torn.
 *   3. cursor <= durable number; the cursor on disk <= the cursor; a snapshot's number <= durable number.
 *   4. A segment goes only when the cursor and the older of the newest two snapshots have passed its last record, or
 *      dropped and counted. Its recording is durable before it goes.
 *   5. `read` gives every durable record behind a number, once and in order, but for those counted damaged or dropped.
 *   6. Segments and what is on its way to them stay below `maxBytes`; memory for what is on its way is bounded.
 *
 * Crash cases and recovery (spool-recovery.ts)
 *   in mid-write                 the newest segment ends in part of a record: set aside, cut off; nobody was told of it.
 *                                A new segment begins, above every number that the torn bytes may have held.
 *   between write and sync       whole records that nobody was told of: they are synced and count. The broker sends
 *                                them again; the store takes equal rows once.
 *   while opening a segment      a file without records or header: nothing is in it; the next number is above its name.
 *   between recording and remove the segment is still there: it is made a recording again under the same name.
 *   cursor behind or missing     records are read again, at most from the oldest held; the store takes rows once.
 *   numbers lost with a disk     `cursor.json`, snapshots and the store (`knownSeq`) may know more than the segments:
 *                                new numbers begin above all of them, so that none is mistaken for an old one.
 *   snapshot damaged             the one before it, of which all records are still held (4).
 *   a bit flips, a sector fails  the records there are lost alone, counted and set aside; the marker finds the next one.
 *   a foreign or strange file    ignored; a segment of another spool is moved to damaged/.
 *   disk full or failing         the commit is cut off and kept in memory, tried again each second, whole; nothing is
 *                                reported, `append` refuses when memory is full. Recordings give way first.
 */
import { basename } from 'node:path'
import { CollectorError } from '../errors.ts'
import type { Input, Lines, SpoolRecord } from './record.ts'
import type { Snapshot } from './snapshot-file.ts'
import { openState, type SpoolOptions } from './spool-open.ts'
import { createReader } from './spool-reader.ts'
import * as live from './spool-state.ts'

/** A segment's file, and how many of its bytes are durable. */
export interface DurableSegment {
  readonly name: string
  readonly bytes: number
}

export interface Spool {
  /** 32 hexadecimal digits, made once per directory. */
  readonly id: string
  /** Number of the last record appended; durable or not. */
  readonly lastSeq: number
  readonly durableSeq: number
  /** All records up to this one are answered by the store, damaged or dropped. */
  readonly cursor: number
  /** Whether a record of this input will find room, with lines of the usual size; if not, that is counted. */
  hasRoom(input: Input, isVital?: boolean): boolean
  /** The record's number; undefined when there is no room for it. Vital: rows of gaps, events and commands. */
  append(input: Input, lines: Lines, isVital?: boolean): number | undefined
  /** The listener hears the last durable number after each commit. */
  onDurable(listener: (seq: number) => void): void
  /** Everything appended so far is durable. Waits as long as the disk refuses; rejects when closed meanwhile. */
  flush(): Promise<void>
  /**
   * Durable records behind `afterSeq`, about `maxBytes` of them; empty when no readable one is there. For their lines:
   * the bytes of their inputs are overwritten by the next read.
   */
  read(afterSeq: number, maxBytes: number): Promise<SpoolRecord[]>
  acknowledge(seq: number): void
  /** All durable records behind `afterSeq`, to fold them. */
  records(afterSeq: number): AsyncIterable<SpoolRecord>
  /** The pieces, one behind the other, must not change meanwhile. Throws CollectorError `snapshot_unsaved`. */
  saveSnapshot(pieces: readonly Uint8Array[], seq: number): Promise<void>
  loadSnapshot(): Promise<Snapshot | undefined>
  stats(): live.SpoolStats
  /** The segments as they stand on disk now, for a copy of them. */
  segments(): readonly DurableSegment[]
  /** Commits and closes. Throws CollectorError `spool_unwritable` when the disk refuses the last records. */
  close(): Promise<void>
}

const FOLD_BYTES = 1024 * 1024

async function* recordsOf(state: live.State, afterSeq: number): AsyncGenerator<SpoolRecord> {
  const read = createReader(state.settings.files, state.segments, state.damage.note)
  for (let seq = afterSeq; ; ) {
    const records = await read(seq, FOLD_BYTES)
    yield* records
    const last = records.at(-1)
    if (last === undefined) return
    seq = last.seq
  }
}

const close = async (state: live.State): Promise<void> => {
  state.isClosed = true
  try {
    await state.writer.close()
  } catch (cause) {
    const lost = state.lastSeq - state.durableSeq
    throw new CollectorError('spool_unwritable', `${lost} records could not be written before closing: ${cause}`, {
      cause,
    })
  } finally {
    await live.saveCursorNow(state)
    await state.recordings.idle()
    await state.damage.idle()
  }
}

/** Throws CollectorError `spool_unusable` when the directory cannot be read or made; never for what is in it. */
export const openSpool = async (options: SpoolOptions): Promise<Spool> => {
  const state = await openState(options).catch((cause: unknown) => {
    throw new CollectorError('spool_unusable', `The spool in ${options.dir} cannot be opened: ${cause}`, { cause })
  })
  return {
    id: state.spoolId,
    get lastSeq() {
      return state.lastSeq
    },
    get durableSeq() {
      return state.durableSeq
    },
    get cursor() {
      return state.cursor
    },
    hasRoom: (input, isVital = false) => live.hasRoomFor(state, input, isVital),
    append: (input, lines, isVital = false) => live.append(state, input, lines, isVital),
    onDurable: (listener) => void state.listeners.push(listener),
    flush: () => state.writer.flush(),
    read: state.reader,
    acknowledge: (seq) => {
      live.moveCursor(state, seq)
      live.release(state)
    },
    records: (afterSeq) => recordsOf(state, afterSeq),
    saveSnapshot: (pieces, seq) => live.saveSnapshot(state, pieces, seq),
    loadSnapshot: () => state.snapshots.load(),
    stats: () => live.statsOf(state),
    segments: () => state.segments.map(({ path, bytes }) => ({ name: basename(path), bytes })),
    close: () => close(state),
  }
}
