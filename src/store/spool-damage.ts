/**
 * What becomes of bytes that hold no record: counted, told, and set aside as `damaged/<segment>-<offset>` for a person
 * to look at. Each stretch counts once per start of the collector. What is set aside is bounded; beyond it is counted only.
 */
import { basename, join } from 'node:path'
import { type Counters, count } from '../counters.ts'
import type { ErrorCode } from '../errors.ts'
import { type Files, replaceFile } from './files.ts'
import type { Segment, Stretch } from './segment.ts'

const MOST_ASIDE = 64 * 1024 * 1024

export interface DamageOptions {
  readonly files: Files
  readonly dir: string
  readonly counters: Counters
  readonly onProblem: (code: ErrorCode, message: string) => void
}

export interface DamageLog {
  /** A stretch inside a segment. */
  note(segment: Segment, damage: Stretch['damage'][number]): void
  /** The torn end of the newest segment: what was on its way to the disk when the collector or the machine stopped. */
  noteTail(segment: Segment, bytes: Buffer): Promise<void>
  noteSnapshot(path: string): void
  /** Everything noted is on the disk. */
  idle(): Promise<void>
}

export const openDamageLog = async ({ files, dir, counters, onProblem }: DamageOptions): Promise<DamageLog> => {
  const held = new Set(await files.list(dir))
  let heldBytes = 0
  for (const name of held) heldBytes += await files.size(join(dir, name))
  let running: Promise<void> = Promise.resolve()

  const setAside = (segment: Segment, offset: number, bytes: Buffer): void => {
    const name = `${basename(segment.path, '.spool')}-${offset}`
    if (bytes.length === 0 || held.has(name) || heldBytes + bytes.length > MOST_ASIDE) return
    held.add(name)
    heldBytes += bytes.length
    running = running.then(() => replaceFile(files, join(dir, name), bytes)).catch(() => {})
  }

  return {
    note: (segment, { offset, length, missing, bytes }) => {
      if (segment.damagedAt.has(offset)) return
      segment.damagedAt.add(offset)
      count(counters, 'spool_damaged', missing > 0 ? 'record' : 'stretch', Math.max(1, missing))
      onProblem('spool_damaged', `${missing} records of ${segment.path} cannot be read (${length} bytes at ${offset})`)
      setAside(segment, offset, bytes)
    },
    noteTail: (segment, bytes) => {
      count(counters, 'spool_damaged', 'torn_tail')
      setAside(segment, segment.bytes, bytes)
      return running
    },
    noteSnapshot: (path) => {
      count(counters, 'spool_damaged', 'snapshot')
      onProblem('spool_damaged', `the snapshot ${path} is damaged; the one before it is used`)
    },
    idle: () => running,
  }
}
