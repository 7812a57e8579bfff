/**
 * Opens a spool's directory after whatever happened to it and says what is held: see the crash cases in spool.ts.
 * Promises: it refuses because of no content; bytes that are not records are set aside and told, never appended to;
 * the next number is above every number that any sound file of the directory names.
 */
import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { codeOf, type Files, readFully, readWhole, replaceFile, withFile } from './files.ts'
import { readStretch, type Segment, type Stretch, seqOfName, startOf } from './segment.ts'
import { decodeHeader, HEADER_BYTES, LEAST_RECORD_BYTES, type SegmentHeader } from './segment-format.ts'

export interface Directories {
  readonly root: string
  readonly damaged: string
  readonly recordings: string
  readonly snapshots: string
}

/** Bytes behind the last sound record of the newest segment. */
interface Tail {
  readonly segment: Segment
  readonly bytes: Buffer
}

export interface Recovered {
  readonly spoolId: string
  readonly segments: Segment[]
  /** Of the records found. */
  readonly lastSeq: number
  /** Numbers that records in a torn tail may have had, and that are therefore not given again. */
  readonly tornSeqs: number
  readonly tail?: Tail
  /** Undefined when the cursor file is missing or not sound. */
  readonly cursor?: number
}

interface Found {
  readonly path: string
  readonly firstSeq: number
  readonly bytes: number
  readonly header: SegmentHeader | undefined
}

const IDENTITY = /^[0-9a-f]{32}$/
/** Last number of a segment that only reading it through can tell. */
const UNKNOWN = Number.MAX_SAFE_INTEGER
const SCAN_BYTES = 1024 * 1024

export const makeDirectories = async (files: Files, root: string): Promise<Directories> => {
  const directories = {
    root,
    damaged: join(root, 'damaged'),
    recordings: join(root, 'recordings'),
    snapshots: join(root, 'snapshots'),
  }
  for (const path of Object.values(directories)) await files.makeDirectory(path)
  for (const path of [root, directories.recordings, directories.snapshots])
    for (const name of await files.list(path)) if (name.endsWith('.tmp')) await files.remove(join(path, name))
  return directories
}

const findSegments = async (files: Files, root: string): Promise<Found[]> => {
  const found: Found[] = []
  for (const name of (await files.list(root)).sort()) {
    const firstSeq = seqOfName(name)
    if (firstSeq === undefined) continue
    const path = join(root, name)
    const bytes = await files.size(path)
    const read = () => withFile(files, path, 'r', (file) => readFully(file, 0, HEADER_BYTES))
    const header = decodeHeader(await read().catch(() => Buffer.alloc(0)))
    found.push({ path, firstSeq, bytes, header })
  }
  return found
}

interface SmallFile {
  readonly id?: unknown
  readonly cursor?: unknown
}

/** A small JSON file of ours; an empty object when it is missing or not sound. */
const readSmall = async (files: Files, path: string): Promise<SmallFile> => {
  try {
    const value: unknown = JSON.parse((await readWhole(files, path))?.toString() ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) !== '') return {}
    throw error
  }
}

const identityOf = async (files: Files, root: string, found: readonly Found[]): Promise<string> => {
  const path = join(root, 'spool.json')
  const { id } = await readSmall(files, path)
  if (typeof id === 'string' && IDENTITY.test(id)) return id
  const known =
    found.findLast((one) => one.header?.firstSeq === one.firstSeq)?.header?.spoolId ?? randomBytes(16).toString('hex')
  await replaceFile(files, path, Buffer.from(`${JSON.stringify({ id: known })}\n`))
  return known
}

/** Where the cursor is kept; at most a second behind the truth, never ahead of it. */
export const saveCursor = (files: Files, root: string, id: string, cursor: number): Promise<void> =>
  replaceFile(files, join(root, 'cursor.json'), Buffer.from(`${JSON.stringify({ id, cursor })}\n`))

const readCursor = async (files: Files, root: string, spoolId: string): Promise<number | undefined> => {
  const { id, cursor } = await readSmall(files, join(root, 'cursor.json'))
  return id === spoolId && typeof cursor === 'number' && Number.isSafeInteger(cursor) && cursor >= 0
    ? cursor
    : undefined
}

const segmentOf = (found: Found, next: Found | undefined): Segment => {
  const openedAt = found.header?.openedAt ?? 0
  return {
    path: found.path,
    firstSeq: found.firstSeq,
    previousSeq: found.header?.previousSeq ?? found.firstSeq - 1,
    openedAt,
    bytes: Math.max(found.bytes, HEADER_BYTES),
    lastSeq: next?.header?.previousSeq ?? UNKNOWN,
    marks: [{ seq: found.firstSeq, at: openedAt }],
    damagedAt: new Set(),
  }
}

export type OnDamage = (segment: Segment, damage: Stretch['damage'][number]) => void

/** Reads a segment through, ends it behind its last sound record, and gives back the torn tail. */
const scan = async (files: Files, segment: Segment, onDamage: OnDamage): Promise<Tail | undefined> => {
  let place = startOf(segment)
  let last = segment.firstSeq - 1
  let end = place.offset
  let tail: Tail | undefined
  while (place.offset < segment.bytes) {
    const stretch = await readStretch(files, segment, place, SCAN_BYTES)
    last = stretch.records.at(-1)?.seq ?? last
    const first = stretch.records[0]
    if (first) segment.marks.push({ seq: first.seq, at: first.input.at })
    end = stretch.next.offset
    for (const damage of stretch.damage) {
      if (damage.length === 0) continue
      if (damage.offset + damage.length < segment.bytes) onDamage(segment, damage)
      else {
        tail = { segment, bytes: damage.bytes }
        end = damage.offset
      }
    }
    place = stretch.next
  }
  segment.bytes = end
  segment.lastSeq = last
  return tail
}

/** Reads through what no header behind it describes; gives back the torn tail of the newest. */
const scanUnknown = async (files: Files, segments: Segment[], onDamage: OnDamage): Promise<Tail | undefined> => {
  let newestTail: Tail | undefined
  for (const segment of segments) {
    if (segment.lastSeq !== UNKNOWN) continue
    const tail = await scan(files, segment, onDamage)
    if (segment === segments.at(-1)) newestTail = tail
    else if (tail)
      onDamage(segment, { offset: segment.bytes, length: tail.bytes.length, missing: 0, bytes: tail.bytes })
  }
  return newestTail
}

/** A segment without a sound header is ours by its name and read for what it holds. */
const isOwn = ({ header, firstSeq }: Found, spoolId: string): boolean =>
  header === undefined || (header.spoolId === spoolId && header.firstSeq === firstSeq)

/** Sets a file that is not part of this spool aside, so that it can neither be read nor overwritten. */
const setForeignAside = async (files: Files, damaged: string, found: Found): Promise<void> =>
  files.rename(found.path, join(damaged, `foreign-${basename(found.path)}`))

export const recover = async (files: Files, directories: Directories, onDamage: OnDamage): Promise<Recovered> => {
  const { root, damaged } = directories
  const found = await findSegments(files, root)
  const spoolId = await identityOf(files, root, found)
  const own = found.filter((one) => isOwn(one, spoolId))
  for (const one of found) if (!own.includes(one)) await setForeignAside(files, damaged, one)
  const segments = own.map((one, index) => segmentOf(one, own[index + 1]))
  const newest = segments.at(-1)
  const isHeaderTorn = newest !== undefined && own.at(-1)?.header === undefined
  const tail = await scanUnknown(files, segments, onDamage)
  if (newest && newest.bytes > HEADER_BYTES) await withFile(files, newest.path, 'r+', (file) => file.datasync())
  const cursor = await readCursor(files, root, spoolId)
  const tornBytes = tail?.bytes.length ?? 0
  return {
    spoolId,
    segments,
    lastSeq: newest?.lastSeq ?? 0,
    tornSeqs: Math.ceil(tornBytes / LEAST_RECORD_BYTES) + (isHeaderTorn ? 1 : 0),
    ...(tail && { tail }),
    ...(cursor !== undefined && { cursor }),
  }
}
