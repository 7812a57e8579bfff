import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCounters } from '../../src/counters.ts'
import { createFaultyFiles } from '../fakes/faulty-files.ts'
import { fill, open, range, readAll, temporaryDirectory } from './spool-fixture.ts'
import { idOf, inputOf, linesOf, START } from './spool-records.ts'

const segmentsIn = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.spool'))
    .sort()

/** A spool of records 1 to `last`, closed, with its segments' paths. */
const closedSpool = async (last = 40): Promise<{ dir: string; paths: string[] }> => {
  const dir = temporaryDirectory()
  const spool = await open(dir)
  await fill(spool, 1, last)
  await spool.close()
  return { dir, paths: segmentsIn(dir).map((name) => join(dir, name)) }
}

const flip = (path: string, offset: number): void => {
  const bytes = readFileSync(path)
  bytes[offset] = (bytes[offset] ?? 0) ^ 0x20
  writeFileSync(path, bytes)
}

describe('opening after a crash', () => {
  it('cuts a torn tail off, keeps its bytes aside, and never gives its numbers again', async () => {
    const { dir, paths } = await closedSpool(40)
    const newest = paths.at(-1) ?? ''
    truncateSync(newest, statSync(newest).size - 7)
    const counters = createCounters()
    const spool = await open(dir, { counters })
    expect((await readAll(spool)).map(idOf)).toEqual(range(1, 39))
    expect(counters.get('spool_damaged{torn_tail}')).toBe(1)
    expect(readdirSync(join(dir, 'damaged'))).toHaveLength(1)
    const seq = spool.append(inputOf(41), linesOf(41)) ?? 0
    expect(seq).toBeGreaterThan(40)
    await spool.close()
    const again = await open(dir, { counters })
    expect((await readAll(again)).map(idOf)).toEqual([...range(1, 39), 41])
    expect((await readAll(again)).at(-1)?.seq).toBe(seq)
    expect(counters.get('spool_damaged{torn_tail}')).toBe(1)
    expect(counters.get('spool_damaged{record}')).toBeUndefined()
    await again.close()
  })

  it('does not give torn numbers again when the disk is full at the next start and power fails then', async () => {
    const { dir, paths } = await closedSpool(40)
    const newest = paths.at(-1) ?? ''
    truncateSync(newest, statSync(newest).size - 7)
    const files = createFaultyFiles()
    files.space = 0
    const problems: string[] = []
    const stuck = await open(dir, { files, onProblem: (code) => problems.push(code) })
    expect(problems).toEqual(['spool_disk_full'])
    await files.losePower(0)
    await stuck.close()
    const spool = await open(dir)
    expect(spool.append(inputOf(41), linesOf(41))).toBeGreaterThan(40)
    await spool.close()
  })

  it('loses one record to one flipped bit, wherever it is, and counts it once', async () => {
    const { dir, paths } = await closedSpool(40)
    const path = paths[1] ?? ''
    const whole = readFileSync(path)
    for (let offset = 0; offset < whole.length; offset += 23) {
      flip(path, offset)
      const counters = createCounters()
      const spool = await open(dir, { counters })
      const ids = (await readAll(spool)).map(idOf)
      for await (const record of spool.records(0)) idOf(record)
      const lost = range(1, 40).filter((id) => !ids.includes(id))
      expect(lost.length, `bit at ${offset}`).toBe(offset < 52 ? 0 : 1)
      expect(counters.get('spool_damaged{record}') ?? 0).toBe(lost.length)
      expect(ids).toEqual(range(1, 40).filter((id) => !lost.includes(id)))
      await spool.close()
      writeFileSync(path, whole)
    }
    expect(readdirSync(join(dir, 'damaged')).length).toBeGreaterThan(3)
  })

  it('loses only the records in a sector that cannot be read', async () => {
    const dir = temporaryDirectory()
    const first = await open(dir, { segmentBytes: 60_000 })
    await fill(first, 1, 300)
    await first.close()
    const files = createFaultyFiles()
    files.badSectors.push({ path: segmentsIn(dir)[0] ?? '', offset: 20_000 })
    const counters = createCounters()
    const spool = await open(dir, { files, counters })
    const ids = (await readAll(spool, 0, 100_000)).map(idOf)
    expect(ids.length).toBeGreaterThan(230)
    expect(ids.length + (counters.get('spool_damaged{record}') ?? 0)).toBe(300)
    await spool.close()
  })

  it('reads on when a segment is missing, empty, shortened or of another spool', async () => {
    const { dir, paths } = await closedSpool(160)
    const other = await closedSpool(5)
    const [, , emptied = '', shortened = '', removed = ''] = paths
    writeFileSync(emptied, '')
    truncateSync(shortened, statSync(shortened).size - 100)
    rmSync(removed)
    copyFileSync(other.paths[0] ?? '', join(dir, '0000000000009000.spool'))
    writeFileSync(join(dir, 'notes.txt'), 'a foreign file')
    const counters = createCounters()
    const spool = await open(dir, { counters })
    const ids = (await readAll(spool)).map(idOf)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.at(0)).toBe(1)
    expect(ids.at(-1)).toBe(160)
    expect(ids.length + (counters.get('spool_damaged{record}') ?? 0)).toBe(160)
    expect(spool.lastSeq).toBe(160)
    expect(readdirSync(dir)).toContain('notes.txt')
    await spool.close()
  })

  it('goes on from the oldest record held when the cursor file is missing, strange or of another spool', async () => {
    for (const text of ['', '{', 'null', '{"id":"00","cursor":20}']) {
      const { dir } = await closedSpool(40)
      if (text === '') rmSync(join(dir, 'cursor.json'), { force: true })
      else writeFileSync(join(dir, 'cursor.json'), text)
      const spool = await open(dir)
      expect(spool.cursor).toBe(0)
      await spool.close()
    }
  })

  it('keeps its identity when spool.json is lost or spoilt', async () => {
    const { dir } = await closedSpool(5)
    const { id } = JSON.parse(readFileSync(join(dir, 'spool.json'), 'utf8'))
    appendFileSync(join(dir, 'spool.json'), 'x')
    const spool = await open(dir)
    expect(spool.id).toBe(id)
    await spool.close()
  })

  it('begins above what cursor, snapshots and store know when the segments know less', async () => {
    const { dir, paths } = await closedSpool(40)
    const spool = await open(dir)
    spool.acknowledge(38)
    await spool.saveSnapshot([Buffer.from('state')], 39)
    await spool.close()
    for (const path of paths) rmSync(path)
    const again = await open(dir)
    expect(again).toMatchObject({ lastSeq: 39, cursor: 39 })
    expect(await again.loadSnapshot()).toMatchObject({ seq: 39 })
    await again.close()
    const knowing = await open(dir, { knownSeq: async () => 77 })
    expect(knowing.append(inputOf(1), linesOf(1))).toBe(78)
    await knowing.flush()
    expect((await readAll(knowing)).map((record) => record.seq)).toEqual([78])
    await knowing.close()
  })

  it('falls back to the snapshot before a damaged one, and still holds every record since', async () => {
    const { dir } = await closedSpool(60)
    const spool = await open(dir)
    spool.acknowledge(60)
    for (const seq of [10, 30, 50]) await spool.saveSnapshot([Buffer.from(`state ${seq}`)], seq)
    await spool.close()
    const newest = readdirSync(join(dir, 'snapshots')).sort().at(-1) ?? ''
    flip(join(dir, 'snapshots', newest), 50)
    const counters = createCounters()
    const again = await open(dir, { counters })
    const snapshot = await again.loadSnapshot()
    expect(snapshot).toEqual({ seq: 30, bytes: Buffer.from('state 30') })
    expect(counters.get('spool_damaged{snapshot}')).toBe(1)
    expect((await readAll(again, 30)).map(idOf)).toEqual(range(31, 60))
    await again.close()
  })

  it('keeps the newest two snapshots and the first of each day', async () => {
    const dir = temporaryDirectory()
    let now = START
    const spool = await open(dir, { now: () => now, recordDays: 3 })
    for (let id = 1; id <= 40; id++) {
      await fill(spool, id, id)
      await spool.saveSnapshot([Buffer.from(`state ${id}`)], id)
      now += 6 * 3_600_000
    }
    // Two snapshots before the first midnight, then four a day.
    const seqs = readdirSync(join(dir, 'snapshots')).map((name) => Number(name.slice(0, 16)))
    expect(seqs).toEqual([27, 31, 35, 39, 40])
    await spool.close()
  })

  it('writes a snapshot only after the record it stands for is durable', async () => {
    const spool = await open(temporaryDirectory(), { lingerMs: 60_000 })
    spool.append(inputOf(1), linesOf(1))
    await spool.saveSnapshot([Buffer.from('state')], 1)
    expect(spool.durableSeq).toBe(1)
    await expect(spool.saveSnapshot([Buffer.from('state')], 2)).rejects.toThrow(RangeError)
    await spool.close()
  })
})
