/** A spool in a temporary directory, to fill and to read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import type { SpoolRecord } from '../../src/store/record.ts'
import { openSpool, type Spool } from '../../src/store/spool.ts'
import type { SpoolOptions } from '../../src/store/spool-open.ts'
import { inputOf, linesOf, START } from './spool-records.ts'

export const temporaryDirectory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'spool-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export const open = (dir: string, options: Partial<SpoolOptions> = {}): Promise<Spool> =>
  openSpool({
    dir,
    maxBytes: 10_000_000,
    segmentBytes: 2000,
    whenFull: 'refuse',
    recordDays: 30,
    lingerMs: 1,
    retryMs: 2,
    now: () => START,
    counters: createCounters(),
    ...options,
  })

/** Appends records with these identities, durable when it resolves. */
export const fill = async (spool: Spool, from: number, to: number): Promise<void> => {
  for (let id = from; id <= to; id++) {
    spool.append(inputOf(id), linesOf(id))
    if (id % 10 === 0) await spool.flush()
  }
  await spool.flush()
}

/** A record whose input outlives the next read. */
const kept = (record: SpoolRecord): SpoolRecord => ({
  ...record,
  input: { ...record.input, bytes: Buffer.from(record.input.bytes) },
})

export const readAll = async (spool: Spool, afterSeq = 0, maxBytes = 3000): Promise<SpoolRecord[]> => {
  const all: SpoolRecord[] = []
  for (let seq = afterSeq; ; seq = all.at(-1)?.seq ?? seq) {
    const records = await spool.read(seq, maxBytes)
    if (records.length === 0) return all
    all.push(...records.map(kept))
  }
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)
