/**
 * The files of the embedded store: `history.duckdb`, and one `raw-YYYY-MM.duckdb` per UTC month, so that raw rows
 * expire by unlinking a file. Attaching, detaching and expiring happen one after another.
 */
import { readdirSync, rmSync } from 'node:fs'
import type { Bucket } from '../../catalogue/measurements.ts'
import { putInPlace, removeAside } from './aside.ts'
import { type Attachments, createAttachments } from './attachments.ts'
import type { Connection } from './engine.ts'
import type { StoreFile } from './file.ts'
import { createTurns } from './turns.ts'

const HISTORY = 'history'
const RAW = /^(raw-\d{4}-\d{2})\.duckdb$/

/** First ms after the month of a raw file. */
const monthEnd = (name: string): number => {
  const [year, month] = name.slice('raw-'.length).split('-').map(Number)
  return Date.UTC(year ?? 0, month ?? 0)
}

const monthStart = (name: string): number => Date.parse(`${name.slice('raw-'.length)}-01T00:00:00Z`)

/** Which file holds a row; rows of one month mostly follow one another, so the last month is remembered. */
export const createFileNames = (bucket: Bucket): ((at: number) => string) => {
  if (bucket === 'history') return () => HISTORY
  let [name, from, to] = ['', 0, 0]
  return (at) => {
    if (at >= from && at < to) return name
    name = `raw-${new Date(at).toISOString().slice(0, 7)}`
    from = monthStart(name)
    to = monthEnd(name)
    return name
  }
}

/** What a file may hold, in epoch ms: from inclusive, to exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

const EVER: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

export interface Files {
  /** Names of a bucket's files that exist and may hold rows of the range, oldest first. */
  names(bucket: Bucket, from?: number, to?: number): string[]
  spanOf(name: string): Span
  pathOf(name: string): string
  /** Changes with every write to the file, also with one that is under way. */
  writesTo(name: string): number
  /** Runs `work` with the file attached; undefined where it does not exist and is not to be created. */
  use<T>(name: string, isCreating: boolean, work: (file: StoreFile) => Promise<T>): Promise<T | undefined>
  /** Detaches and unlinks the raw files that end at or before `beforeMs` and are not in use. The caller keeps questions and writes out. */
  expire(beforeMs: number): Promise<string[]>
  /**
   * Puts the file aside in the place of the one it was made from, unless that was written to since `writes`, or is in
   * use: then the one aside goes. Whether it did. The caller keeps questions and writes out.
   */
  replace(name: string, writes: number): Promise<boolean>
  detachAll(): Promise<void>
}

const readNames = (dir: string): string[] => readdirSync(dir).flatMap((entry) => RAW.exec(entry)?.[1] ?? [])

/** Counts writes by file, when they begin and when they end. */
const createWriteCounts = () => {
  const counts = new Map<string, number>()
  const of = (name: string): number => counts.get(name) ?? 0
  return { of, add: (name: string): unknown => counts.set(name, of(name) + 1) }
}

const unlinkAll = async (names: readonly string[], months: Set<string>, attachments: Attachments): Promise<void> => {
  for (const name of names) {
    await attachments.detach(name)
    months.delete(name)
    const path = attachments.pathOf(name)
    for (const each of [path, `${path}.wal`]) rmSync(each, { force: true })
  }
}

export const openFiles = (dir: string, connection: Connection, now: () => number): Files => {
  const months = new Set(readNames(dir))
  const attachments = createAttachments(dir, connection, now)
  const inTurn = createTurns()
  const writes = createWriteCounts()
  const take = (name: string, isCreating: boolean): Promise<StoreFile | undefined> =>
    inTurn(async () => {
      await attachments.detachIdle(HISTORY)
      if (!isCreating && name !== HISTORY && !months.has(name)) return undefined
      const file = await attachments.take(name)
      if (name !== HISTORY) months.add(name)
      if (isCreating) writes.add(name)
      return file
    })
  const replace = async (name: string, since: number): Promise<boolean> => {
    const path = attachments.pathOf(name)
    const isFit = months.has(name) && writes.of(name) === since && !attachments.isUsed(name)
    if (isFit) await attachments.detach(name)
    if (isFit && putInPlace(path)) return true
    removeAside(path)
    return false
  }
  return {
    names: (bucket, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) => {
      if (bucket === 'history') return [HISTORY]
      return [...months].filter((name) => monthStart(name) < to && monthEnd(name) > from).sort()
    },
    spanOf: (name) => (name === HISTORY ? EVER : { from: monthStart(name), to: monthEnd(name) }),
    use: async (name, isCreating, work) => {
      const file = await take(name, isCreating)
      if (file === undefined) return undefined
      try {
        return await work(file)
      } finally {
        attachments.release(file)
        if (isCreating) writes.add(name)
      }
    },
    pathOf: attachments.pathOf,
    writesTo: writes.of,
    replace: (name, since) => inTurn(() => replace(name, since)),
    expire: (beforeMs) =>
      inTurn(async () => {
        const old = [...months].filter((name) => monthEnd(name) <= beforeMs && !attachments.isUsed(name)).sort()
        await unlinkAll(old, months, attachments)
        return old
      }),
    detachAll: () => inTurn(attachments.detachAll),
  }
}
