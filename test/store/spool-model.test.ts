/**
 * Random lives of a spool against a plain model: appends, reads, acknowledgements, snapshots, loss of power at any
 * moment, flipped bits, full disks, failing syncs. After each start the spool must hold what the model says.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import type { Spool } from '../../src/store/spool.ts'
import { createFaultyFiles, type FaultyFiles } from '../fakes/faulty-files.ts'
import { open, readAll, temporaryDirectory } from './spool-fixture.ts'
import { idOf, inputOf, linesOf } from './spool-records.ts'

type Step =
  | { readonly does: 'append'; readonly records: number; readonly size: number }
  | { readonly does: 'flush' | 'read' | 'reopen' | 'free' | 'wait' }
  | { readonly does: 'acknowledge' | 'snapshot' | 'loseAll' | 'flip'; readonly part: number }
  | { readonly does: 'fillDisk'; readonly space: number }
  | { readonly does: 'failSyncs'; readonly times: number }

const part = fc.double({ min: 0, max: 1, noNaN: true })
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        does: fc.constant('append'),
        records: fc.integer({ min: 1, max: 30 }),
        size: fc.integer({ min: 1, max: 900 }),
      }),
    },
    { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('flush', 'read', 'reopen', 'free', 'wait') }) },
    { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('acknowledge', 'snapshot', 'loseAll', 'flip'), part }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('fillDisk'), space: fc.integer({ min: 0, max: 5000 }) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('failSyncs'), times: fc.integer({ min: 1, max: 4 }) }) },
  ),
  { minLength: 5, maxLength: 40 },
) as fc.Arbitrary<Step[]>

interface Life {
  readonly dir: string
  files: FaultyFiles
  spool: Spool
  /** Identity of every record given a number and not known to be gone, by number. */
  appended: Map<number, number>
  nextId: number
  durable: number
  acknowledged: number
  snapshots: number[]
  flips: number
  /** Records that a flipped bit cost. */
  readonly lost: Set<number>
}

const start = async (life: Omit<Life, 'files' | 'spool'>): Promise<Life> => {
  const files = createFaultyFiles()
  const spool = await open(life.dir, { files, counters: createCounters(), recordDays: 1, memoryBytes: 20_000 })
  const started = Object.assign(life, { files, spool })
  spool.onDurable((seq) => {
    // A number is reported once, after all below it, and only when it was appended.
    expect(seq).toBeGreaterThan(started.durable)
    expect(started.appended.has(seq)).toBe(true)
    started.durable = seq
  })
  return started
}

/** Everything held is what was appended; everything durable and not released is held, but for what a bit cost. */
const check = async (life: Life): Promise<void> => {
  const { spool } = life
  const held = await readAll(spool, 0, 1 + (Math.floor(life.nextId * 37) % 5000))
  let before = 0
  for (const record of held) {
    expect(record.seq).toBeGreaterThan(before)
    before = record.seq
    expect(idOf(record)).toBe(life.appended.get(record.seq))
  }
  const released = Math.min(life.acknowledged, life.snapshots.at(-2) ?? 0)
  const seqs = new Set(held.map((record) => record.seq))
  for (const seq of life.appended.keys())
    if (seq <= life.durable && seq > released && !seqs.has(seq)) life.lost.add(seq)
  expect(life.lost.size).toBeLessThanOrEqual(life.flips)
  // The cursor passes nothing that was not acknowledged; numbers that no record has are free to pass.
  for (const seq of life.appended.keys())
    if (seq <= spool.cursor) expect(seq <= life.acknowledged || life.lost.has(seq)).toBe(true)
}

/** After a start: what was never reported may be there or not; what is not there is forgotten. */
const checkStart = async (life: Life): Promise<void> => {
  const held = new Set((await readAll(life.spool, 0, 4000)).map((record) => record.seq))
  for (const seq of life.appended.keys()) if (seq > life.durable && !held.has(seq)) life.appended.delete(seq)
  for (const seq of held) life.durable = Math.max(life.durable, seq)
  expect(life.spool.lastSeq).toBeGreaterThanOrEqual(life.durable)
  await check(life)
  const snapshot = await life.spool.loadSnapshot()
  const newest = life.snapshots.at(-1)
  if (newest !== undefined) expect(snapshot?.seq).toBeGreaterThanOrEqual(newest)
  if (snapshot) expect(Buffer.from(snapshot.bytes).toString()).toBe(`state ${snapshot.seq}`)
}

const reopen = async (life: Life): Promise<void> => {
  await start(life)
  await checkStart(life)
}

const flipOne = (life: Life, at: number): void => {
  const names = readdirSync(life.dir)
    .filter((name) => name.endsWith('.spool'))
    .sort()
  const name = names[Math.floor(at * names.length * 0.999)]
  if (name === undefined) return
  const path = join(life.dir, name)
  const bytes = readFileSync(path)
  const offset = Math.floor(at * 7919) % bytes.length
  bytes[offset] = (bytes[offset] ?? 0) ^ 4
  writeFileSync(path, bytes)
  life.flips++
}

const take = async (life: Life, step: Step): Promise<void> => {
  const { spool, files } = life
  switch (step.does) {
    case 'append':
      for (let left = step.records; left > 0; left--) {
        const id = life.nextId++
        const seq = spool.append(inputOf(id, step.size), linesOf(id))
        if (seq === undefined) continue
        expect(seq).toBeGreaterThan(life.durable)
        life.appended.set(seq, id)
      }
      return
    case 'flush':
      if (files.space === Number.POSITIVE_INFINITY) await spool.flush()
      return
    case 'wait':
      return new Promise((resolve) => setTimeout(resolve, 3))
    case 'read':
      return check(life)
    case 'acknowledge': {
      const seq = Math.floor(spool.cursor + step.part * (spool.durableSeq - spool.cursor))
      life.acknowledged = Math.max(life.acknowledged, seq)
      return spool.acknowledge(seq)
    }
    case 'snapshot': {
      const newest = life.snapshots.at(-1) ?? 0
      const seq = Math.floor(newest + 1 + step.part * (spool.durableSeq - newest - 1))
      if (seq > spool.durableSeq || seq <= newest) return
      await spool.saveSnapshot([Buffer.from(`state ${seq}`)], seq).then(
        () => life.snapshots.push(seq),
        (error) => expect(error.code).toBe('snapshot_unsaved'),
      )
      return
    }
    case 'loseAll':
      await files.losePower(step.part)
      await spool.close().catch(() => {})
      return reopen(life)
    case 'flip':
      files.space = Number.POSITIVE_INFINITY
      files.failSyncs = 0
      await spool.close()
      flipOne(life, step.part)
      return reopen(life)
    case 'reopen':
      files.space = Number.POSITIVE_INFINITY
      files.failSyncs = 0
      await spool.close()
      expect(life.durable).toBe(Math.max(0, ...life.appended.keys()))
      return reopen(life)
    case 'fillDisk':
      files.space = step.space
      return
    case 'failSyncs':
      files.failSyncs = step.times
      return
    case 'free':
      files.space = Number.POSITIVE_INFINITY
  }
}

it('holds what the model says through any life', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (life) => {
      const state = await start({
        dir: temporaryDirectory(),
        appended: new Map(),
        nextId: 1,
        durable: 0,
        acknowledged: 0,
        snapshots: [],
        flips: 0,
        lost: new Set(),
      })
      for (const step of life) await take(state, step)
      await take(state, { does: 'reopen' })
      await state.spool.close()
    }),
    { numRuns: 120 },
  )
})
