import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCounters, total } from '../../src/counters.ts'
import type { SpoolRecord } from '../../src/store/record.ts'
import { readRecording } from '../../src/store/recording-reader.ts'
import type { Loss } from '../../src/store/spool-room.ts'
import { createFaultyFiles } from '../fakes/faulty-files.ts'
import { fill, open, range, readAll, temporaryDirectory } from './spool-fixture.ts'
import { idOf, inputOf, linesOf, START } from './spool-records.ts'

const segmentsIn = (dir: string): string[] => readdirSync(dir).filter((name) => name.endsWith('.spool'))

describe('the spool', () => {
  it('gives back what was appended, in order, across segments and restarts', async () => {
    const dir = temporaryDirectory()
    const spool = await open(dir)
    const heard: number[] = []
    spool.onDurable((seq) => heard.push(seq))
    await fill(spool, 1, 100)
    expect(heard.at(-1)).toBe(100)
    expect(segmentsIn(dir).length).toBeGreaterThan(3)
    expect((await readAll(spool)).map(idOf)).toEqual(range(1, 100))
    expect((await readAll(spool, 57)).map((record) => record.seq)).toEqual(range(58, 100))
    await spool.close()
    const again = await open(dir)
    expect(again).toMatchObject({ id: spool.id, lastSeq: 100, durableSeq: 100, cursor: 0 })
    await fill(again, 101, 120)
    const folded: SpoolRecord[] = []
    for await (const record of again.records(90)) folded.push(record)
    expect(folded.map(idOf)).toEqual(range(91, 120))
    await again.close()
  })

  it('waits longer for the next commit after a large one', async () => {
    const lingers: number[] = []
    const spool = await open(temporaryDirectory(), {
      lingerMs: 5,
      after: (ms, run) => {
        lingers.push(ms)
        const timer = setTimeout(run, 0)
        return () => clearTimeout(timer)
      },
    })
    for (const records of [1, 32, 33, 1, 1]) {
      for (let id = 1; id <= records; id++) spool.append(inputOf(id), linesOf(id))
      await spool.flush()
    }
    expect(lingers.filter((ms) => ms < 1000)).toEqual([5, 5, 5, 20, 5])
    await spool.close()
  })

  it('counts nothing as durable, and reads nothing, before it is on the disk', async () => {
    const spool = await open(temporaryDirectory(), { lingerMs: 60_000 })
    expect(spool.append(inputOf(1), linesOf(1))).toBe(1)
    expect(spool).toMatchObject({ lastSeq: 1, durableSeq: 0 })
    expect(await spool.read(0, 1000)).toEqual([])
    spool.acknowledge(1)
    expect(spool.cursor).toBe(0)
    await spool.close()
    expect(spool.durableSeq).toBe(1)
  })

  it('keeps a segment until the cursor and two snapshots have passed it, then as a recording', async () => {
    const dir = temporaryDirectory()
    let now = START
    const spool = await open(dir, { now: () => now, recordDays: 2 })
    await fill(spool, 1, 100)
    const before = segmentsIn(dir).length
    await spool.saveSnapshot([Buffer.from('a')], 90)
    spool.acknowledge(100)
    await spool.close()
    expect(segmentsIn(dir)).toHaveLength(before)
    const again = await open(dir, { now: () => now, recordDays: 2 })
    expect(again.cursor).toBe(100)
    await again.saveSnapshot([Buffer.from('b')], 100)
    await again.close()
    const left = segmentsIn(dir)
    expect(left.length).toBeLessThan(before)
    const recordings = readdirSync(join(dir, 'recordings')).sort()
    expect(recordings).toHaveLength(before - left.length)
    const ids: number[] = []
    for (const name of recordings)
      for await (const one of readRecording(join(dir, 'recordings', name))) ids.push(idOf(one))
    for (const name of left) for await (const one of readRecording(join(dir, name))) ids.push(idOf(one))
    expect(ids).toEqual(range(1, 100))
    now += 3 * 86_400_000
    const later = await open(dir, { now: () => now, recordDays: 2 })
    expect(await later.loadSnapshot()).toEqual({ seq: 100, bytes: Buffer.from('b') })
    expect(readdirSync(join(dir, 'recordings'))).toEqual([])
    await later.close()
  })

  it('keeps no recording with recordDays 0, and goes on counting when all is gone', async () => {
    const dir = temporaryDirectory()
    const spool = await open(dir, { recordDays: 0 })
    await fill(spool, 1, 100)
    spool.acknowledge(100)
    await spool.saveSnapshot([Buffer.from('a')], 99)
    await spool.saveSnapshot([Buffer.from('b')], 100)
    await spool.close()
    expect(segmentsIn(dir)).toHaveLength(1)
    expect(readdirSync(join(dir, 'recordings'))).toEqual([])
    const { rmSync } = await import('node:fs')
    for (const name of segmentsIn(dir)) rmSync(join(dir, name))
    const again = await open(dir)
    expect(again.append(inputOf(101), linesOf(101))).toBe(101)
    await again.close()
  })

  it('says that a shortened recording is not whole, after what it still holds', async () => {
    const dir = temporaryDirectory()
    const spool = await open(dir)
    await fill(spool, 1, 100)
    spool.acknowledge(100)
    await spool.saveSnapshot([Buffer.from('a')], 99)
    await spool.saveSnapshot([Buffer.from('b')], 100)
    await spool.close()
    const path = join(dir, 'recordings', readdirSync(join(dir, 'recordings')).sort()[0] ?? '')
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, whole.length - 20))
    const reading = (async () => {
      for await (const record of readRecording(path)) idOf(record)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'recording_unreadable' })
  })
})

describe('a full spool', () => {
  it('refuses, but for vital records, tells it once, and takes again when there is room', async () => {
    const counters = createCounters()
    const problems: string[] = []
    const spool = await open(temporaryDirectory(), {
      maxBytes: 20_000,
      recordDays: 0,
      counters,
      onProblem: (code) => problems.push(code),
    })
    let id = 1
    while (spool.append(inputOf(id), linesOf(id)) !== undefined) if (id++ % 5 === 0) await spool.flush()
    expect(spool.append(inputOf(id), linesOf(id))).toBeUndefined()
    expect(spool.append(inputOf(id), linesOf(id), true)).toBe(id)
    expect(problems).toEqual(['spool_full'])
    expect(counters.get('spool_refused{full}')).toBe(2)
    await spool.flush()
    expect(spool.stats().bytes).toBeLessThanOrEqual(20_000)
    spool.acknowledge(id)
    await spool.saveSnapshot([Buffer.from('a')], id - 1)
    await spool.saveSnapshot([Buffer.from('b')], id)
    expect(spool.append(inputOf(id + 1), linesOf(id + 1))).toBe(id + 1)
    await spool.close()
  })

  it('drops the oldest by the owner’s choice, and every dropped record is counted', async () => {
    const counters = createCounters()
    const losses: Loss[] = []
    const spool = await open(temporaryDirectory(), {
      maxBytes: 20_000,
      whenFull: 'drop-oldest',
      counters,
      onDropped: (loss) => losses.push(loss),
    })
    await fill(spool, 1, 20)
    spool.acknowledge(15)
    await fill(spool, 21, 500)
    const held = (await readAll(spool)).filter((record) => record.seq > 15)
    const dropped = losses.reduce((sum, loss) => sum + loss.records, 0)
    expect(dropped).toBeGreaterThan(300)
    expect(total(counters, 'spool_dropped')).toBe(dropped)
    expect(held.map(idOf)).toEqual(range(15 + dropped + 1, 500))
    expect(spool.cursor).toBe(15 + dropped)
    expect(spool.stats()).toMatchObject({ records: held.length })
    expect(losses.every((loss) => loss.fromAt <= loss.toAt + 500)).toBe(true)
    await spool.close()
  })
})

describe('a disk that is full or fails', () => {
  it('reports nothing that is not on it, stays within its memory, and loses nothing once there is space', async () => {
    const files = createFaultyFiles()
    const problems: string[] = []
    const spool = await open(temporaryDirectory(), {
      files,
      memoryBytes: 4000,
      onProblem: (code) => problems.push(code),
    })
    await fill(spool, 1, 20)
    files.space = 333
    const accepted: number[] = []
    for (let id = 21; id <= 120; id++) {
      if (spool.append(inputOf(id), linesOf(id)) !== undefined) accepted.push(id)
      if (id % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
    }
    expect(accepted.length).toBeLessThan(40)
    const stuck = spool.durableSeq
    expect(stuck).toBeLessThan(20 + accepted.length)
    expect((await readAll(spool)).length).toBe(stuck)
    expect(problems.filter((code) => code === 'spool_disk_full')).toHaveLength(1)
    files.space = Number.POSITIVE_INFINITY
    await spool.flush()
    expect((await readAll(spool)).map(idOf)).toEqual([...range(1, 20), ...accepted])
    await spool.close()
  })

  it('writes a commit again, whole, when its sync failed', async () => {
    const dir = temporaryDirectory()
    const files = createFaultyFiles()
    const problems: string[] = []
    const spool = await open(dir, { files, onProblem: (code) => problems.push(code) })
    await fill(spool, 1, 15)
    files.failSyncs = 3
    await fill(spool, 16, 40)
    expect(problems).toEqual(['spool_disk_failing'])
    await spool.close()
    const again = await open(dir)
    expect((await readAll(again)).map(idOf)).toEqual(range(1, 40))
    await again.close()
  })

  it('gives up recordings for values', async () => {
    const dir = temporaryDirectory()
    const files = createFaultyFiles()
    const counters = createCounters()
    const spool = await open(dir, { files, counters })
    await fill(spool, 1, 100)
    spool.acknowledge(100)
    await spool.saveSnapshot([Buffer.from('a')], 99)
    await spool.saveSnapshot([Buffer.from('b')], 100)
    await expect.poll(() => readdirSync(join(dir, 'recordings')).length).toBeGreaterThan(3)
    files.space = 0
    spool.append(inputOf(101), linesOf(101))
    await expect.poll(() => total(counters, 'recordings_shortened')).toBeGreaterThan(0)
    files.space = 10_000
    await spool.flush()
    expect(spool.durableSeq).toBe(101)
    await spool.close()
  })

  it('says at closing what could not be written', async () => {
    const files = createFaultyFiles()
    const spool = await open(temporaryDirectory(), { files })
    await fill(spool, 1, 10)
    files.space = 0
    spool.append(inputOf(11), linesOf(11))
    await expect(spool.close()).rejects.toMatchObject({ code: 'spool_unwritable' })
    expect(spool.durableSeq).toBe(10)
  })
})
