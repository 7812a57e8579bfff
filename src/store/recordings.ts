/**
 * Sealed segments that the drain and the snapshots have passed: gzipped and kept for `recordDays` as the recording
 * from which history can be normalised again: `recordings/<first seq>-<sealed at>.spool.gz`.
 * Promises: the segment goes only when its gzipped form is durable; with `recordDays` 0 it goes at once. Recordings
 * have a share of disk of their own; beyond it, or when the disk is full, the oldest go first. Nothing here is needed
 * to deliver a value, so no failure here reaches the line: it is told and tried again with the next segment.
 */
import { basename, join } from 'node:path'
import { createGzip, type Gzip } from 'node:zlib'
import { codeOf, type Files, type OpenFile, readInto, withFile, writeFully } from './files.ts'

export interface RecordingOptions {
  readonly files: Files
  readonly dir: string
  readonly recordDays: number
  readonly maxBytes: number
  readonly now: () => number
  /** A recording went before its time to make room. */
  readonly onShortened: (path: string) => void
  readonly onFailure: (error: unknown) => void
}

export interface Recordings {
  bytes(): number
  /** Takes over a segment that nobody needs any more; `sealedAt` is when its last record had been written. */
  keep(path: string, sealedAt: number): void
  /** Removes a segment without a recording. */
  remove(path: string): void
  /** Removes the oldest recording; false when there is none. */
  shorten(): Promise<boolean>
  /** Removes what is older than `recordDays`. */
  expire(): Promise<void>
  /** Everything taken over so far is dealt with. */
  idle(): Promise<void>
}

interface Recording {
  readonly path: string
  readonly sealedAt: number
  readonly bytes: number
}

const NAME = /^\d{16}-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.spool\.gz$/
const CHUNK = 256 * 1024
const DAY_MS = 86_400_000

const nameOf = (segment: string, sealedAt: number): string => {
  const time = new Date(sealedAt).toISOString().slice(0, 19).replace(/[-:]/g, '')
  return `${basename(segment, '.spool')}-${time}Z.spool.gz`
}

const sealedAtOf = (name: string): number | undefined => {
  const parts = NAME.exec(name)?.slice(1).map(Number)
  if (parts === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour, minute, second] = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Brings the file through the gzip stream, piece by piece in the same room. */
const feed = async (source: OpenFile, gzip: Gzip): Promise<void> => {
  const room = Buffer.allocUnsafe(CHUNK)
  for (let at = 0; ; ) {
    const chunk = await readInto(source, at, room)
    if (chunk.length === 0) break
    at += chunk.length
    // Only when it is zipped is the room free again.
    await new Promise<void>((resolve, reject) => gzip.write(chunk, (error) => (error ? reject(error) : resolve())))
  }
  gzip.end()
}

/** Level 1: telemetry shrinks to about a sixth of its size with it, and the collector keeps its core. */
const gzipFile = (files: Files, from: string, to: string): Promise<number> =>
  withFile(files, from, 'r', (source) =>
    withFile(files, to, 'w', async (target) => {
      let length = 0
      const gzip = createGzip({ level: 1 })
      const feeding = feed(source, gzip).catch((error: Error) => gzip.destroy(error))
      for await (const chunk of gzip as AsyncIterable<Buffer>) {
        await writeFully(target, chunk, length)
        length += chunk.length
      }
      await feeding
      await target.datasync()
      return length
    }),
  )

const listRecordings = async (files: Files, dir: string): Promise<Recording[]> => {
  const found: Recording[] = []
  for (const name of (await files.list(dir)).sort()) {
    const sealedAt = sealedAtOf(name)
    if (sealedAt === undefined) continue
    const path = join(dir, name)
    found.push({ path, sealedAt, bytes: await files.size(path) })
  }
  return found
}

/** The segment as a recording beside it; undefined when the segment is gone already. */
const seal = async (
  { files, dir }: RecordingOptions,
  path: string,
  sealedAt: number,
): Promise<Recording | undefined> => {
  const to = join(dir, nameOf(path, sealedAt))
  try {
    const bytes = await gzipFile(files, path, `${to}.tmp`)
    await files.rename(`${to}.tmp`, to)
    await files.syncDirectory(dir)
    return { path: to, sealedAt, bytes }
  } catch (error) {
    await files.remove(`${to}.tmp`).catch(() => {})
    if (codeOf(error) !== 'ENOENT') throw error
    return undefined
  }
}

/** Removes the oldest for want of room; false when there is none. */
const shortenHeld = async ({ files, onShortened }: RecordingOptions, held: Recording[]): Promise<boolean> => {
  const oldest = held.shift()
  if (oldest === undefined) return false
  onShortened(oldest.path)
  await files.remove(oldest.path).catch(() => {})
  return true
}

const expireHeld = async ({ files, recordDays, now }: RecordingOptions, held: Recording[]): Promise<void> => {
  while (held[0] !== undefined && held[0].sealedAt + recordDays * DAY_MS < now()) {
    const oldest = held.shift()
    if (oldest !== undefined) await files.remove(oldest.path).catch(() => {})
  }
}

interface Waiting {
  readonly path: string
  readonly sealedAt: number
}

/** Makes recordings of what waits; gives back what has to be tried again. */
const sealWaiting = async (
  options: RecordingOptions,
  held: Recording[],
  waiting: readonly Waiting[],
): Promise<Waiting[]> => {
  const { files, recordDays, onFailure, onShortened } = options
  const again: Waiting[] = []
  for (const one of waiting) {
    try {
      const sealed = recordDays > 0 ? await seal(options, one.path, one.sealedAt) : undefined
      if (sealed) held.push(sealed)
      await files.remove(one.path)
    } catch (error) {
      onFailure(error)
      // On a full disk values come before recordings: the oldest goes, or without one this segment itself.
      if (codeOf(error) !== 'ENOSPC' || (await shortenHeld(options, held))) again.push(one)
      else {
        onShortened(one.path)
        await files.remove(one.path).catch(() => {})
      }
    }
  }
  return again
}

export const openRecordings = async (options: RecordingOptions): Promise<Recordings> => {
  const { files, dir } = options
  const held = await listRecordings(files, dir)
  let waiting: Waiting[] = []
  let running: Promise<void> = Promise.resolve()
  const bytes = (): number => held.reduce((sum, one) => sum + one.bytes, 0)
  const work = async (): Promise<void> => {
    const taken = waiting
    waiting = []
    waiting.push(...(await sealWaiting(options, held, taken)))
    while (bytes() > options.maxBytes) await shortenHeld(options, held)
  }
  return {
    bytes,
    shorten: () => shortenHeld(options, held),
    remove: (path) => {
      running = running.then(() => files.remove(path)).catch(options.onFailure)
    },
    keep: (path, sealedAt) => {
      waiting.push({ path, sealedAt })
      running = running.then(work)
    },
    expire: () => expireHeld(options, held),
    idle: () => running,
  }
}
